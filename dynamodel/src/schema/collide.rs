//! Whether two key patterns can ever give the same key.
//!
//! A field's text never holds `#` (it is escaped), and a field ends at a `#` or at the end of its template. So both
//! texts can be cut at every `#`, and they are equal only if they have as many components, and each component of one
//! can equal the component of the other: a literal, or a literal beginning and one field.

use super::{Form, Pattern, Piece, Spec, TextForm};

/// Whether the two can give the same value.
pub(super) const fn may_meet(a: &Pattern, b: &Pattern) -> bool {
    let (Pattern::Template(a), Pattern::Template(b)) = (a, b) else {
        // A field of its own type takes any value of that type.
        return a.kind().same(b.kind());
    };
    if has_raw(a) || has_raw(b) {
        // What stands in a raw segment is not known, separators included: nothing is claimed of it.
        return false;
    }
    let (mut a, mut b) = (Rest::of(a), Rest::of(b));
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

const fn has_raw(mut pieces: &[Piece]) -> bool {
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
struct Component {
    literal: &'static [u8],
    field: Option<(Form, Spec)>,
}

/// What is left of a template; `None` in `literal` once nothing is, not even an empty component.
#[derive(Clone, Copy)]
struct Rest {
    literal: Option<&'static [u8]>,
    pieces: &'static [Piece],
}

impl Rest {
    const fn of(pieces: &'static [Piece]) -> Self {
        match pieces {
            [Piece::Literal(text), rest @ ..] => Self { literal: Some(text.as_bytes()), pieces: rest },
            _ => Self { literal: Some(&[]), pieces },
        }
    }

    const fn step(self) -> Option<(Component, Self)> {
        let Some(text) = self.literal else { return None };
        let (literal, after) = cut(text);
        if let Some(after) = after {
            let rest = Self { literal: Some(after), pieces: self.pieces };
            return Some((Component { literal, field: None }, rest));
        }
        match self.pieces {
            [Piece::Field { spec, form, .. }, rest @ ..] => {
                let field = Some((*form, *spec));
                // The derive has seen to it that a literal after a field begins with `#`.
                let rest = match rest {
                    [Piece::Literal(text), rest @ ..] => Self { literal: cut(text.as_bytes()).1, pieces: rest },
                    _ => Self { literal: None, pieces: rest },
                };
                Some((Component { literal, field }, rest))
            }
            _ => Some((Component { literal, field: None }, Self { literal: None, pieces: &[] })),
        }
    }
}

/// The text up to the first `#`, and what follows it.
const fn cut(text: &'static [u8]) -> (&'static [u8], Option<&'static [u8]>) {
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

const fn components_meet(a: &Component, b: &Component) -> bool {
    let (shorter, longer) = if a.literal.len() <= b.literal.len() { (a, b) } else { (b, a) };
    let (head, tail) = longer.literal.split_at(shorter.literal.len());
    if !same_bytes(head, shorter.literal) {
        return false;
    }
    match (shorter.field, longer.field) {
        (None, None) => tail.is_empty(),
        // The shorter one is all literal, the longer one can only be equal if it adds nothing.
        (None, Some((form, _))) => tail.is_empty() && can_be_empty(form),
        (Some((form, spec)), None) => can_begin(form, spec, tail) && fits(form, spec, tail.len()),
        (Some((form, spec)), Some((other, other_spec))) => {
            can_begin(form, spec, tail) && lengths_meet(lengths(form, spec), lengths(other, other_spec), tail.len())
        }
    }
}

const fn can_be_empty(form: Form) -> bool {
    matches!(form.text, TextForm::Text)
}

/// Whether a value's text can begin with `text`, by the characters it may hold.
const fn can_begin(form: Form, spec: Spec, text: &[u8]) -> bool {
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        let allowed = match form.text {
            // Escaped text holds `$` and everything above it.
            TextForm::Text => *byte >= b'$',
            TextForm::Fixed(_) => byte.is_ascii_alphanumeric() || matches!(*byte, b'-' | b'.' | b':'),
            TextForm::Integer { signed, .. } => {
                byte.is_ascii_digit() || (signed && *byte == if spec.descending { b'n' } else { b'-' })
            }
        };
        if !allowed {
            return false;
        }
        rest = tail;
    }
    true
}

/// The shortest and the longest text of a value; `None` where there is no longest.
const fn lengths(form: Form, spec: Spec) -> (usize, Option<usize>) {
    match form.text {
        TextForm::Text => (0, None),
        TextForm::Fixed(length) => (length as usize, Some(length as usize)),
        TextForm::Integer { digits, signed } => {
            let width = match spec.width {
                Some(width) => width as usize,
                None => digits as usize,
            };
            (width, Some(if signed { width + 1 } else { width }))
        }
    }
}

const fn fits(form: Form, spec: Spec, length: usize) -> bool {
    let (least, most) = lengths(form, spec);
    least <= length
        && match most {
            Some(most) => length <= most,
            None => true,
        }
}

/// Whether the first's lengths meet the second's after `lead` characters.
const fn lengths_meet(a: (usize, Option<usize>), b: (usize, Option<usize>), lead: usize) -> bool {
    let below = match a.1 {
        Some(most) => b.0 + lead <= most,
        None => true,
    };
    let above = match b.1 {
        Some(most) => a.0 <= most + lead,
        None => true,
    };
    below && above
}

const fn same_bytes(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => (a, b) = (rest_a, rest_b),
            _ => return false,
        }
    }
}
