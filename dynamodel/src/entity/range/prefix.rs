//! A key condition under construction: the partition, and the sort key's fields as far as they are given.

use super::{Bounds, KeyRange, SortBound, SortTest};
use crate::entity::{Entity, Index, Projection, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyPart, KeySegment, KeyValue, Parts, end_of, extend_text, predecessor, render};
use crate::schema::{Form, KeyAttribute, Pattern, Piece, Position};
use std::fmt;
use std::marker::PhantomData;

/// What comes right after every text that begins with a field's text and ends it, be it by `#` or by the end: `$` is
/// above `#`, and no escaped text ends with it.
const AFTER: char = '$';

/// One end of a range of values: the value, and whether it belongs to the range.
#[doc(hidden)]
pub type End<'a> = (&'a dyn KeyPart, bool);

/// The keys of an access pattern whose first fields are given: what the generated range structs hold.
#[doc(hidden)]
pub struct KeyPrefix<P, I> {
    state: Result<State>,
    of: PhantomData<fn() -> (P, I)>,
}

/// How far the keys are known.
#[derive(Debug, Clone)]
struct State {
    bounds: Bounds,
    /// The sort key's attributes.
    keys: Vec<&'static KeyAttribute>,
    /// How many of them are known whole.
    known: usize,
    /// The text of the next one as far as it is known, and how many of its template's pieces that are.
    text: String,
    pieces: usize,
}

impl<P: Projection, I: Index> KeyPrefix<P, I> {
    /// From the values of the partition key's fields, attribute by attribute.
    pub fn of(parts: &[&[&dyn KeyPart]]) -> Self {
        Self::new(State::of::<P::Entity, I>(parts))
    }

    fn new(state: Result<State>) -> Self {
        Self { state: state.map_err(|error| error.of_entity(P::Entity::SCHEMA.name)), of: PhantomData }
    }

    /// The next field is this value.
    #[must_use]
    pub fn equal(self, part: &dyn KeyPart) -> Self {
        Self::new(self.state.and_then(|state| state.equal(part)))
    }

    /// The next field's value is known from a key attribute before.
    #[must_use]
    pub fn known<T: KeySegment>(self, name: &str, read: fn(&Parts<'_>, &str) -> Result<Option<T>>) -> Self {
        Self::new(self.state.and_then(|state| match state.value_of::<P::Entity, T>(name, read)? {
            Some(value) => state.equal(&value),
            None => Ok(state),
        }))
    }

    /// All keys that begin so.
    pub fn all(self) -> KeyRange<P, I> {
        self.range(|state| state.bounds_of(None))
    }

    /// Of these, those whose next field lies between the ends.
    pub fn between(self, low: Option<End<'_>>, high: Option<End<'_>>) -> KeyRange<P, I> {
        self.range(|state| {
            let bound = state.between(low, high)?;
            state.bounds_of(bound)
        })
    }

    /// Of these, those whose next field lies between the two, both included.
    pub fn within(self, low: &dyn KeyPart, high: &dyn KeyPart) -> KeyRange<P, I> {
        self.between(Some((low, true)), Some((high, true)))
    }

    /// Of these, those whose next field is `>=` the end.
    pub fn at_least(self, end: &dyn KeyPart) -> KeyRange<P, I> {
        self.between(Some((end, true)), None)
    }

    /// `>`
    pub fn above(self, end: &dyn KeyPart) -> KeyRange<P, I> {
        self.between(Some((end, false)), None)
    }

    /// `<=`
    pub fn at_most(self, end: &dyn KeyPart) -> KeyRange<P, I> {
        self.between(None, Some((end, true)))
    }

    /// `<`
    pub fn below(self, end: &dyn KeyPart) -> KeyRange<P, I> {
        self.between(None, Some((end, false)))
    }

    /// Of these, those whose next field begins with the text.
    pub fn begins_with(self, part: &dyn KeyPart) -> KeyRange<P, I> {
        self.range(|state| {
            let bound = state.begins_with(part)?;
            state.bounds_of(bound)
        })
    }

    fn range(self, bounds: impl FnOnce(State) -> Result<Bounds>) -> KeyRange<P, I> {
        KeyRange::new(self.state.and_then(bounds).map_err(|error| error.of_entity(P::Entity::SCHEMA.name)))
    }
}

impl<P, I> Clone for KeyPrefix<P, I> {
    fn clone(&self) -> Self {
        Self { state: self.state.as_ref().map(State::clone).map_err(Error::clone_without_current), of: PhantomData }
    }
}

impl<P, I> fmt::Debug for KeyPrefix<P, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyPrefix").field(&self.state).finish()
    }
}

