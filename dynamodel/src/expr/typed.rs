//! Conditions from typed paths: the whole grammar of DynamoDB's condition expressions.

use super::size::Size;
use super::{Condition, Node, Operand, Place};
use crate::entity::Entity;
use crate::error::{Error, ErrorKind, Result};
use crate::path::{
    Accepts, Containing, Field, ListTakes, Location, Measured, Ordered, Path, SetTakes, Stored, Textual,
};
use crate::wire::{self, CodecError, Number, Reader};

/// DynamoDB's attribute types, for [`Path::has_type`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "DynamoDB's own letters")]
#[non_exhaustive]
pub enum AttributeType {
    S,
    N,
    B,
    Bool,
    Null,
    L,
    M,
    Ss,
    Ns,
    Bs,
}

impl AttributeType {
    const fn letters(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
            Self::Bool => "BOOL",
            Self::Null => "NULL",
            Self::L => "L",
            Self::M => "M",
            Self::Ss => "SS",
            Self::Ns => "NS",
            Self::Bs => "BS",
        }
    }
}

/// The values that DynamoDB takes in one `IN`.
const MOST_IN: usize = 100;

/// How a refused value says where it was to go.
pub(super) fn unfit(place: &Place, error: CodecError) -> Error {
    Error::new(ErrorKind::InvalidValue, "the value cannot be stored; the source says why")
        .at_attribute(place.hint())
        .with_source(error)
}

impl<E: Entity, F: Field, L: Location> Path<E, F, L> {
    pub(crate) fn place(&self) -> Place {
        // Every location below the top of the item carries a name, a key or an index.
        if size_of::<L>() == 0 && !F::NAME.is_empty() {
            return Place::Field(F::NAME);
        }
        Place::new(self.segments())
    }

    pub(super) fn value<T>(&self, value: &T) -> Result<Operand>
    where
        F::Value: Accepts<T, F::Codec>,
    {
        let mut wire = Vec::with_capacity(64);
        let encoded = <F::Value as Accepts<T, F::Codec>>::encode(value, &mut wire);
        encoded.map_err(|error| unfit(&self.place(), error))?;
        Ok(Operand::Value(wire))
    }

