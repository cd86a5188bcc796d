//! The message about a name that the definition does not have.

/// The message, with the names that exist.
pub(super) fn not_among<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<_> = known.map(|name| format!("`{name}`")).collect();
    let known = if known.is_empty() { "there are none".to_owned() } else { format!("known: {}", known.join(", ")) };
    format!("`{name}` is not an {what} ({known})")
}
