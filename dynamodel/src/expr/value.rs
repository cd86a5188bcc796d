//! Values computed in the database: the right side of `SET`.

use super::typed::unfit;
use super::{Operand, Place};
use crate::entity::Entity;
use crate::error::Result;
use crate::path::{Accepts, Field, ListTakes, Location, Numeric, Path, Stored};
use std::fmt;
use std::marker::PhantomData;

/// A value of type `T` that DynamoDB computes from an item of `E`: what [`Update::set_to`](crate::op::Update::set_to)
/// takes.
///
/// Comes from paths: `s.hits.plus(1)`, `s.nick.or("nobody")`, `s.tags.followed_by(["new"])`, or a path's own
/// [`copy`](Path::copy).
pub struct ValueOf<E, T> {
    operand: Result<Operand>,
    of: PhantomData<fn() -> (E, T)>,
}

impl<E, T> ValueOf<E, T> {
    fn new(operand: Result<Operand>) -> Self {
        Self { operand, of: PhantomData }
    }

    pub(crate) fn operand(self) -> Result<Operand> {
        self.operand
    }
}

impl<E, T> fmt::Debug for ValueOf<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValueOf")
    }
}

impl<E: Entity, F: Field, L: Location> Path<E, F, L>
where
    F::Role: Stored<F>,
{
    fn own(&self) -> Operand {
        Operand::Place(self.place())
    }

    /// The attribute's value as it is. The update fails where the attribute is absent.
    pub fn copy(self) -> ValueOf<E, F::Value> {
        ValueOf::new(Ok(self.own()))
    }

    /// `attribute + value`. The update fails where the attribute is absent.
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.plus(1)` is what users write")]
    pub fn plus<T>(self, value: T) -> ValueOf<E, F::Value>
    where
        F::Value: Numeric<F::Codec> + Accepts<T, F::Codec>,
    {
        self.arithmetic('+', self.value(&value))
    }

    /// `attribute - value`. The update fails where the attribute is absent.
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.minus(1)` is what users write")]
    pub fn minus<T>(self, value: T) -> ValueOf<E, F::Value>
    where
        F::Value: Numeric<F::Codec> + Accepts<T, F::Codec>,
    {
        self.arithmetic('-', self.value(&value))
    }

    /// `attribute + other`
    pub fn plus_path<G, M>(self, other: Path<E, G, M>) -> ValueOf<E, F::Value>
    where
        F::Value: Numeric<F::Codec>,
        G: Field<Value = F::Value, Codec = F::Codec>,
        G::Role: Stored<G>,
        M: Location,
    {
        self.arithmetic('+', Ok(other.own()))
    }

    /// `attribute - other`
    pub fn minus_path<G, M>(self, other: Path<E, G, M>) -> ValueOf<E, F::Value>
    where
        F::Value: Numeric<F::Codec>,
        G: Field<Value = F::Value, Codec = F::Codec>,
        G::Role: Stored<G>,
        M: Location,
    {
        self.arithmetic('-', Ok(other.own()))
    }

    fn arithmetic(self, sign: char, right: Result<Operand>) -> ValueOf<E, F::Value> {
        ValueOf::new(right.map(|right| Operand::Arithmetic(Box::new(self.own()), sign, Box::new(right))))
    }

    /// `if_not_exists(attribute, value)`: its value, or this one where it is absent.
    #[expect(clippy::needless_pass_by_value, reason = "`s.nick.or(\"nobody\")` is what users write")]
    pub fn or<T>(self, value: T) -> ValueOf<E, F::Value>
    where
        F::Value: Accepts<T, F::Codec>,
    {
        ValueOf::new(self.value(&value).map(|value| Operand::IfNotExists(self.place(), Box::new(value))))
    }

    /// `list_append(attribute, elements)`: the list with these behind it. An absent list counts as empty.
    pub fn followed_by<T>(self, elements: impl IntoIterator<Item = T>) -> ValueOf<E, F::Value>
    where
        F::Value: ListTakes<T, F::Codec>,
    {
        let list = list::<F, T>(&self.place(), elements);
        let own = empty_if_absent(self.place());
        ValueOf::new(list.map(|list| Operand::ListAppend(Box::new(own), Box::new(list))))
    }

    /// `list_append(elements, attribute)`: the list with these in front. An absent list counts as empty.
    pub fn preceded_by<T>(self, elements: impl IntoIterator<Item = T>) -> ValueOf<E, F::Value>
    where
        F::Value: ListTakes<T, F::Codec>,
    {
        let list = list::<F, T>(&self.place(), elements);
        let own = empty_if_absent(self.place());
        ValueOf::new(list.map(|list| Operand::ListAppend(Box::new(list), Box::new(own))))
    }
}

/// `if_not_exists(place, [])`
fn empty_if_absent(place: Place) -> Operand {
    Operand::IfNotExists(place, Box::new(Operand::Value(b"{\"L\":[]}".to_vec())))
}

fn list<F: Field, T>(place: &Place, elements: impl IntoIterator<Item = T>) -> Result<Operand>
where
    F::Value: ListTakes<T, F::Codec>,
{
    let mut wire = b"{\"L\":[".to_vec();
    for (at, element) in elements.into_iter().enumerate() {
        if at > 0 {
            wire.push(b',');
        }
        <F::Value as ListTakes<T, F::Codec>>::encode(&element, &mut wire).map_err(|error| unfit(place, error))?;
    }
    wire.extend_from_slice(b"]}");
    Ok(Operand::Value(wire))
}
