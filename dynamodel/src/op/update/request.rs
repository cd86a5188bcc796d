//! From what an update was told to its request.

use super::index_keys::rendered;
use super::{Returning, Update};
use crate::entity::{Entity, VersionField};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Clause, Clauses, Place};
use crate::op::delete::Target;
use crate::op::guard::{self, Guard, Verb};
use crate::op::{Body, Context, Operation, Request};

impl<E: Entity, V, R: Returning> Update<E, V, R> {
    pub(crate) fn request(&self, cx: &Context<'_>) -> Result<(Request, Guard<E::Version>)> {
        if self.expected.as_ref().is_some_and(VersionField::is_fresh) {
            Target { key: self.key.clone(), expected: self.expected.clone() }.check_stored()?;
        }
        let told = self.told.as_ref().map_err(Error::again)?;
        if told.clauses.is_empty() {
            return Err(self.refuse("the update changes nothing: add a `.set(..)` or the like"));
        }
        if let Some((first, second, place)) = told.clauses.clash() {
            let message = format!(
                "clauses {first} and {second} of the update are about one attribute, and DynamoDB takes one: keep one of them"
            );
            return Err(self.refuse(&message).at_attribute(place.hint()));
        }
        // Beside what was told, so that this need not be copied.
        let mut more = Clauses::default();
        more.extend(rendered(&told.changes, &self.key).map_err(|error| error.of_entity(E::SCHEMA.name))?);
        let written = self.bump(&mut more)?;
        let mut body = Body::new(cx.table);
        self.key.write(body.member("Key"))?;
        let condition = guard::update::<E>(self.expected.as_ref(), cx.now)?;
        let condition = guard::and(condition, &told.conditions)?;
        body.expressions(condition.as_ref(), Some(&[&told.clauses, &more]))
            .map_err(|error| error.of_entity(E::SCHEMA.name).at_key(&self.key))?;
        if let Some(values) = R::VALUES {
            body.text("ReturnValues", values);
        }
        let guard = Guard { verb: Verb::Update, expected: self.expected.clone(), written };
        let request = Request { once: !self.is_repeatable(), ..body.finish(Operation::UpdateItem) };
        Ok((request, guard))
    }

    /// The clause that bumps the version: a known next one is set, an unknown one counted by DynamoDB.
    fn bump(&self, clauses: &mut Clauses) -> Result<Option<E::Version>> {
        let Some(name) = E::SCHEMA.version else { return Ok(None) };
        let known = match &self.expected {
            Some(expected) => expected.next(),
            None if E::Version::RANDOM => E::Version::first(),
            None => {
                // The first integer version is 1, and so is the step.
                let step = E::Version::first().ok_or_else(|| self.refuse("the version has no first value"))?;
                clauses.push(Clause::Add(Place::Field(name), guard::version_wire::<E>(&step)?));
                return Ok(None);
            }
        };
        let next = known.ok_or_else(|| {
            self.refuse("the version has reached its type's largest value; give the field a wider type")
                .at_attribute(name)
        })?;
        clauses.push(Clause::set(Place::Field(name), Some(guard::version_wire::<E>(&next)?)));
        Ok(Some(next))
    }

    /// Whether a retry after a lost answer cannot have changed the item twice: the update says what holds afterwards, or
    /// it is checked against the version that was read.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.expected.is_some() || self.told.as_ref().is_ok_and(|told| told.clauses.is_repeatable())
    }

    fn refuse(&self, message: &str) -> Error {
        Error::new(ErrorKind::InvalidRequest, message).of_entity(E::SCHEMA.name).at_key(&self.key)
    }
}
