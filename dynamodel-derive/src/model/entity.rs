//! What `#[derive(Entity)]` was given.

use super::serde_attrs::{self, Container};
use super::unique::{Unique, composite};
use super::{Field, Holds};
use crate::attr::{self, Entries, Entry, Template, Value};
use crate::diagnostics::Diagnostics;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Visibility, parse_quote};

/// An entity.
pub(crate) struct Entity {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) krate: Path,
    pub(crate) table: Path,
    pub(crate) type_name: String,
    pub(crate) partition: Key,
    pub(crate) sort: Option<Key>,
    pub(crate) query: Option<Ident>,
    /// `mixed`, with its token: other entities may lie between those of `query`.
    pub(crate) mixed: Option<Ident>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) fields: Vec<Field>,
    /// What the struct says of several fields together.
    pub(crate) composite: Vec<Unique>,
}

/// The entity's keys on an index.
pub(crate) struct Index {
    /// The access pattern's name.
    pub(crate) name: Ident,
    /// The index's unit struct.
    pub(crate) marker: Path,
    /// `None` on a local index, which has the table's.
    pub(crate) partition: Option<Vec<Key>>,
    pub(crate) sort: Vec<Key>,
    /// What of an item the index is to hold.
    pub(crate) holds: Holds,
    /// `mixed`, with its token: other entities may lie between those of the pattern.
    pub(crate) mixed: Option<Ident>,
}

impl Index {
    /// All its keys: the partition's first.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.partition.iter().flatten().chain(&self.sort)
    }
}

impl Entity {
    /// The keys of the primary key.
    pub(crate) fn primary(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.partition).chain(&self.sort)
    }

    /// All keys: the primary key's first.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.primary().chain(self.indexes.iter().flat_map(Index::keys))
    }

    /// The field of that name.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name() == name)
    }
}

/// Where a key attribute's value comes from.
#[derive(Clone)]
pub(crate) enum Key {
    /// `pk = "USER#{user_id}"`
    Template(Template),
    /// `pk = user_id`
    Field(Ident),
}

impl Key {
    /// What stands in for a key that could not be read.
    fn unknown(ident: &Ident) -> Self {
        Self::Template(Template { text: LitStr::new("", ident.span()), pieces: Vec::new() })
    }

    /// The names of its fields, in order.
    pub(crate) fn fields(&self) -> Vec<String> {
        match self {
            Self::Template(template) => template.fields().map(str::to_owned).collect(),
            Self::Field(ident) => vec![ident.unraw().to_string()],
        }
    }

    /// The tokens to show a mistake under.
    pub(crate) fn tokens(&self) -> &dyn quote::ToTokens {
        match self {
            Self::Template(template) => &template.text,
            Self::Field(ident) => ident,
        }
    }
}

const VALID: &[&str] =
    &[attr::TABLE, attr::PK, attr::SK, attr::QUERY, attr::MIXED, attr::INDEX, attr::UNIQUE, attr::NAME, attr::CRATE];

