//! What can be printed: a new format is a line in the list, and an arm of the match in `output`.

/// What is printed.
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
    /// The word, the format, and what it is.
    pub(super) const ALL: &[(&str, Self, &str)] = &[
        ("yaml", Self::Yaml, "a CloudFormation template in YAML (unless another is said)"),
        ("json", Self::Json, "the same in JSON"),
        ("markdown", Self::Markdown, "the access patterns, as tables in Markdown"),
        ("mermaid", Self::Mermaid, "the entities, as diagrams of Mermaid in Markdown"),
        ("html", Self::Html, "one page of the tables with their sample items"),
        ("cost", Self::Cost, "what access patterns and verbs cost, by the sample items"),
        ("iam", Self::Iam, "IAM policy documents in JSON; needs the tables' names"),
        ("check", Self::Check, "what the live tables have otherwise; needs the tables' names"),
        ("plan", Self::Plan, "the steps by which they become as defined, none of them taken; likewise"),
    ];
}
