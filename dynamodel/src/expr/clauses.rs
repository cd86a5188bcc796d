//! The clauses of an update.

use super::{Operand, Place, Placeholders, Rendering};
use crate::error::Result;
use crate::path::Segment;
use std::ops::Range;

/// What an update does to the attributes, in the order in which it was said.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    clauses: Vec<Clause>,
    /// The values that are set, one behind the other: they need no memory of their own each.
    values: Vec<u8>,
}

/// One thing that an update does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Clause {
    /// `SET place = operand`
    Set(Place, Operand),
    /// `SET place = value`, where the value stands among those of the clauses.
    SetValue(Place, Range<usize>),
    /// `REMOVE place`
    Remove(Place),
    /// `ADD place value`
    Add(Place, Vec<u8>),
    /// `DELETE place value`
    Delete(Place, Vec<u8>),
}

/// An update of more clauses than this is over DynamoDB's limit on its text: the shortest, `#a, `, has four bytes.
const MOST: usize = 1025;

/// The words of an update, under each of which its clauses stand together.
#[derive(Clone, Copy, PartialEq)]
enum Word {
    Set,
    Remove,
    Add,
    Delete,
}

impl Clause {
    /// `SET place = value`, or `REMOVE place` for an absent value: as a put would leave it out.
    pub(crate) fn set(place: Place, value: Option<Vec<u8>>) -> Self {
        match value {
            Some(value) => Self::Set(place, Operand::Value(value)),
            None => Self::Remove(place),
        }
    }

    pub(crate) fn place(&self) -> &Place {
        match self {
            Self::Set(place, _)
            | Self::SetValue(place, _)
            | Self::Remove(place)
            | Self::Add(place, _)
            | Self::Delete(place, _) => place,
        }
    }
}

impl Clauses {
    pub(crate) fn push(&mut self, clause: Clause) {
        self.clauses.push(clause);
    }

    /// `SET place = value`, or `REMOVE place` for an absent value: as a put would leave it out. `write` appends the value,
    /// and says whether there is one. Gives its DynamoDB JSON.
    pub(crate) fn set(
        &mut self,
        place: Place,
        write: impl FnOnce(&Place, &mut Vec<u8>) -> Result<bool>,
    ) -> Result<Option<&[u8]>> {
        if self.clauses.is_empty() {
            (self.clauses, self.values) = (Vec::with_capacity(4), Vec::with_capacity(256));
        }
        let start = self.values.len();
        if !write(&place, &mut self.values)? {
            self.clauses.push(Clause::Remove(place));
            return Ok(None);
        }
        let value = start..self.values.len();
        self.clauses.push(Clause::SetValue(place, value.clone()));
        Ok(self.values.get(value))
    }

    pub(crate) fn extend(&mut self, clauses: impl IntoIterator<Item = Clause>) {
        self.clauses.extend(clauses);
    }

    /// The attributes that are changed.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        self.clauses.iter().map(Clause::place)
    }

    /// What is done to an attribute as a whole: the value that it is set to, `None` where it is removed; an error where only
    /// DynamoDB knows. `None` where nothing is done to it.
    pub(crate) fn value_of(&self, name: &str) -> Option<Result<Option<&[u8]>, ()>> {
        let clause = self.clauses.iter().find(|clause| clause.place().is_in(name))?;
        Some(match clause {
            Clause::SetValue(Place::Field(_), value) => Ok(self.values.get(value.clone())),
            Clause::Set(Place::Field(_), Operand::Value(value)) => Ok(Some(value)),
            Clause::Remove(Place::Field(_)) => Ok(None),
            _ => Err(()),
        })
    }

    /// Whether there is nothing to change.
    pub(crate) fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether carrying it out twice comes to the same as once: then a retry after a lost response does no harm.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.clauses.iter().all(|clause| match clause {
            Clause::Set(place, operand) => !place.counts() && operand.is_repeatable(place),
            Clause::SetValue(place, _) | Clause::Remove(place) => !place.counts(),
            Clause::Delete(..) => true,
            Clause::Add(_, value) => !value.starts_with(b"{\"N\""),
        })
    }

    /// The first two clauses that are about one place, or about a place and something inside it: DynamoDB refuses that.
    /// Given as their numbers, from 1, and the place.
    pub(crate) fn clash(&self) -> Option<(usize, usize, &Place)> {
        self.clauses.iter().take(MOST).enumerate().find_map(|(at, clause)| {
            let earlier = self.clauses.iter().take(at).position(|known| overlap(known.place(), clause.place()))?;
            Some((earlier + 1, at + 1, clause.place()))
        })
    }

    /// Appends the text of several groups, in which one word's clauses stand together.
    pub(super) fn render(groups: &[&Self], out: &mut Rendering<'_>) {
        for (word, text) in
            [(Word::Set, "SET "), (Word::Remove, "REMOVE "), (Word::Add, "ADD "), (Word::Delete, "DELETE ")]
        {
            let mut first = true;
            for Self { clauses, values } in groups {
                for clause in clauses.iter().filter(|clause| clause.word() == word) {
                    if out.is_over() {
                        return;
                    }
                    if first {
                        out.push(if out.is_empty() { "" } else { " " });
                        out.push(text);
                        first = false;
                    } else {
                        out.push(", ");
                    }
                    clause.render(values, out);
                }
            }
        }
    }
}

impl Clause {
    fn word(&self) -> Word {
        match self {
            Self::Set(..) | Self::SetValue(..) => Word::Set,
            Self::Remove(_) => Word::Remove,
            Self::Add(..) => Word::Add,
            Self::Delete(..) => Word::Delete,
        }
    }

    fn render(&self, values: &[u8], out: &mut Rendering<'_>) {
        out.place(self.place());
        match self {
            Self::SetValue(place, value) => {
                out.push(" = ");
                out.value(values.get(value.clone()).unwrap_or_default(), place.hint());
            }
            Self::Set(place, operand) => {
                out.push(" = ");
                out.operand(operand, place.hint());
            }
            Self::Remove(_) => {}
            Self::Add(place, value) | Self::Delete(place, value) => {
                out.push(" ");
                out.value(value, place.hint());
            }
        }
    }
}

/// Appends the text of an update that is made of several groups of clauses.
pub(crate) fn write_update(clauses: &[&Clauses], placeholders: &mut Placeholders, out: &mut Vec<u8>) -> Result<()> {
    let mut out = Rendering::new(out, placeholders);
    Clauses::render(clauses, &mut out);
    out.finish("update")
}

/// Whether one place is the other, or lies in it.
fn overlap(a: &Place, b: &Place) -> bool {
    match (a, b) {
        (Place::Field(a), Place::Field(b)) => a == b,
        (Place::Deep(a), Place::Deep(b)) => a.iter().zip(b).all(|(a, b)| a == b),
        (Place::Field(name), Place::Deep(segments)) | (Place::Deep(segments), Place::Field(name)) => {
            matches!(segments.first(), Some(Segment::Field(first)) if first == name)
        }
    }
}