/// Reads an entity.
pub(crate) fn entity(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Entity> {
    let mut entries = Entries::read(&input.attrs, attr::DYNAMO, diagnostics);
    let (says_table, says_key) = (entries.may_have(attr::TABLE), entries.may_have(attr::PK));
    let container = serde_attrs::container(&input.attrs, diagnostics);
    let fields = fields(input, &container, diagnostics);
    let table = entries.take(attr::TABLE, diagnostics).and_then(|entry| entry.path(diagnostics));
    let partition = entries.take(attr::PK, diagnostics).map(|entry| key(&entry, diagnostics));
    let sort = entries.take(attr::SK, diagnostics).and_then(|entry| key(&entry, diagnostics));
    let query = entries.take(attr::QUERY, diagnostics).and_then(|entry| entry.ident(diagnostics));
    let mixed = flag(&mut entries, attr::MIXED, diagnostics);
    let name = entries.take(attr::NAME, diagnostics).and_then(|entry| entry.text(diagnostics));
    let krate = entries.take(attr::CRATE, diagnostics).and_then(|entry| entry.path(diagnostics));
    let indexes = entries.take_all(attr::INDEX).iter().filter_map(|entry| index(entry, diagnostics)).collect();
    let composite = entries.take_all(attr::UNIQUE).iter().map(|entry| composite(entry, diagnostics)).collect();
    entries.finish(VALID, diagnostics);
    if !says_table {
        diagnostics.at(&input.ident, "an entity says which table it lives in: add `#[dynamo(table = ..)]`");
    }
    if !says_key {
        diagnostics.at(&input.ident, "an entity needs a partition key: add `#[dynamo(pk = \"..#{field}\")]`");
    }
    // Only a name without parameters can be implemented for. Whatever else is missing is reported, and an entity without
    // it stands in, so that the rest of the user's code is checked as if nothing were wrong.
    if !input.generics.params.is_empty() {
        return None;
    }
    let krate = krate.unwrap_or_else(|| parse_quote!(::dynamodel));
    let mut entity = Entity {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        table: table.unwrap_or_else(|| parse_quote!(#krate::__private::NoTable)),
        krate,
        type_name: name.map_or_else(|| input.ident.to_string(), |text: LitStr| text.value()),
        partition: partition.flatten().unwrap_or_else(|| Key::unknown(&input.ident)),
        sort,
        query,
        mixed,
        indexes,
        fields: Vec::new(),
        composite,
    };
    match fields {
        Some(fields) => entity.fields = fields,
        None => {
            entity.partition = Key::unknown(&input.ident);
            entity.sort = None;
            entity.indexes = Vec::new();
            entity.composite = Vec::new();
        }
    }
    Some(entity)
}

fn fields(input: &DeriveInput, container: &Container, diagnostics: &mut Diagnostics) -> Option<Vec<Field>> {
    if let Some(parameter) = input.generics.params.first() {
        diagnostics.at(parameter, "an entity has no parameters: its items have one schema; make a struct for each");
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => {
                return Some(named.named.iter().filter_map(|field| Field::read(field, container, diagnostics)).collect());
            }
            _ => diagnostics.at(&input.ident, "an entity is a struct with named fields: attributes have names"),
        },
        Data::Enum(data) => diagnostics.at(
            data.enum_token,
            "an entity is a struct with named fields: make each variant an entity of its own, or put the enum into a field",
        ),
        Data::Union(data) => diagnostics.at(data.union_token, "an entity is a struct with named fields"),
    }
    None
}

fn key(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Key> {
    key_of(entry, &entry.value, diagnostics)
}

/// One key, or several in brackets.
fn keys(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Vec<Key>> {
    match &entry.value {
        Value::Many(values) => values.iter().map(|value| key_of(entry, value, diagnostics)).collect(),
        value => key_of(entry, value, diagnostics).map(|key| vec![key]),
    }
}

fn key_of(entry: &Entry, value: &Value, diagnostics: &mut Diagnostics) -> Option<Key> {
    match value {
        Value::Text(text) => {
            let template = diagnostics.ok(Template::parse(text.clone()));
            Some(Key::Template(template.unwrap_or_else(|| Template::salvage(text.clone()))))
        }
        Value::Path(path) if path.get_ident().is_some() => path.get_ident().cloned().map(Key::Field),
        _ => {
            let key = entry.key();
            diagnostics.at(
                &entry.name,
                format!("`{key}` is a template or a field: write `{key} = \"USER#{{user_id}}\"` or `{key} = user_id`"),
            );
            None
        }
    }
}

fn index(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Index> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let named = entries
        .take_first(|entry| matches!(entry.value, Value::Path(_)) && ![attr::PK, attr::SK].contains(&&*entry.key()));
    let Some((name, marker)) =
        named.and_then(|entry| Some((entry.name.get_ident().cloned()?, entry.path(diagnostics)?)))
    else {
        diagnostics.at(
            &entry.name,
            "an index needs the access pattern's name and the index first: write `index(by_token = Gsi1, pk = \"..\", sk = \"..\")`",
        );
        return None;
    };
    let partition = entries.take(attr::PK, diagnostics).map(|entry| keys(&entry, diagnostics));
    let sort = entries.take(attr::SK, diagnostics).map(|entry| keys(&entry, diagnostics));
    let holds = holds(&mut entries, diagnostics);
    let mixed = flag(&mut entries, attr::MIXED, diagnostics);
    entries.finish(&[attr::PK, attr::SK, attr::KEYS_ONLY, attr::INCLUDE, attr::MIXED], diagnostics);
    // A key that could not be read is reported already; the others are still looked at.
    Some(Index {
        name,
        marker,
        partition: partition.map(Option::unwrap_or_default),
        sort: sort.flatten().unwrap_or_default(),
        holds,
        mixed,
    })
}

/// A mark that stands by itself, with its token.
fn flag(entries: &mut Entries, key: &str, diagnostics: &mut Diagnostics) -> Option<Ident> {
    let entry = entries.take(key, diagnostics)?;
    entry.flag(diagnostics);
    entry.name.get_ident().cloned()
}

/// `keys_only`, `include(hits, data)`, or all.
fn holds(entries: &mut Entries, diagnostics: &mut Diagnostics) -> Holds {
    let keys_only = flag(entries, attr::KEYS_ONLY, diagnostics);
    let include = entries.take(attr::INCLUDE, diagnostics);
    match (keys_only, include) {
        (Some(_), None) => Holds::KeysOnly,
        (None, None) => Holds::All,
        (both, Some(include)) => {
            if both.is_some() {
                diagnostics.at(
                    &include.name,
                    "an index holds `keys_only`, or `include(..)` beside the keys: take one of the two off",
                );
            }
            let fields = include.list(diagnostics);
            let named: Vec<_> = fields.iter().filter_map(|entry| entry.name.get_ident().cloned()).collect();
            if named.is_empty() {
                diagnostics.at(&include.name, "`include` names fields: write `include(hits, data)`, or `keys_only`");
            }
            Holds::Include(named)
        }
    }
}
