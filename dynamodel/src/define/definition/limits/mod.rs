//! DynamoDB's limits on tables. All that a definition breaks are said at once.

mod capacity;
mod replicas;

use super::settings::Encryption;
use super::table::TableDefinition;
use crate::define::document::json;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::IndexKind;

/// The name of a table, in letters.
#[cfg(feature = "embedded")]
const LONGEST_TABLE: usize = 255;
const MOST_GLOBAL: usize = 20;
const MOST_LOCAL: usize = 5;
/// On the attributes of all indexes together, each counted as often as it is included.
const MOST_INCLUDED: usize = 100;
/// On the attributes of one index.
const MOST_INCLUDED_IN_ONE: usize = 20;
/// The name of an attribute that an index includes, in bytes.
const LONGEST_NAME: usize = 255;
const MOST_TAGS: usize = 50;
/// DynamoDB's limit on policies that stand on a table, in bytes.
const LONGEST_POLICY: usize = 20 * 1024;

pub(super) fn all(definition: &TableDefinition) -> Result<()> {
    let mut wrong = Vec::new();
    indexes(definition, &mut wrong);
    capacity::all(definition, &mut wrong);
    capacity::scaling(definition, &mut wrong);
    settings(definition, &mut wrong);
    replicas::all(definition, &mut wrong);
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidDefinition, wrong.join("; ")).in_table(definition.table()))
}

fn indexes(definition: &TableDefinition, wrong: &mut Vec<String>) {
    for (kind, word, most) in [(IndexKind::Global, "global", MOST_GLOBAL), (IndexKind::Local, "local", MOST_LOCAL)] {
        let count = definition.indexes_of(kind).count();
        if count > most {
            wrong.push(format!("it has {count} {word} secondary indexes, and DynamoDB takes {most}: overload one, so that several entities share it"));
        }
    }
    let included: usize = definition.indexes().iter().map(|index| index.holds.included().len()).sum();
    if included > MOST_INCLUDED {
        wrong.push(format!("its indexes hold {included} attributes beside their keys, and DynamoDB takes {MOST_INCLUDED} in all: include fewer, or let an index hold all"));
    }
    for index in definition.indexes() {
        if !is_name(index.name) {
            wrong.push(format!("{:?} is no name of an index: 3 to 255 letters, digits, `_`, `-` and `.`", index.name));
        }
        let own = index.holds.included();
        if own.len() > MOST_INCLUDED_IN_ONE {
            wrong.push(format!("the index `{}` holds {} attributes beside its keys, and DynamoDB takes {MOST_INCLUDED_IN_ONE} in an index (the type attribute and the time to live, which the library includes, count): include fewer, or let it hold all", index.name, own.len()));
        }
        for name in own.iter().filter(|name| name.len() > LONGEST_NAME) {
            wrong.push(format!("the index `{}` includes `{name}`, and DynamoDB takes names of {LONGEST_NAME} bytes there: rename it with `#[serde(rename = \"..\")]`", index.name));
        }
    }
}

fn settings(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    recovery("point_in_time_recovery", settings.point_in_time_recovery, wrong);
    for name in settings.name.iter().chain(&settings.default_name).filter(|name| !is_name(name)) {
        wrong.push(no_table_name(name));
    }
    if let Encryption::Kms(key) = &settings.encryption
        && key.is_empty()
    {
        wrong.push("`Encryption::Kms` names no key: its id, ARN or alias".to_owned());
    }
    let topic = settings.alarms.as_ref().and_then(|alarms| alarms.topic.as_deref());
    if let Some(topic) = topic.filter(|topic| !topic.starts_with("arn:")) {
        wrong.push(format!("`alarms` tell {topic:?}, which is no ARN of a topic: `arn:aws:sns:REGION:ACCOUNT:NAME`"));
    }
    count_tags("it", settings.tags.len(), wrong);
    tags(&settings.tags, wrong);
    policy("resource_policy", settings.resource_policy.as_deref(), wrong);
}

fn recovery(place: &str, days: Option<u32>, wrong: &mut Vec<String>) {
    if let Some(days) = days.filter(|days| !(1..=35).contains(days)) {
        wrong.push(format!("`{place}` of {days} days: DynamoDB takes 1 to 35"));
    }
}

fn count_tags(whose: &str, count: usize, wrong: &mut Vec<String>) {
    if count > MOST_TAGS {
        wrong.push(format!("{whose} has {count} tags, and DynamoDB takes {MOST_TAGS}"));
    }
}

fn tags(tags: &[(String, String)], wrong: &mut Vec<String>) {
    for (at, (key, value)) in tags.iter().enumerate() {
        if tags.iter().take(at).any(|(earlier, _)| earlier == key) {
            wrong.push(format!("two tags are called `{key}`"));
        }
        if key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256 || key.starts_with("aws:") {
            wrong.push(format!("the tag `{key}` is none: a key has 1 to 128 characters and does not begin with `aws:`, a value has up to 256"));
        }
    }
}

/// A policy is a JSON object with statements; the rest is IAM's to judge.
fn policy(place: &str, text: Option<&str>, wrong: &mut Vec<String>) {
    let Some(text) = text else { return };
    if text.len() > LONGEST_POLICY {
        wrong.push(format!("`{place}` has {} bytes, and DynamoDB takes {LONGEST_POLICY}", text.len()));
    }
    match json::read(text) {
        Ok(map) if map.has("Statement") => {}
        Ok(_) => wrong.push(format!("`{place}` has no `Statement`: it is an IAM policy")),
        Err(why) => wrong.push(format!("`{place}` is no JSON object: {why}")),
    }
}

/// DynamoDB's rule for names of tables and indexes.
pub(crate) fn is_name(name: &str) -> bool {
    (3..=255).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

/// The sentence about a name that is none.
pub(crate) fn no_table_name(name: &str) -> String {
    format!("{name:?} is not a table name: give one of 3 to 255 letters, digits, `_`, `-` and `.`")
}

/// A name that DynamoDB takes, after a type's: types have shorter ones, longer ones, and ones with other letters.
#[cfg(feature = "embedded")]
pub(crate) fn table_name(table: &str) -> String {
    let known = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let mut name: String = table.trim_start_matches("r#").chars().map(known).take(LONGEST_TABLE).collect();
    if !is_name(&name) {
        name.push_str("Table");
    }
    name
}

#[cfg(all(test, feature = "embedded"))]
mod tests {
    use super::*;

    #[test]
    fn every_types_name_makes_a_tables_name() {
        for (table, name) in
            [("Shop", "Shop"), ("Db", "DbTable"), ("T", "TTable"), ("r#Gen", "Gen"), ("Bücher", "B-cher")]
        {
            assert_eq!(table_name(table), name);
        }
        for table in ["", "語", "語彙", &"T".repeat(300)] {
            assert!(is_name(&table_name(table)), "{table}");
        }
    }
}
