//! DynamoDB's limits on tables. All that a definition breaks are said at once.

use super::{Billing, StreamView, TableDefinition, Throughput};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::IndexKind;

const MOST_GLOBAL: usize = 20;
const MOST_LOCAL: usize = 5;
/// On the attributes of all indexes together, each counted as often as it is included.
const MOST_INCLUDED: usize = 100;
const MOST_TAGS: usize = 50;

pub(super) fn all(definition: &TableDefinition) -> Result<()> {
    let mut wrong = Vec::new();
    indexes(definition, &mut wrong);
    capacity(definition, &mut wrong);
    scaling(definition, &mut wrong);
    settings(definition, &mut wrong);
    replicas(definition, &mut wrong);
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
}

fn capacity(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    let mut asked = vec![("billing".to_owned(), settings.billing.throughput())];
    asked.push(("warm_throughput".to_owned(), settings.warm_throughput));
    for (index, throughput) in &settings.index_throughput {
        asked.push((format!("index_throughput of `{index}`"), Some(*throughput)));
        if !definition.indexes_of(IndexKind::Global).any(|known| known.name == index) {
            wrong.push(format!("`index_throughput` names `{index}`, which is no global index of the table"));
        }
    }
    if settings.billing == Billing::OnDemand && !settings.index_throughput.is_empty() {
        wrong.push(
            "`index_throughput` needs a billing with a throughput: `Billing::OnDemandUpTo` or `Billing::Provisioned`"
                .to_owned(),
        );
    }
    for (place, throughput) in asked {
        if let Some(Throughput { read, write }) = throughput
            && (read == 0 || write == 0)
        {
            wrong.push(format!("`{place}` of 0 units: DynamoDB takes 1 and more"));
        }
    }
}

fn scaling(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    if let Some(percent) = settings.alarms.as_ref().map(|alarms| alarms.capacity_percent)
        && !(1..=100).contains(&percent)
    {
        wrong.push(format!("`alarms` at {percent} percent of the capacity: 1 to 100"));
    }
    let Some(scaling) = settings.auto_scaling else { return };
    let Billing::Provisioned(least) = settings.billing else {
        wrong.push("`auto_scaling` needs `Billing::Provisioned`".to_owned());
        return;
    };
    if !(20..=90).contains(&scaling.target_percent) {
        wrong.push(format!("`auto_scaling` to {} percent in use: DynamoDB takes 20 to 90", scaling.target_percent));
    }
    let of_indexes = settings.index_throughput.iter().map(|(_, throughput)| *throughput);
    for least in std::iter::once(least).chain(of_indexes) {
        if least.read > scaling.up_to.read || least.write > scaling.up_to.write {
            wrong.push("`auto_scaling` goes up to less than what is provisioned".to_owned());
        }
    }
}

fn settings(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    if let Some(days) = settings.point_in_time_recovery.filter(|days| !(1..=35).contains(days)) {
        wrong.push(format!("`point_in_time_recovery` of {days} days: DynamoDB takes 1 to 35"));
    }
    if let Some(name) = settings.name.as_deref().filter(|name| !is_name(name)) {
        wrong.push(format!("{name:?} is no table name: 3 to 255 letters, digits, `_`, `-` and `.`"));
    }
    if settings.tags.len() > MOST_TAGS {
        wrong.push(format!("it has {} tags, and DynamoDB takes {MOST_TAGS}", settings.tags.len()));
    }
    for (at, (key, value)) in settings.tags.iter().enumerate() {
        if settings.tags.iter().take(at).any(|(earlier, _)| earlier == key) {
            wrong.push(format!("two tags are called `{key}`"));
        }
        if key.is_empty() || key.chars().count() > 128 || value.chars().count() > 256 || key.starts_with("aws:") {
            wrong.push(format!("the tag `{key}` is none: a key has 1 to 128 characters and does not begin with `aws:`, a value has up to 256"));
        }
    }
}

fn replicas(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    for (at, region) in settings.replicas.iter().enumerate() {
        if settings.replicas.iter().take(at).any(|earlier| earlier == region) {
            wrong.push(format!("two `replicas` are in `{region}`"));
        }
    }
    if settings.replicas.is_empty() {
        return;
    }
    if matches!(settings.billing, Billing::Provisioned(_)) {
        wrong.push("a table with `replicas` is on demand: this library writes no provisioned global table".to_owned());
    }
    if settings.stream.is_some_and(|view| view != StreamView::NewAndOldImages) {
        wrong.push("the stream of a table with `replicas` holds new and old images".to_owned());
    }
}

/// DynamoDB's rule for names of tables.
fn is_name(name: &str) -> bool {
    (3..=255).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}
