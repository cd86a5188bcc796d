//! The derive macros of `dynamodel`. Use them through that crate; their documentation is there.
//!
//! Four rooms, each fed by the one before: `attr` reads tokens, `model` says what they mean, `check` finds what cannot
//! be, `expand` writes the code. Every room reports to `diagnostics`, so that all mistakes are shown at once.

mod attr;
mod check;
mod diagnostics;
mod expand;
mod model;
mod rename;
#[cfg(test)]
mod snapshots;
mod suggest;

use diagnostics::Diagnostics;
use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Describes a DynamoDB table on a unit struct: its key attributes, its indexes, the entities that live in it.
///
/// ```text
/// #[derive(Table)]
/// #[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
/// #[dynamo(entities(Session, Cart))]
/// pub struct Shop;
/// ```
///
/// | attribute | meaning |
/// |---|---|
/// | `pk = "PK"` | the attribute that is the partition key (needed) |
/// | `sk = "SK"` | the attribute that is the sort key |
/// | `gsi(Gsi1, pk = "..", sk = "..", name = "..")` | a global secondary index; makes the unit struct `Gsi1`, which entities name; `name` is DynamoDB's name of it if that differs |
/// | `entities(A, B)` | the entities that live in the table; no two of them can have the same key, or the build stops |
/// | `settings(..)` | what types cannot say, for `Shop::definition()`: billing, stream, encryption, recovery, tags, … |
/// | `type_attribute = "_type"` | the attribute that says which entity an item is |
/// | `crate = path` | where `dynamodel` is, when it is not `::dynamodel` |
///
/// Makes the enum `ShopItem` with a variant for each entity, and `Shop::partition(..)`, all items of one partition. Makes
/// `Shop::connect(&sdk_client, "table-name")`, with the feature `aws-config` also `Shop::from_env`, with the
/// feature `embedded` also `Shop::embedded` and `Shop::local`.
#[proc_macro_derive(Table, attributes(dynamo))]
pub fn table(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut diagnostics = Diagnostics::new();
    let model = model::table(&input, &mut diagnostics);
    if let Some(model) = &model {
        check::settings(model, &mut diagnostics);
    }
    let tokens = match (&model, diagnostics.finish()) {
        (Some(model), Ok(())) => expand::table(model),
        (_, Ok(())) => proc_macro2::TokenStream::new(),
        (model, Err(errors)) => expand::fallback_table(&input, model.as_ref(), &errors),
    };
    tokens.into()
}

/// Describes an entity: how a struct's values become items of a table.
///
/// ```text
/// #[derive(Entity, Serialize, Deserialize)]
/// #[dynamo(table = Shop, pk = "USER#{user_id}", sk = "SESSION#{session_id}", query = of_user)]
/// #[dynamo(index(by_token = Gsi1, pk = "TOKEN#{token}", sk = "SESSION"))]
/// pub struct Session {
///     pub user_id: String,
///     pub session_id: Ulid,
///     pub token: String,
///     #[dynamo(version)] pub version: u64,
///     #[dynamo(ttl)] pub expires_at: Expiry,
/// }
/// ```
///
/// | attribute | meaning |
/// |---|---|
/// | `table = Shop` | the table (needed) |
/// | `pk = "USER#{user_id}"` | the partition key: text with fields in it, or a field's own value (`pk = user_id`) (needed) |
/// | `sk = "SESSION#{session_id}"` | the sort key, likewise |
/// | `query = of_user` | makes `Session::of_user(..)`, all items of the entity in one partition |
/// | `mixed` | other entities may lie between those of `query`: the server leaves them out |
/// | `index(by_token = Gsi1, pk = "..", sk = "..")` | the entity's keys on an index; makes `Session::by_token(..)` |
/// | `index(.., keys_only)` | the index holds the keys alone; queries give the struct `SessionByToken` of the fields in them |
/// | `index(.., include(hits, data))` | the index holds these fields beside the keys; likewise |
/// | `index(.., mixed)` | as `mixed` |
/// | `unique(country, tax_number)` | no two items have the same values of these fields together |
/// | `name = "session"` | what the entity-type attribute holds, when it is not the struct's name |
/// | `crate = path` | where `dynamodel` is, when it is not `::dynamodel` |
/// | on a field: `version` | the version that optimistic locking compares: an integer or a `Uuid` |
/// | on a field: `ttl` | when the item expires: `Expiry` or `Option<Expiry>` |
/// | on a field: `unique` | no two items have the same value; `unique(within(tenant))`: none of one tenant |
///
/// In a template a field is followed by `#` or by the end. An integer needs a width (`{score:010}`) or `{score:desc}`
/// for the largest first.
///
/// Makes `Session::key(..)` and `Session::parse_key(..)` beside the trait `Entity`. Where a sort key has fields, an access
/// pattern gives a struct with methods for the field that comes next: `.day(..)`, `.day_between(..)`, `.day_from(..)`,
/// `.day_after(..)`, `.day_until(..)`, `.day_before(..)`, `.day_begins_with(..)`.
#[proc_macro_derive(Entity, attributes(dynamo))]
pub fn entity(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut diagnostics = Diagnostics::new();
    let model = model::entity(&input, &mut diagnostics);
    if let Some(model) = &model {
        check::entity(model, &mut diagnostics);
    }
    let tokens = match (&model, diagnostics.finish()) {
        (Some(model), Ok(())) => expand::entity(model),
        (_, Ok(())) => proc_macro2::TokenStream::new(),
        (model, Err(errors)) => expand::fallback_entity(&input, model.as_ref(), &errors),
    };
    tokens.into()
}

