//! Settings: what each may hold, of the table and of a replica.

use super::names::{invalid_table_name, is_name};
use crate::define::definition::options::Encryption;
use crate::define::definition::table::TableDefinition;
use crate::define::document::json;

const MOST_TAGS: usize = 50;
/// DynamoDB's limit on resource policies, in bytes.
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
        wrong.push("`Encryption::Kms` has an empty key: give its id, ARN or alias".to_owned());
    }
    let topic = settings.alarms.as_ref().and_then(|alarms| alarms.topic.as_deref());
    if let Some(topic) = topic.filter(|topic| !topic.starts_with("arn:")) {
        wrong.push(format!(
            "`alarms` has the topic {topic:?}, which is not the ARN of an SNS topic: `arn:aws:sns:REGION:ACCOUNT:NAME`"
        ));
    }
    count_tags("it", settings.tags.len(), wrong);
    tags(&settings.tags, wrong);
    policy("resource_policy", settings.resource_policy.as_deref(), wrong);
}

pub(super) fn recovery(place: &str, days: Option<u32>, wrong: &mut Vec<String>) {
    if let Some(days) = days.filter(|days| !(1..=35).contains(days)) {
        wrong.push(format!("`{place}` is {days} days: DynamoDB takes 1 to 35"));
    }
}

pub(super) fn count_tags(whose: &str, count: usize, wrong: &mut Vec<String>) {
    if count > MOST_TAGS {
        wrong.push(format!("{whose} has {count} tags, and DynamoDB allows {MOST_TAGS}"));
    }
}

pub(super) fn tags(tags: &[(String, String)], wrong: &mut Vec<String>) {
    for (at, (key, value)) in tags.iter().enumerate() {
        if tags.iter().take(at).any(|(earlier, _)| earlier == key) {
            wrong.push(format!("the tag `{key}` is given twice"));
        }
        if key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256 || key.starts_with("aws:") {
            wrong.push(format!("the tag `{key}` is invalid: a key has 1 to 128 characters and does not begin with `aws:`, a value has up to 256"));
        }
    }
}

/// A policy must be a JSON object with statements; only IAM can judge the rest.
pub(super) fn policy(place: &str, text: Option<&str>, wrong: &mut Vec<String>) {
    let Some(text) = text else { return };
    if text.len() > LONGEST_POLICY {
        wrong.push(format!("`{place}` has {} bytes, and DynamoDB allows {LONGEST_POLICY}", text.len()));
    }
    match json::read(text) {
        Ok(map) if map.has("Statement") => {}
        Ok(_) => wrong.push(format!("`{place}` has no `Statement`: give an IAM policy")),
        Err(why) => wrong.push(format!("`{place}` is not a JSON object: {why}")),
    }
}
