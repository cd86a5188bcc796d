//! Which fields share index keys, and so can only be set together.
//!
//! The unit is the index *attribute*. Fields of the primary key are known to every update and connect nothing; immutable
//! fields never change and connect nothing either, but they must be given, since the key is rendered from them too.

use super::{Entity, Field, Key};
use quote::format_ident;
use syn::Ident;

/// What a field is for, as the runtime's marker types name it.
pub(crate) enum Role {
    Plain,
    KeyField,
    KeyOnly,
    Alone,
    Shared(Ident),
    NativeIndex,
    InSentinels,
    Immutable,
    Version,
    CreatedAt,
    UpdatedAt,
}

/// Fields that are set together.
pub(crate) struct Group {
    /// The name of the struct that stands for them.
    pub(crate) name: Ident,
    /// The fields that are set, by name.
    pub(crate) set: Vec<String>,
    /// The immutable fields that are compared, by name.
    pub(crate) guarded: Vec<String>,
}

/// The groups of an entity.
pub(crate) fn groups(entity: &Entity) -> Vec<Group> {
    let mut components = components(entity);
    components.retain(|component| component.set.len() + component.guarded.len() > 1);
    let shorts: Vec<_> = components.iter().map(|component| component.short_name(entity)).collect();
    let unique = |name: &str| shorts.iter().filter(|known| *known == name).count() == 1;
    let group = |(component, short): (&Component, &String)| {
        let name = if unique(short) { short.clone() } else { component.long_name(entity) };
        Group { name: format_ident!("{name}"), set: component.set.clone(), guarded: component.guarded.clone() }
    };
    components.iter().zip(&shorts).map(group).collect()
}

/// What a field is for. The primary key comes first: what is in it never changes.
pub(crate) fn role(entity: &Entity, field: &Field, groups: &[Group]) -> Role {
    let name = field.name();
    let names_it = |key: &Key| key.fields().contains(&name);
    if field.key_only.is_some() {
        Role::KeyOnly
    } else if entity.primary().any(names_it) {
        Role::KeyField
    } else if field.version.is_some() {
        Role::Version
    } else if field.created_at.is_some() {
        Role::CreatedAt
    } else if field.updated_at.is_some() {
        Role::UpdatedAt
    } else if field.immutable.is_some() {
        Role::Immutable
    } else if let Some(group) = groups.iter().find(|group| group.set.contains(&name)) {
        Role::Shared(group.name.clone())
    } else if entity.keys().any(|key| matches!(key, Key::Template(_)) && names_it(key)) {
        Role::Alone
    } else if entity.decides_uniqueness(field) {
        Role::InSentinels
    } else if entity.keys().any(names_it) {
        Role::NativeIndex
    } else {
        Role::Plain
    }
}

/// Fields connected by the templates that name them.
struct Component {
    set: Vec<String>,
    guarded: Vec<String>,
    /// The index attributes that are rendered from them: the index's name and whether it is its sort key.
    attributes: Vec<(String, bool)>,
}

impl Component {
    /// `OrderGsi1Key`
    fn short_name(&self, entity: &Entity) -> String {
        let mut indexes: Vec<&str> = self.attributes.iter().map(|(index, _)| index.as_str()).collect();
        indexes.dedup();
        format!("{}{}Key", entity.ident, indexes.concat())
    }

    /// `OrderGsi1SkKey`, where one index has two groups.
    fn long_name(&self, entity: &Entity) -> String {
        let parts = self.attributes.iter().map(|(index, sort)| format!("{index}{}", if *sort { "Sk" } else { "Pk" }));
        format!("{}{}Key", entity.ident, parts.collect::<String>())
    }
}

fn components(entity: &Entity) -> Vec<Component> {
    let mut out: Vec<Component> = Vec::new();
    for (index, sort, key) in templates(entity) {
        let fields: Vec<_> = key.fields().iter().filter_map(|name| entity.field(name)).collect();
        let known = |field: &&&Field| !entity.primary().any(|key| key.fields().contains(&field.name()));
        let (guarded, set): (Vec<&Field>, Vec<&Field>) =
            fields.iter().filter(known).partition(|field| field.immutable.is_some());
        if set.is_empty() {
            continue;
        }
        let mut merged = Component {
            set: set.iter().map(|field| field.name()).collect(),
            guarded: guarded.iter().map(|field| field.name()).collect(),
            attributes: vec![(index, sort)],
        };
        // Whatever shares a field with it belongs to it.
        let (connected, apart): (Vec<_>, Vec<_>) =
            out.into_iter().partition(|component| component.set.iter().any(|name| merged.set.contains(name)));
        for component in connected.into_iter().rev() {
            merge(&mut merged.set, component.set);
            merge(&mut merged.guarded, component.guarded);
            merged.attributes.splice(0..0, component.attributes);
        }
        out = apart;
        out.push(merged);
    }
    out
}

/// Puts the names of one list in front of another, each once.
fn merge(into: &mut Vec<String>, mut first: Vec<String>) {
    let rest: Vec<_> = into.drain(..).filter(|name| !first.contains(name)).collect();
    first.extend(rest);
    *into = first;
}

/// The templates of index attributes.
fn templates(entity: &Entity) -> Vec<(String, bool, &Key)> {
    let mut out = Vec::new();
    for index in &entity.indexes {
        let name = index.marker.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let partition = index.partition.iter().flatten().map(|key| (false, key));
        for (sort, key) in partition.chain(index.sort.iter().map(|key| (true, key))) {
            if matches!(key, Key::Template(_)) {
                out.push((name.clone(), sort, key));
            }
        }
    }
    out
}