impl State {
    fn of<E: Entity, I: Index>(parts: &[&[&dyn KeyPart]]) -> Result<Self> {
        // A local index has the table's partition key.
        let local = I::NAME.is_some() && !E::SCHEMA.keys_of(I::NAME).any(|key| key.position == Position::Partition);
        let partition_keys = E::SCHEMA.keys_of(if local { None } else { I::NAME });
        let mut partition = Vec::with_capacity(parts.len());
        for (key, parts) in partition_keys.filter(|key| key.position == Position::Partition).zip(parts) {
            let value = render(key, parts)?.ok_or_else(|| {
                Error::new(ErrorKind::InvalidKey, "is absent, and a query needs a partition")
                    .at_attribute(key.attribute)
            })?;
            partition.push((key.attribute, value));
        }
        let mixed = E::SCHEMA.patterns.iter().any(|pattern| pattern.index == I::NAME && pattern.mixed);
        let only = mixed.then_some((E::Table::TYPE_ATTRIBUTE, E::SCHEMA.type_name));
        let keys = E::SCHEMA.keys_of(I::NAME).filter(|key| key.position == Position::Sort).collect();
        let bounds = Bounds { partition, sort: Vec::new(), only };
        Self { bounds, keys, known: 0, text: String::new(), pieces: 0 }.settled()
    }

    /// The value of a field, from a key attribute that is known whole.
    fn value_of<E: Entity, T>(&self, name: &str, read: fn(&Parts<'_>, &str) -> Result<Option<T>>) -> Result<Option<T>> {
        let of_sort = self.bounds.sort.iter().filter_map(|bound| match &bound.test {
            SortTest::Compare("=", value) => Some((bound.attribute, value)),
            _ => None,
        });
        let partition = self.bounds.partition.iter().map(|(attribute, value)| (*attribute, value));
        for (attribute, value) in partition.chain(of_sort) {
            let mut keys = E::SCHEMA.keys.iter().filter(|key| key.attribute == attribute);
            if let Some(key) = keys.find(|key| key.names(name)) {
                return read(&Parts::of(key, value)?, name);
            }
        }
        Ok(None)
    }

    /// The attribute that is not known whole yet.
    fn open(&self) -> Option<&'static KeyAttribute> {
        self.keys.get(self.known).copied()
    }

