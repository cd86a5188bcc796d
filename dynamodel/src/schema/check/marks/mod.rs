//! All entities of one table against each other.
//!
//! A table of fifty entities has 1225 pairs, and the compiler takes milliseconds for one of them. So each entity gets a
//! mark, once: most pairs are told apart by a few operations on two marks, and only the others are looked at as
//! [`check_pair`] does. A mark is cautious: that two of them meet says nothing yet.

use super::pair::check_pair;
use crate::schema::collide::cut;
use crate::schema::entity::is_on;
use crate::schema::text::same;
use crate::schema::{EntitySchema, KeyAttribute, KeyKind, Pattern, Piece, Position, TableSchema};

/// What tells an entity from most others of its table. Two of them may clash where what the one has meets what the other
/// clashes with.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    type_name: u64,
    /// Key attributes with their types, and the time to live.
    types: Bits,
    /// What its partition keys begin with.
    partition: Bits,
    /// What its sort keys begin with.
    sort: Bits,
}

#[derive(Debug, Clone, Copy)]
struct Bits {
    has: u128,
    clashes: u128,
}

const NONE: Bits = Bits { has: 0, clashes: 0 };
const NO_MARK: Mark = Mark { type_name: 0, types: NONE, partition: NONE, sort: NONE };

/// How many key attributes are told apart; those behind the last one are taken for one.
const PLACES: u32 = 32;

/// The place that stands for the sort key of an index without one: there, all keys begin alike.
const NO_SORT: u32 = PLACES - 1;

/// The marks of a table's `N` entities.
pub const fn marks<const N: usize>(table: &TableSchema) -> [Mark; N] {
    let mut out = [NO_MARK; N];
    let mut slots: &mut [Mark] = &mut out;
    let mut entities = table.entities;
    let mut first = None;
    while let ([slot, rest @ ..], [entity, more @ ..]) = (slots, entities) {
        if first.is_none() {
            first = entity.ttl;
        }
        *slot = mark(table, entity, first);
        (slots, entities) = (rest, more);
    }
    out
}

/// The entity at a place of the table's list against all before it.
#[track_caller]
pub const fn check_among(table: &TableSchema, marks: &[Mark], place: usize) {
    let Some((mut others, [mine, ..])) = marks.split_at_checked(place) else { return };
    // There are many pairs, and so each step of this loop counts: four at a time.
    let (name, types, partition) = (mine.type_name, mine.types.has, mine.partition.has);
    while let [a, b, c, d, rest @ ..] = others {
        let may_clash =
            partition & (a.partition.clashes | b.partition.clashes | c.partition.clashes | d.partition.clashes) != 0
                || types & (a.types.clashes | b.types.clashes | c.types.clashes | d.types.clashes) != 0
                || name == a.type_name
                || name == b.type_name
                || name == c.type_name
                || name == d.type_name;
        if may_clash {
            check_few(table, &[*a, *b, *c, *d], place - others.len(), mine, place);
        }
        others = rest;
    }
    check_few(table, others, place - others.len(), mine, place);
}

/// An entity against others, of which the first stands at `at`.
#[track_caller]
const fn check_few(table: &TableSchema, mut others: &[Mark], mut at: usize, mine: &Mark, place: usize) {
    while let [theirs, rest @ ..] = others {
        if mine.partition.has & theirs.partition.clashes != 0 && mine.sort.has & theirs.sort.clashes != 0
            || mine.types.has & theirs.types.clashes != 0
            || mine.type_name == theirs.type_name
        {
            check_places(table, at, place);
        }
        at += 1;
        others = rest;
    }
}

#[track_caller]
const fn check_places(table: &TableSchema, first: usize, second: usize) {
    let (Some((_, [a, ..])), Some((_, [b, ..]))) =
        (table.entities.split_at_checked(first), table.entities.split_at_checked(second))
    else {
        return;
    };
    check_pair(table, a, b);
}

