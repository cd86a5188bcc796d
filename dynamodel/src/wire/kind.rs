//! DynamoDB's ten types: their tags on the wire and their names in messages.

/// The type of one attribute value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    S,
    N,
    B,
    Bool,
    Null,
    L,
    M,
    Ss,
    Ns,
    Bs,
}

impl Kind {
    /// The type that a tag names.
    pub(super) fn from_tag(tag: &str) -> Option<Self> {
        Some(match tag {
            "S" => Self::S,
            "N" => Self::N,
            "B" => Self::B,
            "BOOL" => Self::Bool,
            "NULL" => Self::Null,
            "L" => Self::L,
            "M" => Self::M,
            "SS" => Self::Ss,
            "NS" => Self::Ns,
            "BS" => Self::Bs,
            _ => return None,
        })
    }

    /// What messages call it.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::S => "a string (S)",
            Self::N => "a number (N)",
            Self::B => "binary (B)",
            Self::Bool => "a boolean (BOOL)",
            Self::Null => "null (NULL)",
            Self::L => "a list (L)",
            Self::M => "a map (M)",
            Self::Ss => "a string set (SS)",
            Self::Ns => "a number set (NS)",
            Self::Bs => "a binary set (BS)",
        }
    }

    /// The type of a set's elements.
    pub(super) const fn element(self) -> Option<Self> {
        match self {
            Self::Ss => Some(Self::S),
            Self::Ns => Some(Self::N),
            Self::Bs => Some(Self::B),
            _ => None,
        }
    }
}
