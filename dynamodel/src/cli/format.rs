//! What can be printed: a new format is a line in the list, and an arm of the match in `output`.

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Yaml,
    Json,
    Markdown,
    Mermaid,
    Html,
    Cost,
    Iam,
    Check,
    Plan,
}

impl Format {
    /// The argument, the format, and its description.
    pub(super) const ALL: &[(&str, Self, &str)] = &[
        ("yaml", Self::Yaml, "a CloudFormation template in YAML (the default)"),
        ("json", Self::Json, "the same in JSON"),
        ("markdown", Self::Markdown, "the access patterns, as tables in Markdown"),
        ("mermaid", Self::Mermaid, "the entities, as Mermaid diagrams in Markdown"),
        ("html", Self::Html, "an HTML page of the tables with their sample items"),
        ("cost", Self::Cost, "the costs of access patterns and verbs, from the sample items"),
        ("iam", Self::Iam, "IAM policy documents in JSON; needs the tables' names"),
        ("check", Self::Check, "the differences of the live tables; needs the tables' names"),
        ("plan", Self::Plan, "the steps that would remove the differences; changes nothing, needs the names too"),
    ];
}
