//! What a read gives for one item: an entity, a part of it, what an index holds of it, or one of the table's entities.

use super::decode::{attribute, decode, key_text_of};
use super::{Entity, Expiry, Projection, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::EntitySchema;
use crate::wire::Reader;

/// What a read gives for one item.
///
/// An entity or a part of one (every [`Projection`]), or the enum of a table's entities that `#[derive(Table)]` makes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an item",
    label = "neither an entity, nor a part of one, nor the enum of a table's entities"
)]
pub trait Item: Send + Sync + Sized + 'static {
    /// The table whose items it reads.
    type Table: Table;

    /// The names of the attributes that are asked for; `None` for whole items.
    const ATTRIBUTES: Option<&'static [&'static str]>;

    /// The name that errors carry.
    const NAME: &'static str;

    /// The time-to-live attribute of the items, if they have one.
    #[doc(hidden)]
    fn ttl() -> Option<&'static str>;

    /// What the entity-type attribute of the items says, where they are of one entity.
    #[doc(hidden)]
    fn only() -> Option<&'static str> {
        None
    }

    /// Whether items may have unique fields.
    #[doc(hidden)]
    fn has_unique() -> bool {
        Self::Table::SCHEMA.has_unique()
    }

    /// Reads the item that comes next.
    #[doc(hidden)]
    fn read(item: &mut Incoming<'_, '_>) -> Result<Self>;

    /// When the item expires, as far as is known here.
    #[doc(hidden)]
    fn expires(&self) -> Option<Expiry>;
}

#[diagnostic::do_not_recommend]
impl<P: Projection> Item for P {
    type Table = <P::Entity as Entity>::Table;
    const ATTRIBUTES: Option<&'static [&'static str]> = P::ATTRIBUTES;
    const NAME: &'static str = P::Entity::SCHEMA.name;

    fn ttl() -> Option<&'static str> {
        if P::KNOWS_EXPIRY { P::Entity::SCHEMA.ttl } else { None }
    }

    fn only() -> Option<&'static str> {
        Some(P::Entity::SCHEMA.type_name)
    }

    fn has_unique() -> bool {
        !P::Entity::SCHEMA.unique.is_empty()
    }

    fn read(item: &mut Incoming<'_, '_>) -> Result<Self> {
        decode(item.0)
    }

    fn expires(&self) -> Option<Expiry> {
        self.own_expiry()
    }
}

/// What is read belongs to the table `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not live in the table `{T}`",
    label = "this client is for `{T}` only",
    note = "use the client of the entity's own table"
)]
pub trait ReadFrom<T>: Item<Table = T> {}

#[diagnostic::do_not_recommend]
impl<P: Item<Table = T>, T> ReadFrom<T> for P {}

/// An item of a response that has not been read yet.
#[doc(hidden)]
#[derive(Debug)]
pub struct Incoming<'r, 'a>(pub(crate) &'r mut Reader<'a>);

impl<'a> Incoming<'_, 'a> {
    /// The place of the entity that the item is of, in the order of the table's list; `None` where it is of none.
    ///
    /// An item says so by its type attribute. One without, written by something else, is known by its key.
    pub fn entity_of<T: Table>(&self) -> Option<usize> {
        let item = self.text();
        let schemas = T::SCHEMA.entities;
        match attribute(item, T::TYPE_ATTRIBUTE) {
            Some(name) => schemas.iter().position(|entity| entity.type_name == name),
            None => schemas.iter().position(|entity| super::decode::has_key_of(item, entity)),
        }
    }

    /// Reads it as the projection, mostly an entity.
    ///
    /// # Errors
    /// When it cannot be read so.
    pub fn read<P: Projection>(&mut self) -> Result<P> {
        decode(self.0)
    }

    /// The error for an item of no entity that the table lists.
    pub fn unknown<T: Table>(&self) -> Error {
        let item = self.text();
        let what = match attribute(item, T::TYPE_ATTRIBUTE) {
            Some(name) => format!("an item is of the entity `{name}`, which the table does not list"),
            None => "an item has no entity type, and no entity of the table has a key like its".to_owned(),
        };
        Error::new(ErrorKind::WrongEntity, format!("{what}: add it to `entities(..)`, or read with `.keep_unknown()`"))
            .at_key(key_text_of::<T>(item))
    }

    /// The item's text, which is then read past.
    pub(crate) fn take(&mut self) -> Result<&'a str> {
        self.0.raw().map_err(|error| Error::new(ErrorKind::Decode, "an item is not DynamoDB JSON").with_source(error))
    }

    fn text(&self) -> &'a str {
        self.0.clone().raw().unwrap_or_default()
    }
}

