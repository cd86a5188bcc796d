//! Index keys that follow the fields they are rendered from.

use super::spec::{Changes, UpdateSpec};
use crate::entity::{Entity, Key};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Clause, Clauses, Place};
use crate::key::{KeyPart, KeyValue, check_limits, render};
use crate::path::{Accepts, Field, Path, Stored};
use crate::schema::{EntitySchema, KeyAttribute, Pattern, Piece};
use crate::wire;

/// The fields that share an index key, set together. Implemented by the structs that the derive makes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a group of fields that share an index key",
    label = "expected the struct that `#[derive(Entity)]` made, for example `OrderGsi1Key {{ .. }}`"
)]
pub trait KeyGroup {
    /// Whose fields they are.
    type Entity: Entity;

    /// Says what they are set to, and which immutable ones must be as given.
    #[doc(hidden)]
    fn apply(self, update: &mut KeyGroupUpdate<'_, Self::Entity>) -> Result<()>;
}

/// What a group says to its update.
#[doc(hidden)]
pub struct KeyGroupUpdate<'t, E: Entity>(pub(super) &'t mut UpdateSpec<E>);

impl<E: Entity> KeyGroupUpdate<'_, E> {
    /// The field is set to the value.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub fn set<F: Field>(&mut self, value: F::Value) -> Result<()>
    where
        F::Value: Accepts<F::Value, F::Codec> + KeyPart + Send + Sync + 'static,
    {
        let write = |out: &mut Vec<u8>| <F::Value as Accepts<F::Value, F::Codec>>::encode_field(&value, out);
        self.0.set(Place::Field(F::NAME), write, |_| None)?;
        self.0.changes.record(F::IDENT, value);
        Ok(())
    }

    /// The field must have the value.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub fn require<F: Field>(&mut self, value: F::Value) -> Result<()>
    where
        F::Role: Stored<F>,
        F::Value: for<'v> Accepts<&'v F::Value, F::Codec> + KeyPart + Send + Sync + 'static,
    {
        self.0.conditions.push(Path::<E, F>::new().eq(&value));
        self.0.changes.record(F::IDENT, value);
        Ok(())
    }
}

impl<E: Entity> std::fmt::Debug for KeyGroupUpdate<'_, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyGroupUpdate")
    }
}

/// Whether the fields that are set to a value, and are index keys themselves, can be keys.
pub(super) fn check_native(schema: &EntitySchema, clauses: &Clauses) -> Result<()> {
    for key in schema.keys.iter().filter(|key| key.index.is_some()) {
        let Pattern::Native { stored, .. } = key.pattern else { continue };
        let Some(Ok(Some(wire))) = clauses.value_of(stored) else { continue };
        // What the library wrote has a size.
        let size = std::str::from_utf8(wire).ok().and_then(|text| wire::value_text_size(text).ok());
        check_limits(size.unwrap_or(1), key.attribute, key.position)?;
    }
    Ok(())
}

/// The clauses that render again every index key which names a changed field: from the new values, and from the fields
/// of the primary key, which are known.
pub(super) fn rendered<E: Entity>(changes: &Changes, key: &Key<E>) -> Result<Vec<Clause>> {
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for attribute in E::SCHEMA.keys.iter().filter(|attribute| attribute.index.is_some()) {
        let Pattern::Template(pieces) = attribute.pattern else { continue };
        if names(pieces).any(|name| changes.get(name).is_some()) {
            let value = one::<E>(attribute, pieces, changes, key)?;
            let place = Place::Field(attribute.attribute);
            let wire = value.map(|value| {
                let mut wire = Vec::with_capacity(48);
                value.write(&mut wire);
                wire
            });
            out.push(Clause::set(place, wire));
        }
    }
    Ok(out)
}

fn one<E: Entity>(
    attribute: &KeyAttribute,
    pieces: &[Piece],
    changes: &Changes,
    key: &Key<E>,
) -> Result<Option<KeyValue>> {
    let mut of_key = Vec::new();
    E::key_parts(key, &mut |name, value| of_key.push((name, value)))?;
    let mut parts: Vec<&dyn KeyPart> = Vec::with_capacity(4);
    for name in names(pieces) {
        let known = changes.get(name).map(|value| value as &dyn KeyPart);
        let known = known
            .or_else(|| of_key.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value as &dyn KeyPart));
        parts.push(known.ok_or_else(|| unknown(attribute, name))?);
    }
    render(attribute, &parts)
}

fn names(pieces: &[Piece]) -> impl Iterator<Item = &'static str> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Field { name, .. } => Some(*name),
        Piece::Literal(_) => None,
    })
}

/// The types see to it that this does not occur: a field that shares a key can only be set with the others.
fn unknown(attribute: &KeyAttribute, name: &str) -> Error {
    let message = format!("an index key is rendered from `{name}` too, whose value is not known: set them together");
    Error::new(ErrorKind::InvalidRequest, message).at_attribute(attribute.attribute)
}
