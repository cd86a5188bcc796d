//! Generated code in scopes that do their worst: names of the prelude mean something else, methods have the names of
//! ours, every lint is an error, types and fields are private.

use dynamodel_tests::clock;
use dynamodel_tests::engine::connect;

/// The library under another path.
mod reexported {
    pub mod path {
        pub use dynamodel;
    }
}

/// Everything that generated code could take for granted is something else here.
#[deny(
    warnings,
    dead_code,
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    unreachable_pub,
    unused_lifetimes,
    unnameable_types,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::absolute_paths,
    clippy::str_to_string,
    clippy::single_char_lifetime_names
)]
pub mod hostile {
    use crate::hygiene::reexported::path::dynamodel::{Client, Entity, Expiry, KeySegment, Nested, Projection, Table};
    use serde::{Deserialize, Serialize};
    use std::collections::BTreeMap;

    /// Types under the names of the prelude's. serde's derives do not mind, and neither may ours.
    #[allow(dead_code, missing_debug_implementations, missing_copy_implementations, unreachable_pub)]
    mod shadows {
        pub struct Option;
        pub struct Result;
        pub struct String;
        pub struct Vec;
        pub struct Box;
        pub enum Some {}
        pub enum None {}
        pub enum Ok {}
        pub enum Err {}
        pub trait Clone {}
        pub trait Copy {}
        pub trait From {}
        pub trait Into {}
        pub trait Iterator {}
        pub trait ToString {}
        pub mod core {}
        pub mod std {}
        pub mod alloc {}
        pub mod dynamodel {}
    }

    /// Methods by value on every type: where generated code calls a method by its bare name, one of these is called.
    #[allow(clippy::len_without_is_empty, clippy::wrong_self_convention, reason = "the names are the point")]
    pub trait Hijack: Sized {
        /// Hijacks `parse`.
        fn parse(self) {}
        /// Hijacks `field`.
        fn field(self) {}
        /// Hijacks `clone`.
        fn clone(self) {}
        /// Hijacks `visit`.
        fn visit(self) {}
        /// Hijacks `len`.
        fn len(self) {}
        /// Hijacks `as_str`.
        fn as_str(self) {}
        /// Hijacks `text`.
        fn text(self) {}
        /// Hijacks `native`.
        fn native(self) {}
        /// Hijacks `set`.
        fn set(self) {}
        /// Hijacks `into`.
        fn into(self) {}
        /// Hijacks `expiry`.
        fn expiry(self) {}
        /// Hijacks `serialize`.
        fn serialize(self) {}
    }

    impl<T> Hijack for T {}

    /// A module under the name of the one that holds the markers of an entity's fields.
    pub mod session_fields {}

    /// A type under the name of the one that holds the paths to an entity's fields.
    #[derive(Debug, Clone, Copy)]
    pub struct SessionFields;

    /// A table.
    #[derive(Table, Debug, Clone, Copy)]
    #[dynamo(crate = crate::hygiene::reexported::path::dynamodel)]
    #[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK", sk = "GSI1SK"), entities(Session, inner::Hidden))]
    pub struct Shop;

    /// A newtype in keys.
    #[derive(KeySegment, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
    #[dynamo(crate = crate::hygiene::reexported::path::dynamodel)]
    pub struct UserId(pub String);

    /// An enum in keys.
    #[derive(KeySegment, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
    #[dynamo(crate = crate::hygiene::reexported::path::dynamodel)]
    pub enum Status {
        /// The only one.
        Open,
    }

    /// A struct in an entity.
    #[derive(Nested, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
    #[dynamo(crate = crate::hygiene::reexported::path::dynamodel)]
    pub struct Address {
        /// Data.
        pub city: String,
        secret: Secret,
    }

    /// A private type in public entities: their fields of it are private too.
    #[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Default)]
    struct Secret(u8);

    /// An entity with fields of every visibility.
    #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
    #[dynamo(crate = crate::hygiene::reexported::path::dynamodel)]
    #[dynamo(table = Shop, pk = "USER#{user}", sk = "SESSION#{type}", query = of_user)]
    #[dynamo(index(by_token = ByToken, pk = "TOKEN#{token}", sk = "STATUS#{status}#{self_}"))]
    pub struct Session {
        /// In the key.
        #[dynamo(key_only)]
        pub user: UserId,
        /// Named like a keyword.
        pub r#type: String,
        /// Shares no index key.
        pub(crate) token: Option<String>,
        /// Shares an index key.
        pub(super) status: Status,
        /// Shares an index key.
        pub(in crate::hygiene::hostile) self_: String,
        pub(self) secret: Secret,
        more: BTreeMap<String, u64>,
        /// Named like what generated code has as parameters.
        pub key: u64,
        /// The same.
        pub fields: u64,
        /// The same.
        pub visit: u64,
        /// With a path inside.
        #[dynamo(nested)]
        pub address: Address,
        /// The version.
        #[dynamo(version)]
        pub version: u64,
        /// The time to live.
        #[dynamo(ttl)]
        pub expires_at: Option<Expiry>,
    }