/// Lets a newtype or an enum of unit variants stand in keys.
///
/// ```text
/// #[derive(KeySegment, Serialize, Deserialize)]
/// pub struct UserId(String);
///
/// #[derive(KeySegment, Serialize, Deserialize, Clone, Copy)]
/// #[serde(rename_all = "lowercase")]
/// pub enum Status {
///     Open,
///     Closed,
/// }
/// ```
///
/// A newtype is in keys what the type inside it is. An enum is the text that serde stores for its variant; `rename` and
/// `rename_all` are honoured. The order of an enum's texts is alphabetical, whatever the order of its variants.
#[proc_macro_derive(KeySegment, attributes(dynamo))]
pub fn key_segment(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut diagnostics = Diagnostics::new();
    let model = model::segment(&input, &mut diagnostics);
    let tokens = match (&model, diagnostics.finish()) {
        (Some(model), Ok(())) => expand::segment(model),
        (_, Ok(())) => proc_macro2::TokenStream::new(),
        (_, Err(errors)) => errors,
    };
    tokens.into()
}

/// Lets expressions name the fields of a struct that stands in an entity as `#[dynamo(nested)]`.
///
/// ```text
/// #[derive(Nested, Serialize, Deserialize)]
/// pub struct Address {
///     pub city: String,
/// }
/// ```
///
/// Then `|s| s.address.city` is a path, and `|s| s.address.whole()` the attribute itself. Works through `Option`, `Box`
/// and `Vec` (`s.lines.index(3).sku`), and for nested structs in nested structs, but not for a struct inside itself.
#[proc_macro_derive(Nested, attributes(dynamo))]
pub fn nested(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut diagnostics = Diagnostics::new();
    let model = model::nested(&input, &mut diagnostics);
    let tokens = match (&model, diagnostics.finish()) {
        (Some(model), Ok(())) => expand::nested(model),
        (_, Ok(())) => proc_macro2::TokenStream::new(),
        (_, Err(errors)) => errors,
    };
    tokens.into()
}

/// A struct with some of an entity's fields, for reads that want no more.
///
/// ```text
/// #[derive(Projection, Deserialize)]
/// #[dynamo(of = Session)]
/// pub struct Visits {
///     pub hits: u64,
/// }
/// ```
///
/// Its fields have the names and types that they have in the entity, or the build stops.
#[proc_macro_derive(Projection, attributes(dynamo))]
pub fn projection(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut diagnostics = Diagnostics::new();
    let model = model::part(&input, &mut diagnostics);
    let tokens = match (&model, diagnostics.finish()) {
        (Some(model), Ok(())) => expand::part(model),
        (_, Ok(())) => proc_macro2::TokenStream::new(),
        (_, Err(errors)) => errors,
    };
    tokens.into()
}

/// A struct of several entities that lie in one partition, read by one query.
///
/// ```text
/// #[derive(Collection)]
/// #[dynamo(of = Shop)]
/// pub struct CartView {
///     pub cart: Cart,
///     pub lines: Vec<CartLine>,
///     pub note: Option<Note>,
/// }
///
/// let view = shop.query(CartView::of(Cart::of_cart("c1"))).assemble().await?;
/// ```
///
/// | attribute | meaning |
/// |---|---|
/// | `of = Shop` | the table (needed) |
/// | `ignore(Invoice)` | entities whose items lie in the range too, and are read past |
/// | `crate = path` | where `dynamodel` is, when it is not `::dynamodel` |
///
/// A field of an entity's type takes exactly one item, an `Option` one at most, a `Vec` any number, in the order of their
/// keys. Only keys that begin as all the entities' sort keys do are read. Another entity that can have such a key stops
/// the build.
#[proc_macro_derive(Collection, attributes(dynamo))]
pub fn collection(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut diagnostics = Diagnostics::new();
    let model = model::collection(&input, &mut diagnostics);
    let tokens = match (&model, diagnostics.finish()) {
        (Some(model), Ok(())) => expand::collection(model),
        (_, Ok(())) => proc_macro2::TokenStream::new(),
        (Some(model), Err(errors)) => expand::fallback_collection(model, &errors),
        (None, Err(errors)) => errors,
    };
    tokens.into()
}
