//! `update`: some attributes of an item that is there.

use super::delete::Target;
use super::guard::{self, Guard, Verb};
use super::item::not_storable;
use super::{Body, Context, Operation, Request, Unsent};
use crate::entity::{Entity, Key, VersionField};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::Clauses;
use crate::path::{Accepts, Field, Path, Settable};

/// Changes some attributes of an item: UpdateItem, on the condition that the item is there and has not expired; by its
/// value also on the condition that the stored version is the value's.
///
/// By its key, the version is bumped without a check: holders of older copies then meet a conflict. Costs one write
/// unit per KB of the larger of the old and the new item, also when refused.
///
/// # Errors
/// [`NotFound`](crate::ErrorKind::NotFound), [`Expired`](crate::ErrorKind::Expired), and by value
/// [`Conflict`](crate::ErrorKind::Conflict), the last two with the [current](crate::Error::current) item; before
/// anything is sent [`InvalidKey`](crate::ErrorKind::InvalidKey), [`InvalidValue`](crate::ErrorKind::InvalidValue)
/// and [`InvalidRequest`](crate::ErrorKind::InvalidRequest) (an attribute set twice, or nothing to change).
#[must_use = "an operation does nothing until awaited"]
pub struct Update<E: Entity, V = Unsent> {
    pub(crate) key: Key<E>,
    expected: Option<E::Version>,
    clauses: Result<Clauses>,
    pub(crate) via: V,
}

impl<E: Entity> Update<E> {
    /// An operation without a client, by the item's key or by a reference to its value.
    pub fn new(target: impl Into<Target<E>>) -> Self {
        Self::via(target.into(), Unsent)
    }
}

impl<E: Entity, V> Update<E, V> {
    pub(crate) fn via(target: Target<E>, via: V) -> Self {
        Self { key: target.key, expected: target.expected, clauses: Ok(Clauses::default()), via }
    }

    /// Sets an attribute (`SET`). A field that becomes `None` is removed, as a put would leave it out.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() {
    /// use dynamodel::op::Update;
    ///
    /// let update = Update::new(Session::key("u1", "s1")).set(|s| s.hits, 7);
    /// # }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "`.set(|s| s.hits, 7)` is what users write")]
    pub fn set<F, T>(self, field: impl FnOnce(E::Fields) -> Path<E, F>, value: T) -> Self
    where
        F: Field,
        F::Role: Settable<F>,
        F::Value: Accepts<T, F::Codec>,
    {
        let path = field(E::fields());
        let mut wire = Vec::with_capacity(32);
        let encoded = <F::Value as Accepts<T, F::Codec>>::encode(&value, &mut wire);
        self.push(path.name(), encoded.map(|()| wire))
    }

    /// Not generic over the field and the value, so that it is compiled once an entity.
    fn push(mut self, name: &'static str, value: Result<Vec<u8>, crate::wire::CodecError>) -> Self {
        self.clauses = self.clauses.and_then(|mut clauses| match value {
            Ok(wire) => {
                clauses.set(name, wire);
                Ok(clauses)
            }
            Err(error) => Err(not_storable::<E>(error).at_attribute(name)),
        });
        self
    }

    pub(crate) fn request(&self, cx: &Context<'_>) -> Result<(Request, Guard<E::Version>)> {
        let target = Target { key: self.key.clone(), expected: self.expected.clone() };
        target.check_stored()?;
        let mut clauses = self.clauses.as_ref().map_err(Error::again)?.clone();
        if let Some(name) = clauses.repeated() {
            return Err(self
                .refuse("is changed twice in one update, which DynamoDB refuses: keep one of the two")
                .at_attribute(name));
        }
        if clauses.is_empty() {
            return Err(self.refuse("the update changes nothing: add a `.set(..)`"));
        }
        let written = self.bump(&mut clauses)?;
        let mut body = Body::new(cx.table);
        self.key.write(body.member("Key"))?;
        let condition = guard::update::<E>(self.expected.as_ref(), cx.now)?;
        body.expressions(condition.as_ref(), Some(&clauses))?;
        let guard = Guard { verb: Verb::Update, expected: self.expected.clone(), written };
        Ok((body.finish(Operation::UpdateItem), guard))
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
                clauses.add(name, guard::version_wire::<E>(&step)?);
                return Ok(None);
            }
        };
        let next = known.ok_or_else(|| {
            self.refuse("the version has reached its type's largest value; give the field a wider type")
                .at_attribute(name)
        })?;
        clauses.set(name, guard::version_wire::<E>(&next)?);
        Ok(Some(next))
    }

    fn refuse(&self, message: &str) -> Error {
        Error::new(ErrorKind::InvalidRequest, message).of_entity(E::SCHEMA.name).at_key(&self.key)
    }
}