    /// The template's pieces that are not known yet.
    fn left(&self) -> &'static [Piece] {
        match self.open().map(|key| key.pattern) {
            Some(Pattern::Template(pieces)) => pieces.get(self.pieces..).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Takes up literals, and the attributes that have nothing else.
    fn settled(mut self) -> Result<Self> {
        while let Some(key) = self.open() {
            if let [Piece::Literal(literal), ..] = self.left() {
                self.text.push_str(literal);
                self.pieces += 1;
            } else if matches!(key.pattern, Pattern::Template(_)) && self.left().is_empty() {
                let text = std::mem::take(&mut self.text);
                self.know(key, KeyValue::S(text))?;
            } else {
                break;
            }
        }
        Ok(self)
    }

    fn know(&mut self, key: &'static KeyAttribute, value: KeyValue) -> Result<()> {
        self.bounds.sort.push(SortBound::equals(key.attribute, value)?);
        self.known += 1;
        self.pieces = 0;
        self.text.clear();
        Ok(())
    }

    fn equal(mut self, part: &dyn KeyPart) -> Result<Self> {
        let Some(key) = self.open() else { return Ok(self) };
        match key.pattern {
            Pattern::Native { .. } => {
                let value = native(key, part)?;
                self.know(key, value)?;
            }
            Pattern::Template(_) => {
                extend_text(key, self.left(), part, &mut self.text)?;
                self.pieces += 1;
            }
        }
        self.settled()
    }

    /// The bounds so far, with one on the open attribute.
    fn bounds_of(self, bound: Option<SortBound>) -> Result<Bounds> {
        let bound = match (bound, self.open()) {
            (None, Some(key)) if !self.text.is_empty() => {
                Some(SortBound::begins_with(key.attribute, KeyValue::S(self.text))?)
            }
            (bound, _) => bound,
        };
        let mut bounds = self.bounds;
        bounds.sort.extend(bound);
        Ok(bounds)
    }

    fn between(&self, low: Option<End<'_>>, high: Option<End<'_>>) -> Result<Option<SortBound>> {
        let Some(key) = self.open() else { return Ok(None) };
        match self.left() {
            [Piece::Field { spec, form, .. }, after @ ..] => {
                let (low, high) = if spec.descending { (high, low) } else { (low, high) };
                let last = after.is_empty();
                let low = self.low(key, low)?;
                match self.high(key, *form, high, last)? {
                    High::At(high) => SortBound::between(key.attribute, low, high),
                    High::BelowAll => SortBound::checked(key.attribute, SortTest::Nothing).map(Some),
                }
            }
            _ => Self::native_between(key, low, high),
        }
    }

    /// The lowest text in the range.
    fn low(&self, key: &'static KeyAttribute, low: Option<End<'_>>) -> Result<Option<KeyValue>> {
        let mut text = self.text.clone();
        if let Some((low, included)) = low {
            extend_text(key, self.left(), low, &mut text)?;
            if !included {
                text.push(AFTER);
            }
        }
        Ok((!text.is_empty()).then_some(KeyValue::S(text)))
    }

    /// The highest text in the range, or one above it that no key has.
    fn high(&self, key: &'static KeyAttribute, form: Form, high: Option<End<'_>>, last: bool) -> Result<High> {
        let mut text = self.text.clone();
        let Some((high, included)) = high else {
            return Ok(High::At((!text.is_empty()).then(|| KeyValue::S(end_of(text, form.text)))));
        };
        let start = text.len();
        extend_text(key, self.left(), high, &mut text)?;
        match (included, last) {
            (true, true) | (false, false) => {}
            (true, false) => text.push(AFTER),
            (false, true) => match predecessor(text, start, form.text) {
                Some(below) => text = below,
                None => return Ok(High::BelowAll),
            },
        }
        Ok(High::At(Some(KeyValue::S(text))))
    }

    fn native_between(
        key: &'static KeyAttribute,
        low: Option<End<'_>>,
        high: Option<End<'_>>,
    ) -> Result<Option<SortBound>> {
        let value = |end: Option<End<'_>>| end.map(|(part, _)| native(key, part)).transpose();
        let open = |end: Option<End<'_>>| end.is_some_and(|(_, included)| !included);
        let (first, second) = (value(low)?, value(high)?);
        match (first, second) {
            (Some(low_value), None) if open(low) => {
                SortBound::checked(key.attribute, SortTest::Compare(">", low_value)).map(Some)
            }
            (None, Some(high_value)) if open(high) => {
                SortBound::checked(key.attribute, SortTest::Compare("<", high_value)).map(Some)
            }
            (low, high) => SortBound::between(key.attribute, low, high),
        }
    }

    fn begins_with(&self, part: &dyn KeyPart) -> Result<Option<SortBound>> {
        let Some(key) = self.open() else { return Ok(None) };
        let mut text = self.text.clone();
        match key.pattern {
            Pattern::Template(_) => extend_text(key, self.left(), part, &mut text)?,
            Pattern::Native { .. } => match part.native() {
                Some(KeyValue::S(part)) => text = part,
                _ => return Ok(None),
            },
        }
        if text.is_empty() {
            return Ok(None);
        }
        SortBound::begins_with(key.attribute, KeyValue::S(text)).map(Some)
    }
}

/// Where a range ends.
enum High {
    /// At this text; `None`: nowhere.
    At(Option<KeyValue>),
    /// Below every value there is.
    BelowAll,
}

fn native(key: &KeyAttribute, part: &dyn KeyPart) -> Result<KeyValue> {
    part.native()
        .ok_or_else(|| Error::new(ErrorKind::InvalidKey, "is absent, and no key is").at_attribute(key.attribute))
}
