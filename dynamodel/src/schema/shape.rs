//! Which texts a field's values have in a key, by characters and lengths.

use super::{Form, Spec, TextForm};

/// One way in which a field's text can look. An integer with a sign has two.
#[derive(Clone, Copy)]
enum Shape {
    /// Escaped text of any length.
    Text,
    /// So many letters, digits and marks.
    Fixed(usize),
    /// So many digits, behind a sign where one is said.
    Digits { sign: Option<u8>, width: usize },
}

/// Whether a value can have this text.
pub(super) const fn is_text(form: Form, spec: Spec, text: &[u8]) -> bool {
    let (first, second) = shapes(form, spec);
    first.is(text)
        || match second {
            Some(second) => second.is(text),
            None => false,
        }
}

/// Whether a value can have a text that begins so.
pub(super) const fn can_begin(form: Form, spec: Spec, text: &[u8]) -> bool {
    let (first, second) = shapes(form, spec);
    first.starts(text)
        || match second {
            Some(second) => second.starts(text),
            None => false,
        }
}

/// Whether a value of the first field can have the text `lead` and then that of a value of the second.
pub(super) const fn shapes_collide(a: (Form, Spec), lead: &[u8], b: (Form, Spec)) -> bool {
    let (one, other) = shapes(a.0, a.1);
    one.collides(lead, b)
        || match other {
            Some(other) => other.collides(lead, b),
            None => false,
        }
}

const fn shapes(form: Form, spec: Spec) -> (Shape, Option<Shape>) {
    match form.text {
        TextForm::Text => (Shape::Text, None),
        TextForm::Fixed(length) => (Shape::Fixed(length as usize), None),
        TextForm::Integer { digits, signed } => {
            let width = match spec.width {
                Some(width) => width as usize,
                None => digits as usize,
            };
            let sign = if spec.descending { b'n' } else { b'-' };
            let negative = Shape::Digits { sign: Some(sign), width };
            (Shape::Digits { sign: None, width }, if signed { Some(negative) } else { None })
        }
    }
}

impl Shape {
    /// How long the text is; `None` where it has any length.
    const fn length(self) -> Option<usize> {
        match self {
            Self::Text => None,
            Self::Fixed(length) => Some(length),
            Self::Digits { sign, width } => Some(width + sign.is_some() as usize),
        }
    }

    /// Whether a text of this shape is `text`.
    const fn is(self, text: &[u8]) -> bool {
        let fits = match self.length() {
            Some(length) => text.len() == length,
            None => true,
        };
        fits && matches!(self.begins(text), Beginning::Whole) && !self.is_minus_zero(text)
    }

    /// Whether a text of this shape begins so.
    const fn starts(self, text: &[u8]) -> bool {
        let fits = match self.length() {
            Some(length) => text.len() < length || (text.len() == length && !self.is_minus_zero(text)),
            None => true,
        };
        fits && !matches!(self.begins(text), Beginning::Not)
    }

    /// Whether a text of this shape can be `lead` and then the text of a value of `field`.
    const fn collides(self, lead: &[u8], field: (Form, Spec)) -> bool {
        let open = match self.begins(lead) {
            Beginning::Not => return false,
            Beginning::Whole => false,
            Beginning::Open => true,
        };
        let (first, second) = shapes(field.0, field.1);
        self.goes_on(lead, open, first)
            || match second {
                Some(second) => self.goes_on(lead, open, second),
                None => false,
            }
    }

    /// Whether the rest of this shape, behind `lead`, can be a text of the other.
    const fn goes_on(self, lead: &[u8], open: bool, other: Self) -> bool {
        let fits = match (self.length(), other.length()) {
            (Some(all), Some(rest)) => all == lead.len() + rest,
            (Some(all), None) => all > lead.len() || (all == lead.len() && !self.is_minus_zero(lead)),
            (None, _) => true,
        };
        let sign = match (self, other) {
            // An escape goes on with a character from `0` to `T`, which a sign is not.
            (Self::Text, Self::Digits { sign, .. }) => !open || sign.is_none(),
            (Self::Digits { sign: None, .. }, Self::Digits { sign: Some(_), .. }) => false,
            (Self::Digits { sign: Some(_), .. }, Self::Digits { sign: None, .. }) => !lead.is_empty(),
            (Self::Digits { sign: Some(mine), .. }, Self::Digits { sign: Some(theirs), .. }) => {
                lead.is_empty() && mine == theirs
            }
            _ => true,
        };
        fits && sign
    }

    /// Whether a text of this shape can begin so.
    const fn begins(self, text: &[u8]) -> Beginning {
        let mut open = false;
        let mut at = 0;
        let mut rest = text;
        while let [byte, tail @ ..] = rest {
            let allowed = match (self, open) {
                (Self::Text, true) => matches!(*byte, b'0'..=b'T'),
                (Self::Text, false) => *byte >= b'$',
                (Self::Fixed(_), _) => byte.is_ascii_alphanumeric() || matches!(*byte, b'-' | b'.' | b':'),
                (Self::Digits { sign: Some(sign), .. }, _) if at == 0 => *byte == sign,
                (Self::Digits { .. }, _) => byte.is_ascii_digit(),
            };
            if !allowed {
                return Beginning::Not;
            }
            open = matches!(self, Self::Text) && !open && *byte == b'$';
            at += 1;
            rest = tail;
        }
        if open { Beginning::Open } else { Beginning::Whole }
    }

    /// Zero has no sign: `-` and nines, `n` and zeros are never written.
    const fn is_minus_zero(self, text: &[u8]) -> bool {
        let (Self::Digits { sign: Some(sign), .. }, [_, digits @ ..]) = (self, text) else { return false };
        let zero = if sign == b'-' { b'9' } else { b'0' };
        let mut rest = digits;
        while let [digit, tail @ ..] = rest {
            if *digit != zero {
                return false;
            }
            rest = tail;
        }
        true
    }
}

/// Whether a text of a shape can begin in some way.
enum Beginning {
    Not,
    Whole,
    /// With a `$` at the end, whose second character has not come yet.
    Open,
}
