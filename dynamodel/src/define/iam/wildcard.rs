//! What is known of a partition key before it has a value: the literals of its template, with wildcards for the fields.

use super::leading::{beginning, is_raw, partition_keys};
use super::principal::literal;
use super::texts::Text;
use crate::define::definition::TableDefinition;
use crate::schema::{EntitySchema, Pattern, Piece, may_begin};

/// What is known of an entity's partition keys.
pub(super) struct Known {
    pub(super) text: Text,
    /// What is none of them, though the wildcards take it: a key of more components, where another entity has such ones.
    pub(super) not: Option<String>,
}

/// What the entity's partition keys on the table or an index look like; `None` where nothing is known of them, or where they
/// are of several attributes, which are fields of their own types.
pub(super) fn partitions(definition: &TableDefinition, entity: &EntitySchema, index: Option<&str>) -> Option<Known> {
    let [key @ Pattern::Template(pieces)] = partition_keys(entity, index)[..] else { return None };
    let mut text = Text::exact(String::new());
    for piece in *pieces {
        match piece {
            Piece::Literal(part) => text.literal(part),
            Piece::Field { .. } => text.anything(),
        }
    }
    if text.text == "*" {
        return None;
    }
    // A field's text holds no separator, and a wildcard does.
    let own = separators(key);
    let mut others = definition.entities().iter().flat_map(|other| partition_keys(other, index));
    let is_taken = others.any(|other| separators(other) > own && may_begin(other, beginning(key)));
    let not = (is_taken && text.open && !is_raw(key)).then(|| format!("*{}", "#*".repeat(own.saturating_add(1))));
    Some(Known { text, not })
}

fn separators(key: &Pattern) -> usize {
    let Pattern::Template(pieces) = key else { return 0 };
    let of = |piece: &Piece| match piece {
        Piece::Literal(part) => part.matches('#').count(),
        Piece::Field { .. } => 0,
    };
    pieces.iter().map(of).sum()
}

impl Text {
    /// What stands there as it is, as far as a policy can say it.
    pub(super) fn literal(&mut self, text: &str) {
        for c in text.chars() {
            if is_writable(c) {
                self.text.push_str(&literal(c.encode_utf8(&mut [0; 4])));
            } else {
                self.anything();
            }
        }
    }

    /// What is not known.
    pub(super) fn anything(&mut self) {
        self.open = true;
        if !self.text.ends_with('*') {
            self.text.push('*');
        }
    }
}

/// Whether a policy can hold the character: IAM takes those up to U+00FF, and below U+0020 only tab and line ends.
pub(super) const fn is_writable(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}')
}
