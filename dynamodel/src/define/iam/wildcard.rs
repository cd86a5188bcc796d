//! Partition keys without their values: the literals of the template, with wildcards for the fields.

use super::leading::{beginning, is_raw, partition_keys};
use super::principal::literal;
use super::texts::Text;
use crate::define::definition::TableDefinition;
use crate::schema::{EntitySchema, Pattern, Piece, may_begin};

/// What is known of an entity's partition keys.
pub(super) struct Known {
    pub(super) text: Text,
    /// A pattern to exclude: keys of more components, which the wildcards would match, and which another entity has.
    pub(super) not: Option<String>,
}

/// What the entity's partition keys on the table or an index look like; `None` if nothing is known of them, or if they have
/// several attributes.
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
    // The text of a field has no separators, but a wildcard matches them.
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
    /// A literal, as far as a policy can express it.
    pub(super) fn literal(&mut self, text: &str) {
        for c in text.chars() {
            if is_writable(c) {
                self.text.push_str(&literal(c.encode_utf8(&mut [0; 4])));
            } else {
                self.anything();
            }
        }
    }

    /// Any text.
    pub(super) fn anything(&mut self) {
        self.open = true;
        if !self.text.ends_with('*') {
            self.text.push('*');
        }
    }
}

/// Whether a policy can contain the character: IAM allows those up to U+00FF, and below U+0020 only tab and line ends.
pub(super) const fn is_writable(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}')
}
