//! Which samples an access pattern reads: for each partition the request's key condition, the items that it returns, and
//! those that it reads and leaves out.

use super::view::{Block, Row, View};
use crate::define::definition::pattern;
use crate::schema::{AccessPattern, EntitySchema, KeyAttribute, Pattern, Piece, Position};

/// One request of an access pattern.
#[derive(Debug)]
pub(super) struct SampleRead<'a> {
    /// The partition's position in the view.
    pub(super) block: usize,
    /// The key condition: attribute, operator and value.
    pub(super) condition: Vec<(&'static str, &'static str, &'a str)>,
    /// Positions of the samples that it returns.
    pub(super) hits: Vec<usize>,
    /// Positions of the samples that it reads and pays for, but leaves out.
    pub(super) passed: Vec<usize>,
}

/// Items by their primary key: one request each.
pub(super) fn by_key<'a>(view: &View<'a>, entity: usize) -> Vec<SampleRead<'a>> {
    let mut out = Vec::new();
    for (block, found) in view.blocks.iter().enumerate() {
        for row in found.rows.iter().filter(|row| row.sample.entity == entity) {
            let sort = view.sort_key.iter().zip(&row.sort).map(|(name, value)| (*name, "=", value.text.as_str()));
            let condition = partition(view, found).chain(sort).collect();
            out.push(SampleRead { block, condition, hits: vec![row.at], passed: Vec::new() });
        }
    }
    out
}

/// A named pattern: one request for each partition with such items.
pub(super) fn by_pattern<'a>(view: &View<'a>, entity: usize, access: &AccessPattern) -> Vec<SampleRead<'a>> {
    let Some(schema) = view.definition.entities().get(entity) else { return Vec::new() };
    let mut out = Vec::new();
    for (block, found) in view.blocks.iter().enumerate() {
        let Some(first) = found.rows.iter().find(|row| row.sample.entity == entity) else { continue };
        let tests = sort_tests(schema, access.index, view, first);
        let covered = || found.rows.iter().filter(|row| tests.iter().all(|test| test.takes(view, row)));
        let places = |own: bool| {
            let rows = covered().filter(|row| (row.sample.entity == entity) == own);
            rows.map(|row| row.at).collect()
        };
        let condition = partition(view, found).chain(tests.iter().map(|test| (test.name, test.how(), test.text)));
        out.push(SampleRead { block, condition: condition.collect(), hits: places(true), passed: places(false) });
    }
    out
}

fn partition<'a>(view: &View<'a>, block: &Block<'a>) -> impl Iterator<Item = (&'static str, &'static str, &'a str)> {
    let pairs: Vec<_> =
        view.partition_key.iter().zip(&block.key).map(|(name, key)| (*name, "=", key.text.as_str())).collect();
    pairs.into_iter()
}

/// The condition on one attribute of the sort key.
struct SortTest<'a> {
    name: &'static str,
    text: &'a str,
    whole: bool,
}

impl SortTest<'_> {
    fn how(&self) -> &'static str {
        if self.whole { "=" } else { "begins with" }
    }

    fn takes(&self, view: &View<'_>, row: &Row<'_>) -> bool {
        let mut values = view.sort_key.iter().zip(&row.sort);
        values.any(|(name, value)| {
            *name == self.name && if self.whole { value.text == self.text } else { value.text.starts_with(self.text) }
        })
    }
}

/// The conditions on the sort key if only the partition is given: each attribute as far as its text is the same for all
/// such items of the partition. The text is taken from one of them.
fn sort_tests<'a>(schema: &EntitySchema, index: Option<&str>, view: &View<'a>, row: &Row<'a>) -> Vec<SortTest<'a>> {
    let mut known = pattern::keys(schema, index, Position::Partition);
    if known.is_empty() {
        // A local index has the table's.
        known = pattern::keys(schema, None, Position::Partition);
    }
    let mut out = Vec::new();
    for (name, value) in view.sort_key.iter().zip(&row.sort) {
        let sort = pattern::keys(schema, index, Position::Sort);
        let Some(key) = sort.into_iter().find(|key| key.attribute == *name) else { break };
        let (text, whole) = known_part(&key.pattern, &known, &value.text);
        if whole || !text.is_empty() {
            out.push(SortTest { name, text, whole });
        }
        if !whole {
            break;
        }
        known.push(key);
    }
    out
}

/// The beginning of a key's text that known fields determine, and whether it is the whole text.
fn known_part<'a>(pattern: &Pattern, known: &[&KeyAttribute], text: &'a str) -> (&'a str, bool) {
    let is_known = |name: &str| known.iter().any(|key| key.names(name));
    let pieces = match pattern {
        Pattern::Template(pieces) => *pieces,
        Pattern::Native { name, .. } => return if is_known(name) { (text, true) } else { ("", false) },
    };
    let mut end = 0;
    for piece in pieces {
        let rest = text.get(end..).unwrap_or_default();
        match piece {
            Piece::Literal(literal) => end += literal.len(),
            // The end of a field's text is known only if the field is escaped.
            Piece::Field { name, spec, .. } if is_known(name) && !spec.raw => {
                end += rest.find('#').unwrap_or(rest.len());
            }
            Piece::Field { .. } => return (text.get(..end).unwrap_or_default(), false),
        }
    }
    (text, true)
}
