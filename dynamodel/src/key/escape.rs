//! Escaping of a field's text in a key: no `#` in it, nothing forged, order kept.
//!
//! Every character up to and including `$` is written as `$` and the character 0x30 higher. `#` (0x23) is below `$`
//! (0x24), and `$` is below every character that stands for itself, so text order stays value order also where a
//! value ends and the separator follows.

use super::SegmentFault;

const MARK: char = '$';
const SHIFT: u32 = 0x30;

/// Appends `value`, escaped.
pub(crate) fn escape(value: &str, out: &mut String) {
    // Nearly all values are clean. Without an early exit the loop is vectorised.
    let mut clean = true;
    for byte in value.bytes() {
        clean &= byte > MARK as u8;
    }
    if clean {
        out.push_str(value);
        return;
    }
    let mut rest = value;
    while let Some(at) = rest.find(|c: char| c <= MARK) {
        let (clean, tail) = rest.split_at(at);
        out.push_str(clean);
        let mut tail = tail.chars();
        if let Some(c) = tail.next() {
            out.push(MARK);
            out.extend(char::from_u32(u32::from(c) + SHIFT));
        }
        rest = tail.as_str();
    }
    out.push_str(rest);
}

/// The value whose escaped text this is.
pub(super) fn unescape(text: &str) -> Result<String, SegmentFault> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c < MARK {
            return Err(SegmentFault::malformed("text without a bare character below `$`", text));
        }
        if c != MARK {
            out.push(c);
            continue;
        }
        let original = chars.next().and_then(|c| u32::from(c).checked_sub(SHIFT)).and_then(char::from_u32);
        match original {
            Some(c) if c <= MARK => out.push(c),
            _ => return Err(SegmentFault::malformed("an escape after `$`", text)),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(value: &str) -> String {
        let mut out = String::new();
        escape(value, &mut out);
        out
    }

    #[test]
    fn a_separator_in_a_value_cannot_forge_a_segment() {
        assert_eq!(escaped("a#b"), "a$Sb");
        assert_eq!(escaped("a$b c\0"), "a$Tb$Pc$0");
    }

    #[test]
    fn text_that_escaping_never_writes_is_refused() {
        for text in ["$", "$z", "a b", "a#b", "$\u{2f}", "$U"] {
            assert!(unescape(text).is_err(), "{text:?}");
        }
    }
}
