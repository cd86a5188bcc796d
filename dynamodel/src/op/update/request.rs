//! From an update's spec to its request.

use super::index_keys::{check_native, rendered};
use super::{Returning, Update};
use crate::entity::{Entity, Timestamps, VersionField};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Clause, Clauses, Node, Place};
use crate::key::Timestamp;
use crate::op::precondition::{self, Precondition};
use crate::op::target::check_stored;
use crate::op::timestamps;
use crate::op::{Body, Context, Operation, Request, Verb};
use std::time::{Duration, SystemTime};

impl<E: Entity, V, R: Returning> Update<E, V, R> {
    pub(crate) fn request(&self, cx: &Context<'_>) -> Result<(Request, Precondition<E::Version>)> {
        self.request_given(cx, None)
    }

    /// The same on one more condition.
    pub(super) fn request_given(
        &self,
        cx: &Context<'_>,
        given: Option<Node>,
    ) -> Result<(Request, Precondition<E::Version>)> {
        check_stored(&self.key, self.expected.as_ref())?;
        if let Some(fresh) = &self.otherwise {
            // Before anything is sent: whether it is needed shows only afterwards.
            fresh.outcome(cx.now)?;
        }
        let spec = self.spec.as_ref().map_err(Error::clone_without_current)?;
        if spec.clauses.is_empty() && spec.lifetime.is_none() && self.becomes.is_none() {
            return Err(self.refuse("the update changes nothing: add a `.set(..)` or the like"));
        }
        if let Some((first, second, place)) = spec.clauses.clash() {
            let message = format!(
                "clauses {first} and {second} of the update are about one attribute, and DynamoDB takes one: keep one of them"
            );
            return Err(self.refuse(&message).at_attribute(place.hint()));
        }
        check_native(E::SCHEMA, &spec.clauses).map_err(|error| error.of_entity(E::SCHEMA.name).at_key(&self.key))?;
        // A list of its own, so that the spec need not be copied.
        let mut more = Clauses::default();
        more.extend(rendered(&spec.changes, &self.key).map_err(|error| error.of_entity(E::SCHEMA.name))?);
        let written = self.bump(&mut more)?;
        self.expire(spec.lifetime, cx.now, &mut more)?;
        let updated = self.set_updated_at(cx.now, &mut more)?;
        let mut body = Body::new(cx.table);
        body.key(&self.key)?;
        let condition = precondition::update::<E>(self.expected.as_ref(), cx.now)?;
        // DynamoDB counts further than the type.
        let countable = if self.expected.is_none() { precondition::countable::<E>()? } else { None };
        let condition = Node::all(condition.into_iter().chain(countable).chain(given));
        let condition = precondition::and(condition, &spec.conditions)?;
        body.expressions(condition.as_ref(), Some(&[&spec.clauses, &more]))
            .map_err(|error| error.of_entity(E::SCHEMA.name).at_key(&self.key))?;
        let timestamps = Timestamps { created: None, updated };
        if let Some(values) = R::VALUES {
            body.text("ReturnValues", values);
        }
        let precondition = Precondition { verb: Verb::Update, expected: self.expected.clone(), written, timestamps };
        let request = Request { once: !self.is_repeatable(), ..body.finish(Operation::UpdateItem) };
        Ok((request, precondition))
    }

    /// The clause that bumps the version: a known next one is set, an unknown one counted by DynamoDB.
    fn bump(&self, clauses: &mut Clauses) -> Result<Option<E::Version>> {
        let Some(name) = E::SCHEMA.version else { return Ok(None) };
        let known = match (&self.becomes, &self.expected) {
            (Some(version), _) => Some(version.clone()),
            (None, _) if !E::Version::BUMPED => return Ok(None),
            (None, Some(expected)) => expected.next(),
            (None, None) if E::Version::RANDOM => E::Version::first(),
            (None, None) => {
                // The first integer version is 1, and so is the step.
                let step = E::Version::first().ok_or_else(|| self.refuse("the version has no first value"))?;
                clauses.push(Clause::Add(Place::Field(name), precondition::version_wire::<E>(&step)?));
                return Ok(None);
            }
        };
        let next = known.ok_or_else(|| precondition::version_exhausted::<E>().at_key(&self.key))?;
        clauses.push(Clause::set(Place::Field(name), Some(precondition::version_wire::<E>(&next)?)));
        Ok(Some(next))
    }

    /// The clause that sets the time to live, and the last word on it.
    fn expire(&self, lifetime: Option<Duration>, now: SystemTime, clauses: &mut Clauses) -> Result<()> {
        let (Some(lifetime), Some(name)) = (lifetime, E::SCHEMA.ttl) else { return Ok(()) };
        let spec = self.spec.as_ref().map_err(Error::clone_without_current)?;
        if spec.clauses.places().any(|place| *place == Place::Field(name)) {
            return Err(
                self.refuse("`.expires_in(..)` sets the time to live, and so does another clause: keep one of them")
            );
        }
        clauses.push(Clause::set(Place::Field(name), Some(timestamps::expiry(&self.key, lifetime, now)?)));
        Ok(())
    }

    /// The clause that says when the item was written.
    fn set_updated_at(&self, now: SystemTime, clauses: &mut Clauses) -> Result<Option<Timestamp>> {
        let Some(name) = E::SCHEMA.updated_at else { return Ok(None) };
        let timestamp =
            timestamps::timestamp_at(now).map_err(|error| error.of_entity(E::SCHEMA.name).at_key(&self.key))?;
        clauses.push(Clause::set(Place::Field(name), Some(timestamps::wire(timestamp))));
        Ok(Some(timestamp))
    }

    /// Whether a retry after a lost response cannot have changed the item twice: the update says what holds afterwards,
    /// or it is checked against the version that was read. The old item can be asked for once: a second time it is what
    /// the first one made of it.
    pub(crate) fn is_repeatable(&self) -> bool {
        let says_the_value = || self.spec.as_ref().is_ok_and(|spec| spec.clauses.is_repeatable());
        let changes_the_version = E::Version::BUMPED || self.becomes.is_some();
        (self.expected.is_some() && changes_the_version) || (!R::IS_OLD && says_the_value())
    }

    pub(super) fn refuse(&self, message: &str) -> Error {
        Error::new(ErrorKind::InvalidRequest, message).of_entity(E::SCHEMA.name).at_key(&self.key)
    }
}
