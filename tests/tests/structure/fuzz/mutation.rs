//! Changes to documents: flipped bits, bytes put in, taken out, repeated, cut off, and pieces of other documents.

use proptest::prelude::*;

/// One change to a document; places are taken modulo its length.
#[derive(Clone, Debug)]
pub enum Mutation {
    Flip { at: usize, bits: u8 },
    Insert { at: usize, text: Vec<u8> },
    Delete { at: usize, length: usize },
    Duplicate { at: usize, length: usize },
    Truncate { at: usize },
    Splice { at: usize, other: usize, from: usize, length: usize },
}

/// What means something to the decoder.
const WORDS: [&str; 16] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    ",",
    ":",
    "null",
    "{\"S\":\"",
    "{\"N\":\"",
    "{\"M\":{",
    "{\"L\":[",
    "\\ud83d",
    "1E999",
    "\"Item\":",
];

/// Any change.
pub fn mutation() -> impl Strategy<Value = Mutation> {
    let (place, length) = (any::<usize>, || 0_usize..64);
    let word = prop_oneof![
        proptest::sample::select(&WORDS[..]).prop_map(|word| word.as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 1..4),
    ];
    prop_oneof![
        (place(), 1_u8..).prop_map(|(at, bits)| Mutation::Flip { at, bits }),
        (place(), word).prop_map(|(at, text)| Mutation::Insert { at, text }),
        (place(), length()).prop_map(|(at, length)| Mutation::Delete { at, length }),
        (place(), length()).prop_map(|(at, length)| Mutation::Duplicate { at, length }),
        place().prop_map(|at| Mutation::Truncate { at }),
        (place(), place(), place(), length()).prop_map(|(at, other, from, length)| Mutation::Splice {
            at,
            other,
            from,
            length
        }),
    ]
}

impl Mutation {
    /// Makes the change.
    pub fn apply(&self, document: &mut Vec<u8>, corpus: &[(String, Vec<u8>)]) {
        let piece = |bytes: &[u8], from: usize, length: usize| {
            let from = from % (bytes.len() + 1);
            from..(from + length).min(bytes.len())
        };
        match self {
            Self::Flip { at, bits } => {
                let length = document.len().max(1);
                if let Some(byte) = document.get_mut(at % length) {
                    *byte ^= bits;
                }
            }
            Self::Insert { at, text } => insert(document, *at, text),
            Self::Delete { at, length } => drop(document.drain(piece(document, *at, *length))),
            Self::Duplicate { at, length } => {
                let text = document[piece(document, *at, *length)].to_vec();
                insert(document, *at, &text);
            }
            Self::Truncate { at } => document.truncate(at % (document.len() + 1)),
            Self::Splice { at, other, from, length } => {
                let (_, other) = &corpus[other % corpus.len()];
                insert(document, *at, &other[piece(other, *from, *length)]);
            }
        }
    }
}

fn insert(document: &mut Vec<u8>, at: usize, text: &[u8]) {
    let at = at % (document.len() + 1);
    document.splice(at..at, text.iter().copied());
}
