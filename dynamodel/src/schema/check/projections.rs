//! What the indexes of a table hold beside their keys, all together.

use super::refuse;
use crate::schema::text::{is_among, same};
use crate::schema::{AccessPattern, EntitySchema, IndexSchema, Message, ProjectionSchema, TableSchema};

/// DynamoDB's limit on the attributes that are included in indexes one by one, each counted as often as it is included.
const MOST: usize = 100;
/// DynamoDB's limit on those of one index.
const MOST_OF_ONE: usize = 20;

/// The access patterns of a table's entities include no more attributes in its indexes than DynamoDB takes.
#[track_caller]
pub const fn check_projections(table: &TableSchema) {
    let mut count = 0;
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        let own = included_in(table, index);
        if own > MOST_OF_ONE {
            refuse(&too_many_of_one(table, index, own));
        }
        count += own;
        indexes = rest;
    }
    if count > MOST {
        refuse(
            &Message::new("the indexes of the table `")
                .add(table.name)
                .add("` hold ")
                .number(count)
                .add(" attributes beside their keys, and DynamoDB takes ")
                .number(MOST)
                .add(" in all: include fewer (the type attribute and the time to live count too), or let an index hold all"),
        );
    }
}

const fn too_many_of_one(table: &TableSchema, index: &IndexSchema, count: usize) -> Message {
    let managed = managed(table, index);
    let message = Message::new("the index `")
        .add(index.name)
        .add("` of the table `")
        .add(table.name)
        .add("` holds ")
        .number(count)
        .add(" attributes beside its keys, and DynamoDB takes ")
        .number(MOST_OF_ONE)
        .add(" in an index");
    let message = match managed {
        0 => message,
        1 => message.add(" (the type attribute or the time to live, which the library includes, is one of them)"),
        _ => message.add(" (the type attribute and the time to live, which the library includes, are two of them)"),
    };
    message.add(": include ").number(MOST_OF_ONE - managed).add(" fields at most, or let it hold all")
}

/// None where a pattern takes all.
const fn included_in(table: &TableSchema, index: &IndexSchema) -> usize {
    let mut count = 0;
    let mut includes = false;
    let mut entities = table.entities;
    while let [entity, rest @ ..] = entities {
        let mut patterns = entity.patterns;
        while let [pattern, more @ ..] = patterns {
            if is_on(pattern, index) {
                match pattern.projection {
                    ProjectionSchema::All => return 0,
                    ProjectionSchema::KeysOnly => {}
                    ProjectionSchema::Include(names) => {
                        includes = true;
                        count += new_among(table, index, entity, pattern, names);
                    }
                }
            }
            patterns = more;
        }
        entities = rest;
    }
    if includes { count + managed(table, index) } else { 0 }
}

const fn is_on(pattern: &AccessPattern, index: &IndexSchema) -> bool {
    match pattern.index {
        Some(name) => same(name, index.name),
        None => false,
    }
}

/// How many of the names were not included before.
const fn new_among(
    table: &TableSchema,
    index: &IndexSchema,
    entity: &EntitySchema,
    pattern: &AccessPattern,
    mut names: &[&str],
) -> usize {
    let mut count = 0;
    while let [name, rest @ ..] = names {
        // The last one of the same name counts, so that nothing need be remembered.
        let counted = !is_among(name, rest) && !is_key(table, index, name) && !is_managed(table, name);
        if counted && !later(table, index, entity, pattern, name) {
            count += 1;
        }
        names = rest;
    }
    count
}

/// Whether a pattern behind this one includes the name too.
const fn later(
    table: &TableSchema,
    index: &IndexSchema,
    entity: &EntitySchema,
    pattern: &AccessPattern,
    name: &str,
) -> bool {
    let mut behind = false;
    let mut entities = table.entities;
    while let [other, rest @ ..] = entities {
        let mut patterns = other.patterns;
        while let [candidate, more @ ..] = patterns {
            if behind
                && is_on(candidate, index)
                && let ProjectionSchema::Include(names) = candidate.projection
                && is_among(name, names)
            {
                return true;
            }
            if same(other.name, entity.name) && same(candidate.name, pattern.name) {
                behind = true;
            }
            patterns = more;
        }
        entities = rest;
    }
    false
}

/// What the library includes by itself: the entity's type and the time to live.
const fn managed(table: &TableSchema, index: &IndexSchema) -> usize {
    let mut count = 0;
    if !is_key(table, index, table.type_attribute) {
        count += 1;
    }
    if let Some(ttl) = expires_by(table)
        && !is_key(table, index, ttl)
    {
        count += 1;
    }
    count
}

const fn is_managed(table: &TableSchema, name: &str) -> bool {
    let expires = match expires_by(table) {
        Some(ttl) => same(ttl, name),
        None => false,
    };
    expires || same(table.type_attribute, name)
}

const fn expires_by(table: &TableSchema) -> Option<&'static str> {
    let mut entities = table.entities;
    while let [entity, rest @ ..] = entities {
        if entity.ttl.is_some() {
            return entity.ttl;
        }
        entities = rest;
    }
    None
}

const fn is_key(table: &TableSchema, index: &IndexSchema, name: &str) -> bool {
    let sort = match table.sort_key {
        Some(sort) => same(sort, name),
        None => false,
    };
    sort || same(table.partition_key, name) || is_among(name, index.partition_key) || is_among(name, index.sort_key)
}
