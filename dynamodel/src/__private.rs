//! What generated code may name, and nothing else. Not part of the public interface: it changes without notice.

pub use crate::client::Client;
pub use crate::define::{
    AutoScaling, Billing, ContributorInsights, RemovalPolicy, Setting, StreamView, TableClass, Throughput,
};
pub use crate::entity::{
    Broken, Collected, Collection, CollectionField, Comparable, Consistent, Entity, EntityOf, Expires, Expiry,
    FilterOn, Gathered, Gathering, HasIndex, Incoming, Index, IndexProjection, IntoKeyRange, Item, ItemKeys, Key,
    KeyFields, KeyOnlyFields, KeyPartsVisitor, KeyPrefix, KeyRange, KeyVisitor, Member, NoTable, NoVersion,
    PartitionOf, Primary, Projection, RangeOf, Slot, Table, TimestampField, Timestamps, TtlField, VersionField,
    WithoutUnique,
};
pub use crate::error::Result;
pub use crate::key::{KeyPart, KeySegment, KeyText, KeyValue, SegmentFault};
pub use crate::op::{KeyGroup, KeyGroupUpdate};
pub use crate::path::{
    Alone, Codec, Containing, CreatedAt, Defaulted, Field, Immutable, InSentinels, KeyField, KeyOfQuery, KeyOnly,
    Location, Measured, NativeIndex, Nested, NestedPaths, Numeric, Ordered, PartOf, Path, Plain, Root, Serde, Shared,
    Textual, UpdatedAt, Version,
};
pub use crate::schema::{
    AccessPattern, EntitySchema, Form, IndexKind, IndexSchema, KeyAttribute, Mark, Pattern, Piece, Position,
    ProjectionSchema, Spec, TableSchema, UniqueSchema, check_among, check_attributes, check_collection, check_index,
    check_lasting, check_left_out, check_native, check_projections, check_segment, check_with, index_attribute, marks,
};
pub use ::core;
pub use ::serde;
pub use aws_sdk_dynamodb::Client as SdkClient;
pub use std::boxed::Box;
pub use std::string::String;

/// The index of the entity that a record's item belongs to, in the table's list.
#[cfg(any(feature = "lambda", feature = "streams"))]
pub fn entity_index<T: Table>(record: &crate::stream::Record) -> Option<usize> {
    record.entity_index::<T>()
}