    /// Some of its fields.
    #[derive(Projection, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
    #[dynamo(crate = crate::hygiene::reexported::path::dynamodel, of = Session)]
    pub struct Part {
        /// Data.
        pub key: u64,
    }

    impl Session {
        /// A session.
        #[must_use]
        pub fn sample() -> Self {
            Self {
                user: UserId("ada".to_owned()),
                r#type: "web".to_owned(),
                token: Some("t".to_owned()),
                status: Status::Open,
                self_: "me".to_owned(),
                secret: Secret(7),
                more: BTreeMap::new(),
                key: 1,
                fields: 2,
                visit: 3,
                address: Address { city: "Utrecht".to_owned(), secret: Secret(8) },
                version: 0,
                expires_at: None,
            }
        }
    }

    /// Private entities in a private module, with all names shadowed.
    #[allow(clippy::absolute_paths, reason = "the short ones mean something else")]
    mod inner {
        #[allow(unused_imports, reason = "it is here to be in the way")]
        use super::Hijack as _;
        #[allow(unused_imports, reason = "they are here to be in the way")]
        use super::shadows::*;
        use super::{ByToken, Secret, Shop};
        use crate::hygiene::reexported::path::dynamodel::{Entity, Expiry, KeySegment};
        use serde::{Deserialize, Serialize};

        #[derive(KeySegment, Serialize, Deserialize, Debug, PartialEq, Eq)]
        #[dynamo(crate = crate::hygiene::reexported::path::dynamodel)]
        pub(super) enum Kind {
            Only,
        }

        #[derive(Entity, Serialize, Deserialize, Debug, PartialEq, Eq)]
        #[dynamo(crate = crate::hygiene::reexported::path::dynamodel)]
        #[dynamo(table = Shop, pk = "HIDDEN#{id:03}", sk = "HIDDEN")]
        #[dynamo(index(of_name = ByToken, pk = "NAME#{name}", sk = "KIND#{kind}"))]
        pub(super) struct Hidden {
            #[dynamo(key_only)]
            pub(super) id: u8,
            pub(super) kind: Kind,
            pub(super) name: ::std::option::Option<::std::string::String>,
            pub(super) secret: Secret,
            #[dynamo(version)]
            pub(super) version: u64,
            #[dynamo(ttl)]
            pub(super) expires_at: ::std::option::Option<Expiry>,
        }
    }

    /// The private entity, seen by nobody outside.
    pub async fn hidden_comes_back(shop: &Client<Shop>) -> bool {
        let mut hidden = inner::Hidden {
            id: 7,
            kind: inner::Kind::Only,
            name: Some("n".to_owned()),
            secret: Secret(9),
            version: 0,
            expires_at: None,
        };
        let created = shop.save(&mut hidden).await;
        let found = shop.get(inner::Hidden::key(7)).await;
        created.is_ok() && matches!(found, Ok(Some(it)) if it == hidden)
    }
}

