//! Where the members of one JSON object stand in its text: found one by one while they are few, by their hash when they
//! are many.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// Where an alias and its value stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Without the quotes: an alias has nothing to escape.
    pub(super) alias: Span,
    /// Without the quotes too, where it is a name.
    pub(super) value: Span,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn of(self, json: &[u8]) -> &[u8] {
        json.get(self.start..self.end).unwrap_or_default()
    }
}

/// Most requests have few names and values: their places need no memory of their own.
#[derive(Debug, Default)]
pub(super) struct Places {
    first: [Place; 8],
    count: usize,
    rest: Vec<Place>,
    /// All of them, once they are many.
    index: Option<Box<Index>>,
}

/// More of them than this are not looked through one by one.
const FEW: usize = 32;

/// By hashes alone. Should two be equal, a value is written twice, or an alias passed over: the text means the same.
#[derive(Debug, Default)]
struct Index {
    hasher: RandomState,
    values: HashMap<u64, Place>,
    aliases: HashSet<u64>,
    /// The number that comes after the last one of an alias.
    numbers: HashMap<u64, u32>,
}

impl Places {
    /// The place of a value that stands in the text already.
    #[inline]
    pub(super) fn of_value(&self, json: &[u8], value: &[u8]) -> Option<Place> {
        let is_it = |known: &&Place| known.value.of(json) == value;
        match &self.index {
            None => self.few().find(is_it).copied(),
            Some(index) => index.values.get(&index.hasher.hash_one(value)).filter(is_it).copied(),
        }
    }

    /// Whether there is an alias of that text.
    pub(super) fn is_taken(&self, json: &[u8], alias: &[u8]) -> bool {
        match &self.index {
            None => self.few().any(|known| known.alias.of(json) == alias),
            Some(index) => index.aliases.contains(&index.hasher.hash_one(alias)),
        }
    }

    /// The first number that an alias may have: those before it are taken.
    pub(super) fn number(&self, alias: &[u8]) -> u32 {
        let known = self.index.as_ref().and_then(|index| index.numbers.get(&index.hasher.hash_one(alias)));
        known.copied().unwrap_or(2)
    }

    /// The numbers before this one are taken.
    pub(super) fn know_number(&mut self, alias: &[u8], number: u32) {
        if let Some(index) = &mut self.index {
            index.numbers.insert(index.hasher.hash_one(alias), number);
        }
    }

    pub(super) fn push(&mut self, json: &[u8], place: Place) {
        if let Some(index) = &mut self.index {
            index.insert(json, place);
            return;
        }
        if self.count == FEW {
            let mut index = Box::<Index>::default();
            self.few().chain([&place]).for_each(|place| index.insert(json, *place));
            self.index = Some(index);
            return;
        }
        match self.first.get_mut(self.count) {
            Some(slot) => *slot = place,
            None => self.rest.push(place),
        }
        self.count += 1;
    }

    fn few(&self) -> impl Iterator<Item = &Place> {
        self.first.iter().take(self.count).chain(&self.rest)
    }
}

impl Index {
    fn insert(&mut self, json: &[u8], place: Place) {
        self.values.insert(self.hasher.hash_one(place.value.of(json)), place);
        self.aliases.insert(self.hasher.hash_one(place.alias.of(json)));
    }
}