/// The sort key's name; empty where the table has none, which another check says in a sentence.
pub const fn sort_key(name: Option<&'static str>) -> &'static str {
    match name {
        Some(name) => name,
        None => "",
    }
}

/// Whether the key attribute at a place of the schema is a field of the struct.
pub const fn is_own(entity: &EntitySchema, place: usize) -> bool {
    match entity.keys.split_at_checked(place) {
        Some((_, [key, ..])) => key.is_own(),
        _ => true,
    }
}

/// The attributes of an entity's items that are not the struct's own: of the table's, those that no field is stored
/// as: `own` are the fields that are keys, and no other field has such a name. An empty name stands where one is.
pub const fn hidden<const N: usize>(managed: &[(&'static str, u128)], own: &[&str]) -> [&'static str; N] {
    let mut out = [""; N];
    let mut slots: &mut [&'static str] = &mut out;
    let mut names = managed;
    while let ([slot, rest @ ..], [(name, _), more @ ..]) = (slots, names) {
        if !is_among(name, own) {
            *slot = name;
        }
        (slots, names) = (rest, more);
    }
    out
}

const fn is_among(name: &str, mut names: &[&str]) -> bool {
    while let [first, rest @ ..] = names {
        if crate::schema::same(name, first) {
            return true;
        }
        names = rest;
    }
    false
}

/// Stops the build unless the entity's table lists it.
pub const fn listed<E: Member<T>, T>() {}

/// Stops the build unless the entity says that it lives in the table.
pub const fn belongs<E: EntityOf<T>, T>() {}

/// Stops the build unless it is known when two values of the type are the same.
pub const fn comparable<V: Comparable>() {}

/// No variant of an enum has this text.
pub fn no_variant(found: &str, known: &[&str]) -> SegmentFault {
    SegmentFault::new(format!("expected one of `{}`, found {found:?}", known.join("`, `")))
}

/// Asks whether a type is an `Option`, by type and not by spelling: the inherent constant is found first where there
/// is one, else the trait's.
#[derive(Debug)]
pub struct Probe<T>(core::marker::PhantomData<T>);

/// The answer for every other type.
pub trait NoOption {
    /// Whether the type is an `Option`.
    const IS_OPTION: bool = false;
}

impl<T> NoOption for Probe<T> {}

impl<T> Probe<Option<T>> {
    /// Whether the type is an `Option`.
    pub const IS_OPTION: bool = true;
}

/// Whether a version is a lock's lease: what is none has this answer, also where it is no version at all.
pub trait NoLock {
    /// Whether it is a lock's lease.
    const IS_LOCK: bool = false;
}

impl<T> NoLock for Probe<T> {}

#[cfg(feature = "lock")]
impl Probe<crate::lock::Lease> {
    /// Whether it is a lock's lease.
    pub const IS_LOCK: bool = true;
}

/// Stops the build unless a part's field is one of the entity's, of its type and under its name.
#[track_caller]
#[expect(clippy::panic, reason = "this is how a constant refuses to compile; no run-time path leads here")]
pub const fn check_part<E: Entity, X: PartOf<E, T>, T>(_: fn(E::Fields) -> X, place: &[&str; 2], stored: &str) {
    if !crate::schema::same(X::NAME, stored) {
        let [part, field] = place;
        let message = crate::schema::Message::new("`")
            .add(part)
            .add("::")
            .add(field)
            .add("` is read as `")
            .add(stored)
            .add("`, and the entity stores it as `")
            .add(X::NAME)
            .add("`: give it the same name with `#[serde(rename = \"..\")]`");
        panic!("{}", message.as_str());
    }
}

/// The definition of a table, and its constructors that depend on the features of this crate, which the derive cannot see.
#[doc(hidden)]
#[macro_export]
macro_rules! __table_constructors {
    ($table:ident, [$($setting:expr),*]) => {
        #[automatically_derived]
        impl $table {
            /// The table's definition: what its types know, and its `settings(..)`. What only the app knows is said by
            /// its methods.
            pub fn definition() -> $crate::define::TableDefinition {
                $crate::define::TableDefinition::of_derive(<Self as $crate::Table>::SCHEMA, &[$($setting),*])
            }
        }
        $crate::__table_from_env!($table);
        $crate::__table_embedded!($table);
    };
}

#[cfg(feature = "aws-config")]
#[doc(hidden)]
#[macro_export]
macro_rules! __table_from_env {
    ($table:ident) => {
        #[automatically_derived]
        impl $table {
            /// A client from the environment's AWS configuration: credentials, region and, if set, `AWS_ENDPOINT_URL`.
            pub async fn from_env(table_name: &str) -> $crate::Client<Self> {
                $crate::__private::from_env(table_name).await
            }
        }
    };
}

#[cfg(not(feature = "aws-config"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __table_from_env {
    ($table:ident) => {};
}

#[cfg(feature = "embedded")]
#[doc(hidden)]
#[macro_export]
macro_rules! __table_embedded {
    ($table:ident) => {
        #[automatically_derived]
        impl $table {
            /// A client on a new engine in memory, with the table created. The engine stops with the last clone.
            ///
            /// The table is called as its type, made a name that DynamoDB takes where it is none: `Db` is `DbTable`.
            ///
            /// # Errors
            /// `ErrorKind::Unavailable` when no loopback port or thread is to be had.
            pub async fn embedded() -> $crate::Result<$crate::Client<Self>> {
                $crate::embedded::Engine::memory()?
                    .client($crate::__private::table_name(::core::stringify!($table)))
                    .await
            }

            /// A client on the engine at `DYNAMODB_ENDPOINT` if that variable is set, else as `embedded`.
            ///
            /// # Errors
            /// As `embedded`, and when nobody answers at the endpoint.
            pub async fn local(table_name: &str) -> $crate::Result<$crate::Client<Self>> {
                $crate::embedded::Engine::local(table_name).await
            }
        }
    };
}

#[cfg(not(feature = "embedded"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __table_embedded {
    ($table:ident) => {};
}

#[cfg(not(any(feature = "lambda", feature = "streams")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __table_changes {
    ($($enum:tt)*) => {};
}

/// What a table is called where only its type's name is known.
#[cfg(feature = "embedded")]
pub fn table_name(table: &str) -> String {
    crate::define::table_name(table)
}

/// A client from the environment's AWS configuration.
#[cfg(feature = "aws-config")]
pub async fn from_env<T: Table>(table_name: &str) -> Client<T> {
    let config = aws_config::defaults(aws_config::BehaviorVersion::latest()).load().await;
    Client::new(&SdkClient::new(&config), table_name)
}

/// Encoding and decoding by themselves, for the benchmarks: what an operation does between the user's value and the
/// bytes, keys and error paths included, and nothing of the network.
#[doc(hidden)]
pub mod bench {
    use crate::entity::Entity;
    use crate::error::Result;
    use crate::op::{Body, Context, Operation, TimestampNames, Update, begin_with_item};
    use crate::response;
    use std::time::SystemTime;

    /// The body of an unconditional PutItem.
    pub fn put_body<E: Entity>(entity: &E, table: &str) -> Result<bytes::Bytes> {
        let (body, _) = begin_with_item(b"{\"Item\":", entity, None, TimestampNames::default())?;
        Ok(Body::resume(body, table, None).finish(Operation::PutItem).body)
    }

    /// The body of an UpdateItem.
    pub fn update_body<E: Entity>(update: &Update<E>, table: &str, now: SystemTime) -> Result<bytes::Bytes> {
        Ok(update.request(&Context { table, now })?.0.body)
    }

    /// The item in the response of GetItem.
    pub fn get_answer<E: Entity>(body: &[u8]) -> Result<Option<E>> {
        response::item(body, None, None)
    }

    /// The items in the response of Query.
    pub fn query_answer<E: Entity>(body: &[u8]) -> Result<Vec<E>> {
        let options = response::DecodeOptions { wanted: None, key: &[], known: &[], alive_at: None, counts: false };
        Ok(response::decode_page(body, options)?.items)
    }
}