/// The entity that an item is of, as its table lists it.
pub(crate) fn schema_of<T: Table>(item: &str) -> Option<&'static EntitySchema> {
    let mut reader = Reader::from_str(item);
    let at = Incoming(&mut reader).entity_of::<T>()?;
    T::SCHEMA.entities.get(at).copied()
}

/// An item as it was stored, of no entity that the program knows, or not read as one.
///
/// Its `Debug` text names the key, the type and the attributes, and shows no other value.
#[derive(Clone, PartialEq, Eq)]
pub struct RawItem {
    json: String,
    type_name: Option<String>,
    key: String,
}

impl RawItem {
    pub(crate) fn of<T: Table>(json: &str) -> Self {
        Self { json: json.to_owned(), type_name: attribute(json, T::TYPE_ATTRIBUTE), key: key_text_of::<T>(json) }
    }

    /// The item as DynamoDB JSON: `{"PK":{"S":".."},…}`.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// What its entity-type attribute says.
    pub fn type_name(&self) -> Option<&str> {
        self.type_name.as_deref()
    }

    /// Its primary key, as text for people.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Reads it as an entity, or as a part of one.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] and [`ErrorKind::WrongEntity`] when it is none.
    pub fn read<P: Projection>(&self) -> Result<P> {
        decode(&mut Reader::from_str(&self.json))
    }
}

impl std::fmt::Debug for RawItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut names = Vec::new();
        // Of a malformed item the names up to its fault.
        let _read = Reader::from_str(&self.json).object(|reader, name| {
            names.push(name.to_owned());
            reader.skip()
        });
        f.debug_struct("RawItem")
            .field("type_name", &self.type_name)
            .field("key", &self.key)
            .field("attributes", &names)
            .finish_non_exhaustive()
    }
}

impl Error {
    /// The item that the error is about as it is stored, where it cannot be read as its entity: what came back with a write
    /// that was carried out ([`ErrorKind::ResultUnavailable`]), or what stood in the way of one that was refused.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # use dynamodel::sdk::types::AttributeValue;
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let shop = Shop::embedded().await?;
    /// # shop.create(&Session::sample("ada", "s1")).await?;
    /// # let broken = shop.sdk().update_item().table_name(shop.table_name());
    /// # let broken = broken.key("PK", AttributeValue::S("USER#ada".into())).key("SK", AttributeValue::S("SESSION#s1".into()));
    /// # broken.update_expression("SET #t = :t").expression_attribute_names("#t", "data")
    /// #     .expression_attribute_values(":t", AttributeValue::N("7".into())).send().await?;
    /// // Another program has written something else where `data` should be.
    /// let error = shop.update(Session::key("ada", "s1")).add(|s| s.hits, 1).returning_new().await.unwrap_err();
    /// assert!(error.is_applied()); // the hit is counted: do not try again
    /// assert_eq!(error.attribute(), Some("data"));
    /// assert!(error.raw_item().is_some_and(|item| item.json().contains("\"data\":{\"N\":\"7\"}")));
    /// # Ok(()) }
    /// ```
    pub fn raw_item(&self) -> Option<&RawItem> {
        self.left::<RawItem>().or_else(|| self.reasons().iter().flatten().find_map(Self::raw_item))
    }
}

/// One of the entities of a table, or an item that is none of them: what `.keep_unknown()` makes of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrUnknown<I> {
    /// An item of an entity that the table lists.
    Known(I),
    /// Another one.
    Unknown(RawItem),
}

/// The enum of a table's entities, made by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the enum of a table's entities",
    label = "expected what `#[derive(Table)]` makes, for example `ShopItem`"
)]
pub trait Collected: Item {}

#[diagnostic::do_not_recommend]
impl<I: Collected> Item for OrUnknown<I> {
    type Table = I::Table;
    const ATTRIBUTES: Option<&'static [&'static str]> = None;
    const NAME: &'static str = I::NAME;

    fn ttl() -> Option<&'static str> {
        I::ttl()
    }

    fn read(item: &mut Incoming<'_, '_>) -> Result<Self> {
        match item.entity_of::<I::Table>() {
            Some(_) => I::read(item).map(Self::Known),
            None => Ok(Self::Unknown(RawItem::of::<I::Table>(item.take()?))),
        }
    }

    fn expires(&self) -> Option<Expiry> {
        match self {
            Self::Known(item) => item.expires(),
            Self::Unknown(_) => None,
        }
    }
}