const fn mark(table: &TableSchema, entity: &EntitySchema, first_ttl: Option<&str>) -> Mark {
    let mut mark = Mark { type_name: hash(entity.type_name.as_bytes(), 0), ..NO_MARK };
    if let (Some(ttl), Some(first)) = (entity.ttl, first_ttl) {
        mark.types = mark.types.with_ttl(same(ttl, first));
    }
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        let place = place(table, key);
        mark.types = mark.types.with_kind(place, key.pattern.kind());
        match key.position {
            Position::Partition => {
                mark.partition = mark.partition.with_head(place, head(&key.pattern));
                if !goes_on(key, rest) {
                    mark.sort = mark.sort.with_head(NO_SORT, None);
                }
            }
            Position::Sort => mark.sort = mark.sort.with_head(place, head(&key.pattern)),
        }
        keys = rest;
    }
    mark
}

/// Whether the key of which this is the partition key, or a part of it, has more attributes.
const fn goes_on(key: &KeyAttribute, rest: &[KeyAttribute]) -> bool {
    match rest {
        [next, ..] => is_on(next, key.index),
        [] => false,
    }
}

impl Bits {
    /// A key attribute of a type. It clashes with the same in another type.
    const fn with_kind(self, place: u32, kind: KeyKind) -> Self {
        let kind = match kind {
            KeyKind::S => 0,
            KeyKind::N => 1,
            KeyKind::B => 2,
        };
        let of_all_kinds = (1 | 1 << PLACES | 1 << (2 * PLACES)) << place;
        let of_its_kind = 1 << (place + kind * PLACES);
        Self { has: self.has | of_its_kind, clashes: self.clashes | of_all_kinds ^ of_its_kind }
    }

    /// A time to live under the name that the table's first one has, or under another. All others clash with the first
    /// one, and that is enough.
    const fn with_ttl(self, first: bool) -> Self {
        const FIRST: u128 = 1 << (3 * PLACES);
        const OTHER: u128 = FIRST << 1;
        let (own, clashing) = if first { (FIRST, OTHER) } else { (OTHER, FIRST) };
        Self { has: self.has | own, clashes: self.clashes | clashing }
    }

    /// A key attribute, and the text that it begins with. It clashes with the same text (a hash of it), and with those
    /// that can begin with anything: these clash with all.
    const fn with_head(self, place: u32, head: Option<&[u8]>) -> Self {
        let attribute = 1 << (2 * PLACES + place);
        let with_any = attribute << PLACES;
        let (own, clashing) = match head {
            Some(head) => {
                let text = 1 << (hash(head, place as u64) >> 58);
                (text | attribute, text | with_any)
            }
            None => (attribute | with_any, attribute | with_any),
        };
        Self { has: self.has | own, clashes: self.clashes | clashing }
    }
}

/// The place of a key attribute among those of the table.
const fn place(table: &TableSchema, key: &KeyAttribute) -> u32 {
    let attribute = key.attribute;
    let primary = key.index.is_none();
    if primary && matches!(key.position, Position::Partition) || !primary && same(attribute, table.partition_key) {
        return 0;
    }
    let mut place = 1;
    if let Some(sort_key) = table.sort_key {
        if primary || same(attribute, sort_key) {
            return place;
        }
        place += 1;
    }
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        let mut names = [index.partition_key, index.sort_key];
        while let [[name, more @ ..], other] = names {
            if place == NO_SORT || same(attribute, name) {
                return place;
            }
            place += 1;
            names = if more.is_empty() { [other, &[]] } else { [more, other] };
        }
        indexes = rest;
    }
    NO_SORT
}

/// The text before the first `#`, where it is the same for all values; `None` where it is not.
const fn head(pattern: &Pattern) -> Option<&[u8]> {
    let Pattern::Template([Piece::Literal(text), behind @ ..]) = pattern else { return None };
    match cut(text.as_bytes()) {
        (_, None) if !behind.is_empty() => None,
        (head, _) => Some(head),
    }
}

const fn hash(mut bytes: &[u8], seed: u64) -> u64 {
    let mut hash = seed;
    while let Some((eight, rest)) = bytes.split_first_chunk() {
        hash = mixed(hash ^ u64::from_ne_bytes(*eight));
        bytes = rest;
    }
    while let [byte, rest @ ..] = bytes {
        hash = hash << 8 | hash >> 56 ^ *byte as u64;
        bytes = rest;
    }
    mixed(hash)
}

/// Fibonacci's: what differs in any bit differs in the highest ones.
const fn mixed(hash: u64) -> u64 {
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests;
