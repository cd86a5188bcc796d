//! serde's renaming rules, for fields (snake case to begin with) and for variants (Pascal case to begin with).

/// A field's name under a rule. An unknown rule is serde's to refuse.
pub(crate) fn field(name: &str, rule: Option<&str>) -> String {
    match rule {
        Some("UPPERCASE" | "SCREAMING_SNAKE_CASE") => name.to_ascii_uppercase(),
        Some("PascalCase") => pascal(name),
        Some("camelCase") => uncapitalised(&pascal(name)),
        Some("kebab-case") => name.replace('_', "-"),
        Some("SCREAMING-KEBAB-CASE") => name.to_ascii_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}

/// A variant's name under a rule.
pub(crate) fn variant(name: &str, rule: Option<&str>) -> String {
    match rule {
        Some("lowercase") => name.to_ascii_lowercase(),
        Some("UPPERCASE") => name.to_ascii_uppercase(),
        Some("camelCase") => uncapitalised(name),
        Some("snake_case") => snake(name),
        Some("SCREAMING_SNAKE_CASE") => snake(name).to_ascii_uppercase(),
        Some("kebab-case") => snake(name).replace('_', "-"),
        Some("SCREAMING-KEBAB-CASE") => snake(name).to_ascii_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}

fn pascal(name: &str) -> String {
    name.split('_').map(capitalised).collect()
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn capitalised(word: &str) -> String {
    first(word, |c| c.to_ascii_uppercase())
}

fn uncapitalised(word: &str) -> String {
    first(word, |c| c.to_ascii_lowercase())
}

fn first(word: &str, change: fn(char) -> char) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| change(first).to_string() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What serde's documentation says of `rename_all`.
    #[test]
    fn names_are_those_that_serde_gives() {
        let rules = [
            ("lowercase", "user_id", "veryopen"),
            ("UPPERCASE", "USER_ID", "VERYOPEN"),
            ("PascalCase", "UserId", "VeryOpen"),
            ("camelCase", "userId", "veryOpen"),
            ("snake_case", "user_id", "very_open"),
            ("SCREAMING_SNAKE_CASE", "USER_ID", "VERY_OPEN"),
            ("kebab-case", "user-id", "very-open"),
            ("SCREAMING-KEBAB-CASE", "USER-ID", "VERY-OPEN"),
        ];
        for (rule, of_field, of_variant) in rules {
            assert_eq!(field("user_id", Some(rule)), of_field, "{rule}");
            assert_eq!(variant("VeryOpen", Some(rule)), of_variant, "{rule}");
        }
        assert_eq!((field("user_id", None), variant("VeryOpen", None)), ("user_id".into(), "VeryOpen".into()));
    }
}
