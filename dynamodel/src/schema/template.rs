//! The parts of a key template, and what a field's type may be in one.

use super::text::same;

/// The wire type of a key attribute. DynamoDB knows three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// A string (S).
    S,
    /// A number (N).
    N,
    /// A binary value (B).
    B,
}

impl KeyKind {
    /// DynamoDB's letter for it.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
        }
    }

    /// The word for it in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::S => "string",
            Self::N => "number",
            Self::B => "binary",
        }
    }

    pub(crate) const fn same(self, other: Self) -> bool {
        self as u8 == other as u8
    }
}

/// How a field's type is written into the text of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextForm {
    /// Text of any length, escaped.
    Text,
    /// Text of one length from letters, digits and the marks `-`, `.`, `:`, whose order is the value's; the same text
    /// where the field is a key attribute by itself.
    Fixed(u8),
    /// An integer of at most so many digits: it needs a width in the template.
    Integer {
        /// Digits of the type's largest value.
        digits: u8,
        /// Whether the type has values below zero.
        signed: bool,
    },
}

/// What a type is in keys: given by [`KeySegment::FORM`](crate::KeySegment::FORM).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form {
    /// The wire type where the field is a key attribute by itself.
    pub kind: KeyKind,
    /// Whether a field of the type can be a key attribute by itself: it is stored as S, N or B, in the order of its
    /// values.
    pub native: bool,
    /// Its text inside a template.
    pub text: TextForm,
    /// Whether a value may be absent (`Option`): then its index is sparse, and a primary key cannot hold it.
    pub optional: bool,
}

/// What a template says of a field behind the colon: `{score:010}`, `{score:desc}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spec {
    /// Digits of an integer, zero-padded.
    pub width: Option<u8>,
    /// Largest value first.
    pub descending: bool,
    /// Written as it is, for keys of other people's making: neither escaped nor padded.
    pub raw: bool,
}

impl Spec {
    /// `{name}`.
    pub const PLAIN: Self = Self { width: None, descending: false, raw: false };

    const fn same(self, other: Self) -> bool {
        let width = match (self.width, other.width) {
            (Some(a), Some(b)) => a == b,
            (None, None) => true,
            _ => false,
        };
        width && self.descending == other.descending && self.raw == other.raw
    }

    /// Nothing behind the colon.
    pub(crate) const fn is_plain(self) -> bool {
        self.width.is_none() && !self.descending && !self.raw
    }
}

/// One piece of a key template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Piece {
    /// Text as it stands.
    Literal(&'static str),
    /// A field's value.
    Field {
        /// The Rust field's name.
        name: &'static str,
        /// How it is written.
        spec: Spec,
        /// What its type is.
        form: Form,
    },
}

/// Where a key attribute's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pattern {
    /// Text rendered from a template.
    Template(&'static [Piece]),
    /// A field's own value, in its own type.
    Native {
        /// The Rust field's name.
        name: &'static str,
        /// The name under which the field itself is stored.
        stored: &'static str,
        /// What its type is.
        form: Form,
    },
}

impl Pattern {
    /// The wire type of the key attribute.
    pub const fn kind(&self) -> KeyKind {
        match self {
            Self::Template(_) => KeyKind::S,
            Self::Native { form, .. } => form.kind,
        }
    }

    /// Whether two patterns of one entity give the same value.
    pub(crate) const fn same(&self, other: &Self) -> bool {
        let (mut left, mut right) = match (*self, *other) {
            (Self::Template(left), Self::Template(right)) => (left, right),
            (Self::Native { name, .. }, Self::Native { name: other, .. }) => return same(name, other),
            _ => return false,
        };
        while let ([a, rest @ ..], [b, more @ ..]) = (left, right) {
            let alike = match (a, b) {
                (Piece::Literal(a), Piece::Literal(b)) => same(a, b),
                (Piece::Field { name: a, spec: x, .. }, Piece::Field { name: b, spec: y, .. }) => {
                    same(a, b) && x.same(*y)
                }
                _ => false,
            };
            if !alike {
                return false;
            }
            (left, right) = (rest, more);
        }
        left.is_empty() && right.is_empty()
    }
}