/// Whoever imports what generated code names by its full path is not told to shorten it.
#[deny(warnings, unused_qualifications, unused_import_braces, unused_results, clippy::all, clippy::pedantic)]
mod imported {
    use dynamodel::bounds::EntityOf;
    use dynamodel::keys::KeyRange;
    use dynamodel::schema::{EntitySchema, KeyAttribute, Pattern, Piece, Spec, TableSchema};
    use dynamodel::{Entity, Expiry, Key, KeySegment, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table)]
    #[dynamo(pk = "PK", gsi(ByKind, pk = "GSI1PK"), entities(Thing, Odd))]
    pub struct Store;

    #[derive(KeySegment, Serialize, Deserialize, Clone, Copy)]
    pub enum Kind {
        Only,
    }

    #[derive(Entity, Serialize, Deserialize)]
    #[dynamo(table = Store, pk = "THING#{id}", index(of_kind = ByKind, pk = "KIND#{kind}#{id}"))]
    pub struct Thing {
        pub id: String,
        pub kind: Kind,
        #[dynamo(version)]
        version: u64,
        #[dynamo(ttl)]
        expires_at: Option<Expiry>,
    }

    /// Fields called as what stands in the generated functions.
    #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
    #[dynamo(table = Store, pk = "ODD#{show}#{key}#{fields}", index(odd_of_kind = ByKind, pk = "ODD#{visit}#{show}"))]
    pub struct Odd {
        pub show: String,
        pub key: String,
        pub fields: String,
        pub visit: String,
    }

    /// Uses the imports.
    pub fn described<E: Entity + EntityOf<E::Table>>(key: &Key<E>, range: &KeyRange<E, ByKind>) -> String {
        const PATTERN: Pattern = Pattern::Template(&[Piece::Literal("A")]);
        let schemas: (&EntitySchema, &TableSchema, Option<&KeyAttribute>) =
            (E::SCHEMA, E::Table::SCHEMA, E::SCHEMA.keys.first());
        format!("{key} {range:?} {PATTERN:?} {:?} {schemas:?}", Spec::PLAIN)
    }
}

#[tokio::test]
async fn entities_in_a_hostile_scope_come_back() {
    use hostile::{Part, Session, Shop, UserId};
    let shop = connect::<Shop>(&clock(), dynamodel::Codec::Wire).await;
    let mut session = Session::sample();
    session.version = shop.create(&session).await.unwrap();
    assert_eq!(shop.get(Session::key(&session.user, "web")).await.unwrap().as_ref(), Some(&session));
    assert_eq!(shop.query(Session::of_user(&UserId("ada".into()))).first().await.unwrap().as_ref(), Some(&session));
    assert_eq!(shop.query(Session::by_token("t")).first().await.unwrap().as_ref(), Some(&session));
    let part = shop.get(Session::key(&session.user, "web")).part::<Part>().await.unwrap();
    assert_eq!(part, Some(Part { key: 1 }));
    shop.update(&session).set(|s| s.key, 10).set(|s| s.address.city, "Delft").await.unwrap();
    assert!(hostile::hidden_comes_back(&shop).await);
}

#[tokio::test]
async fn fields_may_be_called_as_what_is_generated() {
    use imported::{Odd, Store};
    let store = connect::<Store>(&clock(), dynamodel::Codec::Wire).await;
    let [show, key, fields, visit] = ["s", "k", "f", "v"].map(str::to_owned);
    let mut odd = Odd { show, key, fields, visit };
    store.create(&odd).await.unwrap();
    odd.visit = "w".into();
    store.update(Odd::key("s", "k", "f")).set(|o| o.visit, "w").await.unwrap();
    assert_eq!(store.query(Odd::odd_of_kind("w", "s")).collect().await.unwrap(), [odd]);
}

#[tokio::test]
async fn tables_and_entities_may_stand_in_a_function() {
    use dynamodel::{Entity, KeySegment, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table)]
    #[dynamo(pk = "PK", gsi(ByKind, pk = "GSI1PK"), entities(Local))]
    struct Here;

    #[derive(KeySegment, Serialize, Deserialize, Clone, Copy, PartialEq, Debug)]
    enum Kind {
        Only,
    }

    #[derive(Entity, Serialize, Deserialize, PartialEq, Debug)]
    #[dynamo(table = Here, pk = "LOCAL#{id}", index(of_kind = ByKind, pk = "KIND#{kind}"))]
    struct Local {
        id: String,
        kind: Kind,
    }

    let here = connect::<Here>(&clock(), dynamodel::Codec::Wire).await;
    let local = Local { id: "a".into(), kind: Kind::Only };
    here.create(&local).await.unwrap();
    assert_eq!(here.get(Local::key("a")).await.unwrap().as_ref(), Some(&local));
    assert_eq!(here.query(Local::of_kind(Kind::Only)).first().await.unwrap(), Some(local));
}

#[test]
fn imports_of_what_is_generated_do_no_harm() {
    let thing = imported::Thing::key("a");
    let range = imported::Thing::of_kind(imported::Kind::Only, "a");
    assert!(imported::described(&thing, &range).contains("THING#a"));
}

/// Lints look into what a macro of the same crate makes: nothing that is generated may be unused there.
#[deny(warnings, dead_code)]
mod from_a_macro;

#[test]
fn what_a_macro_makes_is_not_said_to_be_unused() {
    assert!(from_a_macro::key().ends_with("Made"));
}
