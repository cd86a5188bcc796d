//! Names that a grant gives and the definition does not have.

/// The sentence for a name that is not there.
pub(super) fn not_among<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<_> = known.map(|name| format!("`{name}`")).collect();
    let known = if known.is_empty() { "there is none".to_owned() } else { format!("known: {}", known.join(", ")) };
    format!("`{name}` is no {what} ({known})")
}
