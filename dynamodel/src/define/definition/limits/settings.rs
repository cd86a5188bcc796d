//! Settings: what each may hold, of the table and of a replica.

use super::names::{invalid_table_name, is_name};
use crate::define::definition::options::Encryption;
use crate::define::definition::table::TableDefinition;
use crate::define::document::json;

const MOST_TAGS: usize = 50;
/// DynamoDB's limit on policies that stand on a table, in bytes.
const LONGEST_POLICY: usize = 20 * 1024;

pub(super) fn all(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    recovery("point_in_time_recovery", settings.point_in_time_recovery, wrong);
    for name in settings.name.iter().chain(&settings.default_name).filter(|name| !is_name(name)) {
        wrong.push(invalid_table_name(name));
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

pub(super) fn recovery(place: &str, days: Option<u32>, wrong: &mut Vec<String>) {
    if let Some(days) = days.filter(|days| !(1..=35).contains(days)) {
        wrong.push(format!("`{place}` of {days} days: DynamoDB takes 1 to 35"));
    }
}

pub(super) fn count_tags(whose: &str, count: usize, wrong: &mut Vec<String>) {
    if count > MOST_TAGS {
        wrong.push(format!("{whose} has {count} tags, and DynamoDB takes {MOST_TAGS}"));
    }
}

pub(super) fn tags(tags: &[(String, String)], wrong: &mut Vec<String>) {
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
pub(super) fn policy(place: &str, text: Option<&str>, wrong: &mut Vec<String>) {
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
