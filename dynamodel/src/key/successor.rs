//! Texts next to each other in DynamoDB's order: where a range of keys ends.

use crate::schema::TextForm;

/// DynamoDB's limit for a sort key.
const LIMIT: usize = 1024;

/// A text above every key that begins with `prefix` and goes on with a field, and below every other key.
pub(crate) fn end_of(mut prefix: String, field: TextForm) -> String {
    match field {
        // `$` comes right after `#`, and no key of a template ends with it.
        _ if prefix.ends_with('#') => {
            prefix.pop();
            prefix.push('$');
            prefix
        }
        // These have ASCII characters only.
        TextForm::Fixed(_) | TextForm::Integer { .. } => {
            prefix.push('\u{7f}');
            prefix
        }
        TextForm::Text => filled(prefix),
    }
}

/// A text below `text`, which holds a field's text from `start` on, and not below any key with a lesser value of the
/// field. `None` where there is no lesser value.
pub(crate) fn predecessor(mut text: String, start: usize, field: TextForm) -> Option<String> {
    if text.len() <= start {
        return None;
    }
    let last = text.pop()?;
    let below = char::from_u32(u32::from(last).checked_sub(1)?).unwrap_or('\u{d7ff}');
    text.push(below);
    Some(match field {
        // Texts of one length: nothing lies between the two.
        TextForm::Fixed(_) | TextForm::Integer { .. } => text,
        TextForm::Text => filled(text),
    })
}

/// The highest text that begins so, as far as DynamoDB takes one.
fn filled(mut text: String) -> String {
    while text.len() + char::MAX.len_utf8() <= LIMIT {
        text.push(char::MAX);
    }
    text
}
