//! Whether two key patterns can ever give the same key.
//!
//! A field's text never holds `#` (it is escaped), and a field ends at a `#` or at the end of its template. So both
//! texts can be cut at every `#`, and they are equal only if they have as many components, and each component of one
//! can equal the component of the other: a literal, or a literal beginning and one field.
//!
//! The result is exact as far as characters and lengths go. Which values a type of one length has (a date, a ULID) and
//! how far an integer's range reaches below its digits is not looked at: there the result may be a cautious yes.

use super::shape::{can_begin, is_text, shapes_collide};
use super::text::same_bytes;
use super::{Form, KeyKind, Pattern, Piece, Spec, TextForm};

/// Whether the two can give the same value.
pub(crate) const fn may_collide(a: &Pattern, b: &Pattern) -> bool {
    if has_raw(a) || has_raw(b) {
        // What stands in a raw segment is not known, separators included: nothing is claimed of it.
        return false;
    }
    let (Some(mut a), Some(mut b)) = (Rest::of(a), Rest::of(b)) else {
        // A field of its own type takes any value of that type.
        return a.kind().same(b.kind());
    };
    loop {
        match (a.step(), b.step()) {
            (None, None) => return true,
            (Some((x, rest_a)), Some((y, rest_b))) => {
                if !components_meet(&x, &y) {
                    return false;
                }
                (a, b) = (rest_a, rest_b);
            }
            _ => return false,
        }
    }
}

/// Whether the pattern can give a value that begins with the text.
pub(crate) const fn may_begin(pattern: &Pattern, text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    if has_raw(pattern) {
        return false;
    }
    let Some(mut rest) = Rest::of(pattern) else {
        return pattern.kind().same(KeyKind::S);
    };
    let mut text = text.as_bytes();
    loop {
        let Some((component, after)) = rest.step() else { return false };
        let (whole, more) = cut(text);
        let Some(more) = more else { return component_begins(&component, text) };
        if !components_meet(&component, &Component { literal: whole, field: None }) {
            return false;
        }
        (rest, text) = (after, more);
    }
}

/// Whether the component can begin so, without a `#`.
const fn component_begins(component: &Component<'_>, text: &[u8]) -> bool {
    let literal = component.literal;
    if let Some((head, _)) = literal.split_at_checked(text.len()) {
        return same_bytes(head, text);
    }
    let (head, tail) = text.split_at(literal.len());
    match component.field {
        Some((form, spec)) => same_bytes(head, literal) && can_begin(form, spec, tail),
        None => false,
    }
}

const fn has_raw(pattern: &Pattern) -> bool {
    let Pattern::Template(mut pieces) = *pattern else { return false };
    while let [piece, rest @ ..] = pieces {
        if let Piece::Field { spec, .. } = piece
            && spec.raw
        {
            return true;
        }
        pieces = rest;
    }
    false
}

/// What stands between two `#`.
struct Component<'a> {
    literal: &'a [u8],
    field: Option<(Form, Spec)>,
}

/// What is left of a pattern; `None` in `literal` once nothing is, not even an empty component.
#[derive(Clone, Copy)]
struct Rest {
    literal: Option<&'static [u8]>,
    /// The field that is the whole pattern.
    own: Option<Form>,
    pieces: &'static [Piece],
}

impl Rest {
    /// `None` for a field of its own type that can hold anything.
    const fn of(pattern: &Pattern) -> Option<Self> {
        match *pattern {
            Pattern::Template([Piece::Literal(text), rest @ ..]) => {
                Some(Self { literal: Some(text.as_bytes()), own: None, pieces: rest })
            }
            Pattern::Template(pieces) => Some(Self { literal: Some(&[]), own: None, pieces }),
            Pattern::Native { form, .. } => match (form.kind, form.text) {
                // Text of one length is the same by itself and in a template.
                (KeyKind::S, TextForm::Fixed(_)) => Some(Self { literal: Some(&[]), own: Some(form), pieces: &[] }),
                _ => None,
            },
        }
    }

    /// What stands up to the next `#`, and the rest behind it.
    const fn step(self) -> Option<(Component<'static>, Self)> {
        const DONE: Rest = Rest { literal: None, own: None, pieces: &[] };
        let Some(text) = self.literal else { return None };
        if let Some(form) = self.own {
            return Some((Component { literal: text, field: Some((form, Spec::PLAIN)) }, DONE));
        }
        let (literal, after) = cut(text);
        if let Some(after) = after {
            let rest = Self { literal: Some(after), own: None, pieces: self.pieces };
            return Some((Component { literal, field: None }, rest));
        }
        match self.pieces {
            [Piece::Field { spec, form, .. }, rest @ ..] => {
                let field = Some((*form, *spec));
                // The derive has seen to it that a literal after a field begins with `#`.
                let rest = match rest {
                    [Piece::Literal(text), rest @ ..] => {
                        Self { literal: cut(text.as_bytes()).1, own: None, pieces: rest }
                    }
                    _ => DONE,
                };
                Some((Component { literal, field }, rest))
            }
            _ => Some((Component { literal, field: None }, DONE)),
        }
    }
}

/// The text up to the first `#`, and what follows it.
pub(super) const fn cut(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let mut at = 0;
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        if *first == b'#' {
            return (text.split_at(at).0, Some(tail));
        }
        at += 1;
        rest = tail;
    }
    (text, None)
}

const fn components_meet(a: &Component<'_>, b: &Component<'_>) -> bool {
    let (shorter, longer) = if a.literal.len() <= b.literal.len() { (a, b) } else { (b, a) };
    let (head, tail) = longer.literal.split_at(shorter.literal.len());
    if !same_bytes(head, shorter.literal) {
        return false;
    }
    match (shorter.field, longer.field) {
        (None, None) => tail.is_empty(),
        // The shorter one is all literal, the longer one can only be equal if it adds nothing.
        (None, Some((form, spec))) => tail.is_empty() && is_text(form, spec, &[]),
        (Some((form, spec)), None) => is_text(form, spec, tail),
        (Some((form, spec)), Some((other, other_spec))) => shapes_collide((form, spec), tail, (other, other_spec)),
    }
}
