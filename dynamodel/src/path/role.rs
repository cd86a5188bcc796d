//! What a field is for, as types, and what each may be used in.

/// A field that is data and nothing else. The time-to-live field is one: setting it is how a session is extended.
#[derive(Debug)]
pub struct Plain;

/// A field of the primary key.
#[derive(Debug)]
pub struct KeyField;

/// A field that an index key is rendered from.
#[derive(Debug)]
pub struct IndexPart;

/// The version field.
#[derive(Debug)]
pub struct Version;

/// Roles whose field an update may set by itself.
///
/// The role of the field `F` is `Self`; the field stands in the message.
#[diagnostic::on_unimplemented(
    message = "the field `{F}` cannot be set by an update: it is {Self}",
    label = "not a plain field",
    note = "a field of the primary key never changes: `create` the item anew under its new key, then `delete` the old one",
    note = "the version is counted by the library; a field that an index key is rendered from is changed with `save`, which renders the key anew"
)]
pub trait Settable<F> {}

impl<F> Settable<F> for Plain {}
