//! Indexes: how many there are, what they are called, and what they include.

use super::names::is_name;
use crate::define::definition::table::TableDefinition;
use crate::schema::IndexKind;

pub(in crate::define) const MOST_GLOBAL_INDEXES: usize = 20;
const MOST_LOCAL_INDEXES: usize = 5;
/// On the attributes of all indexes together, each counted as often as it is included.
const MOST_INCLUDED: usize = 100;
/// On the attributes of one index.
const MOST_INCLUDED_IN_ONE: usize = 20;
/// The name of an attribute that an index includes, in bytes.
const LONGEST_NAME: usize = 255;

pub(super) fn all(definition: &TableDefinition, wrong: &mut Vec<String>) {
    for (kind, word, most) in
        [(IndexKind::Global, "global", MOST_GLOBAL_INDEXES), (IndexKind::Local, "local", MOST_LOCAL_INDEXES)]
    {
        let count = definition.indexes_of(kind).count();
        if count > most {
            wrong.push(format!("it has {count} {word} secondary indexes, and DynamoDB allows {most}: overload one, so that several entities share it"));
        }
    }
    let included: usize = definition.indexes().iter().map(|index| index.projection.included().len()).sum();
    if included > MOST_INCLUDED {
        wrong.push(format!("its indexes include {included} non-key attributes, and DynamoDB allows {MOST_INCLUDED} in total: include fewer, or let an index hold all attributes"));
    }
    for index in definition.indexes() {
        if !is_name(index.name) {
            wrong.push(format!(
                "{:?} is not an index name: give one of 3 to 255 letters, digits, `_`, `-` and `.`",
                index.name
            ));
        }
        let own = index.projection.included();
        if own.len() > MOST_INCLUDED_IN_ONE {
            wrong.push(format!("the index `{}` includes {} non-key attributes, and DynamoDB allows {MOST_INCLUDED_IN_ONE} in one index (the type attribute and the time to live, which the library includes, count too): include fewer, or let it hold all attributes", index.name, own.len()));
        }
        for name in own.iter().filter(|name| name.len() > LONGEST_NAME) {
            wrong.push(format!("the index `{}` includes `{name}`, and DynamoDB allows {LONGEST_NAME} bytes in the name of an included attribute: rename it with `#[serde(rename = \"..\")]`", index.name));
        }
    }
}