    fn compare<T>(self, operator: &'static str, value: &T) -> Condition<E>
    where
        F::Value: Accepts<T, F::Codec>,
    {
        let right = self.value(value);
        Condition::new(right.map(|right| Node::Compare(Operand::Place(self.place()), operator, right)))
    }

    fn compare_path<G: Field, M: Location>(self, operator: &'static str, other: &Path<E, G, M>) -> Condition<E> {
        Condition::new(Ok(Node::Compare(Operand::Place(self.place()), operator, Operand::Place(other.place()))))
    }

    fn function(self, name: &'static str, operand: Option<Operand>) -> Condition<E> {
        Condition::new(Ok(Node::Function(name, self.place(), operand)))
    }

    /// `attribute = value`
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.eq(7)` is what users write")]
    pub fn eq<T>(self, value: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Accepts<T, F::Codec>,
    {
        self.compare("=", &value)
    }

    /// `attribute <> value`. True also when the attribute is absent.
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.ne(7)` is what users write")]
    pub fn ne<T>(self, value: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Accepts<T, F::Codec>,
    {
        self.compare("<>", &value)
    }

    /// `attribute < value`
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.lt(7)` is what users write")]
    pub fn lt<T>(self, value: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Ordered<F::Codec> + Accepts<T, F::Codec>,
    {
        self.compare("<", &value)
    }

    /// `attribute <= value`
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.le(7)` is what users write")]
    pub fn le<T>(self, value: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Ordered<F::Codec> + Accepts<T, F::Codec>,
    {
        self.compare("<=", &value)
    }

    /// `attribute > value`
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.gt(7)` is what users write")]
    pub fn gt<T>(self, value: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Ordered<F::Codec> + Accepts<T, F::Codec>,
    {
        self.compare(">", &value)
    }

    /// `attribute >= value`
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.ge(7)` is what users write")]
    pub fn ge<T>(self, value: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Ordered<F::Codec> + Accepts<T, F::Codec>,
    {
        self.compare(">=", &value)
    }

    /// `attribute BETWEEN low AND high`, both ends included. False when `low` is above `high`.
    #[expect(clippy::needless_pass_by_value, reason = "`s.hits.between(1, 7)` is what users write")]
    pub fn between<T>(self, low: T, high: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Ordered<F::Codec> + Accepts<T, F::Codec>,
    {
        let ends = self.value(&low).and_then(|low| Ok((low, self.value(&high)?)));
        Condition::new(ends.map(|(low, high)| {
            // DynamoDB refuses ends in the wrong order, where a person means that nothing lies between them.
            if swapped(&low, &high) {
                Node::Never(self.place())
            } else {
                Node::Between(Operand::Place(self.place()), low, high)
            }
        }))
    }

    /// `attribute IN (values)`. With no values it is false, as it must be. At most 100 values: no more are asked
    /// for, and the condition is an error.
    pub fn is_in<T>(self, values: impl IntoIterator<Item = T>) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Accepts<T, F::Codec>,
    {
        let mut operands = Vec::new();
        for value in values {
            if operands.len() == MOST_IN {
                let message = "`IN` with over 100 values, and DynamoDB takes no more: join several with `|`";
                let error = Error::new(ErrorKind::InvalidRequest, message).at_attribute(self.place().hint());
                return Condition::new(Err(error));
            }
            match self.value(&value) {
                Ok(operand) => operands.push(operand),
                Err(error) => return Condition::new(Err(error)),
            }
        }
        Condition::new(Ok(match operands.len() {
            0 => Node::Never(self.place()),
            _ => Node::In(Operand::Place(self.place()), operands),
        }))
    }

    /// `attribute_exists(attribute)`: the item has it. A field that is `None` is not there.
    pub fn exists(self) -> Condition<E>
    where
        F::Role: Stored<F>,
    {
        self.function("attribute_exists", None)
    }

    /// `attribute_not_exists(attribute)`: the item does not have it.
    pub fn not_exists(self) -> Condition<E>
    where
        F::Role: Stored<F>,
    {
        self.function("attribute_not_exists", None)
    }

    /// `attribute_type(attribute, type)`
    pub fn has_type(self, kind: AttributeType) -> Condition<E>
    where
        F::Role: Stored<F>,
    {
        let mut wire = Vec::with_capacity(16);
        wire::write_s(&mut wire, kind.letters());
        self.function("attribute_type", Some(Operand::Value(wire)))
    }

    /// `begins_with(attribute, part)`
    pub fn begins_with(self, part: &<F::Value as Textual<F::Codec>>::Part) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Textual<F::Codec>,
    {
        self.with_part("begins_with", part)
    }

    /// `contains(attribute, part)`: the text holds the part.
    pub fn contains_text(self, part: &<F::Value as Containing<F::Codec>>::Part) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Containing<F::Codec>,
    {
        self.with_part("contains", part)
    }

    /// `contains(attribute, element)`: the set has the element.
    #[expect(clippy::needless_pass_by_value, reason = "`s.tags.has(\"new\")` is what users write")]
    pub fn has<T>(self, element: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: SetTakes<T, F::Codec>,
    {
        let mut wire = Vec::with_capacity(32);
        let encoded = <F::Value as SetTakes<T, F::Codec>>::encode(&element, &mut wire);
        self.with_wire("contains", encoded.map(|()| wire))
    }

    /// `contains(attribute, element)`: the list has the element.
    #[expect(clippy::needless_pass_by_value, reason = "`s.notes.contains(\"x\")` is what users write")]
    pub fn contains<T>(self, element: T) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: ListTakes<T, F::Codec>,
    {
        let mut wire = Vec::with_capacity(32);
        let encoded = <F::Value as ListTakes<T, F::Codec>>::encode(&element, &mut wire);
        self.with_wire("contains", encoded.map(|()| wire))
    }

    fn with_part<T: serde::Serialize + ?Sized>(self, function: &'static str, part: &T) -> Condition<E> {
        let mut wire = Vec::with_capacity(32);
        let encoded = wire::write_value(&mut wire, part);
        self.with_wire(function, encoded.map(|()| wire))
    }

    fn with_wire(self, function: &'static str, wire: Result<Vec<u8>, CodecError>) -> Condition<E> {
        match wire {
            Ok(wire) => self.function(function, Some(Operand::Value(wire))),
            Err(error) => Condition::new(Err(unfit(&self.place(), error))),
        }
    }

    /// `size(attribute)`, to be compared: the length of a string, the bytes of bytes, the elements of a set, list or map.
    /// Engines differ on whether a string's length counts characters or bytes: compare the size of ASCII text.
    pub fn size(self) -> Size<E, F, L>
    where
        F::Role: Stored<F>,
        F::Value: Measured<F::Codec>,
    {
        Size(self)
    }

    /// `attribute = other`
    pub fn eq_path<G, M>(self, other: Path<E, G, M>) -> Condition<E>
    where
        F::Role: Stored<F>,
        G: Field<Value = F::Value, Codec = F::Codec>,
        G::Role: Stored<G>,
        M: Location,
    {
        self.compare_path("=", &other)
    }

    /// `attribute <> other`
    pub fn ne_path<G, M>(self, other: Path<E, G, M>) -> Condition<E>
    where
        F::Role: Stored<F>,
        G: Field<Value = F::Value, Codec = F::Codec>,
        G::Role: Stored<G>,
        M: Location,
    {
        self.compare_path("<>", &other)
    }

    /// `attribute < other`
    pub fn lt_path<G, M>(self, other: Path<E, G, M>) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Ordered<F::Codec>,
        G: Field<Value = F::Value, Codec = F::Codec>,
        G::Role: Stored<G>,
        M: Location,
    {
        self.compare_path("<", &other)
    }

    /// `attribute <= other`
    pub fn le_path<G, M>(self, other: Path<E, G, M>) -> Condition<E>
    where
        F::Role: Stored<F>,
        F::Value: Ordered<F::Codec>,
        G: Field<Value = F::Value, Codec = F::Codec>,
        G::Role: Stored<G>,
        M: Location,
    {
        self.compare_path("<=", &other)
    }
}

/// Whether two values of one ordered type stand in the wrong order.
fn swapped(low: &Operand, high: &Operand) -> bool {
    let (Operand::Value(low), Operand::Value(high)) = (low, high) else { return false };
    match (tagged(low), tagged(high)) {
        (Some((Tag::S, low)), Some((Tag::S, high))) => low > high,
        (Some((Tag::N, low)), Some((Tag::N, high))) => {
            matches!((low.parse::<Number>(), high.parse::<Number>()), (Ok(low), Ok(high)) if low > high)
        }
        _ => false,
    }
}

#[derive(Clone, Copy)]
enum Tag {
    S,
    N,
}

/// The text of a string or a number.
fn tagged(wire: &[u8]) -> Option<(Tag, String)> {
    let mut found = None;
    let read = Reader::new(wire).ok()?.object(|reader, tag| {
        match tag {
            "S" => found = Some((Tag::S, reader.string()?.into_owned())),
            "N" => found = Some((Tag::N, reader.string()?.into_owned())),
            _ => reader.skip()?,
        }
        Ok(())
    });
    read.ok().and(found)
}
