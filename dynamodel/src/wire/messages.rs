//! serde's words for what it expected and found, put into DynamoDB's.

use super::kind::Kind;
use serde::de::{Expected, Unexpected};

/// How much of a name from the wire a message repeats.
const MAX_NAME: usize = 64;

/// What a visitor expects.
pub(super) fn expected(visitor: &dyn Expected) -> String {
    let words = visitor.to_string();
    match words.as_str() {
        "a string" | "a str" => Kind::S.words().to_owned(),
        "a boolean" => Kind::Bool.words().to_owned(),
        "a sequence" => Kind::L.words().to_owned(),
        "a map" => Kind::M.words().to_owned(),
        "unit" => Kind::Null.words().to_owned(),
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "f32"
        | "f64" => format!("{} that fits {words}", Kind::N.words()),
        _ => words,
    }
}

/// What the input held. Values are not repeated: they may be secret.
pub(super) fn found(unexpected: Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Bool(_) => Kind::Bool.words().to_owned(),
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => Kind::N.words().to_owned(),
        Unexpected::Char(_) | Unexpected::Str(_) => Kind::S.words().to_owned(),
        Unexpected::Bytes(_) => Kind::B.words().to_owned(),
        Unexpected::Unit | Unexpected::Option => Kind::Null.words().to_owned(),
        Unexpected::Seq => Kind::L.words().to_owned(),
        Unexpected::Map => Kind::M.words().to_owned(),
        // How serde's buffer names an integer of 128 bits; others may name anything.
        Unexpected::Other(words) if words.starts_with("integer") => Kind::N.words().to_owned(),
        Unexpected::Other(_) => "a value of another form".to_owned(),
        other => other.to_string(),
    }
}

/// A name from the wire, cut short where it is long.
pub(super) fn name(what: &str, name: &str) -> String {
    let shown: String = name.chars().take(MAX_NAME).collect();
    let dots = if shown.len() < name.len() { "…" } else { "" };
    format!("{what} `{shown}{dots}`")
}

/// The names that would have been right.
pub(super) fn one_of(what: &str, names: &[&str]) -> String {
    match names {
        [] => format!("no {what}"),
        [only] => format!("{what} `{only}`"),
        _ => format!("one of the {what}s `{}`", names.join("`, `")),
    }
}
