//! What a table's settings cannot be: DynamoDB's limits, and settings that exclude each other.

use crate::diagnostics::Diagnostics;
use crate::model::{Encryption, Number, PROVISIONED, Settings, Table, Units};
use crate::suggest::{did_you_mean, list};
use std::ops::RangeInclusive;
use syn::LitStr;

/// The read and write units that a table on demand has from its first second.
const ON_DEMAND: [u32; 2] = [12_000, 4_000];

/// Checks what a table says in `settings(..)`.
pub(crate) fn settings(table: &Table, diagnostics: &mut Diagnostics) {
    let settings = &table.settings;
    names(settings, diagnostics);
    capacity(settings, diagnostics);
    indexes(table, diagnostics);
    auto_scaling(settings, diagnostics);
    if let Some(days) = &settings.recovery {
        within(days, 1..=35, "`point_in_time_recovery` goes back 1 to 35 days", diagnostics);
    }
    if let Some(percent) = settings.alarms.as_ref().and_then(|alarms| alarms.capacity_percent.as_ref()) {
        within(percent, 1..=100, "`capacity_percent` is 1 to 100", diagnostics);
    }
    let topic = settings.alarms.as_ref().and_then(|alarms| alarms.topic.as_ref());
    if let Some(topic) = topic.filter(|topic| !topic.value().starts_with("arn:")) {
        let remedy = "write `topic = \"arn:aws:sns:REGION:ACCOUNT:NAME\"`";
        diagnostics.at(topic, format!("`{}` is not an ARN of a topic: {remedy}", topic.value()));
    }
    encryption(settings, diagnostics);
    tags(settings, diagnostics);
    replicas(settings, diagnostics);
}

fn within(number: &Number, range: RangeInclusive<u32>, rule: &str, diagnostics: &mut Diagnostics) {
    if !range.contains(&number.value) {
        diagnostics.at(&number.token, format!("{rule}, and here stand {}", number.value));
    }
}

fn names(settings: &Settings, diagnostics: &mut Diagnostics) {
    for name in settings.name.iter().chain(&settings.default_name) {
        let text = name.value();
        let known = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        if !(3..=255).contains(&text.len()) || !text.chars().all(known) {
            diagnostics.at(name, "DynamoDB's names of tables have 3 to 255 letters, digits, `_`, `-` and `.`");
        }
    }
    if let (Some(_), Some(second)) = (&settings.name, &settings.default_name) {
        diagnostics.at(second, "a `name` that is fixed leaves no `default_name`: keep one of the two");
    }
}

fn capacity(settings: &Settings, diagnostics: &mut Diagnostics) {
    let billing = settings.billing.as_ref();
    let of_indexes = settings.indexes.iter().flat_map(|index| index.throughput.iter().chain(&index.warm_throughput));
    let all = billing.and_then(|billing| billing.units.as_ref()).into_iter();
    for Units { read, write } in all.chain(of_indexes) {
        for number in [read, write] {
            within(number, 1..=u32::MAX, "DynamoDB takes 1 unit and more", diagnostics);
        }
    }
    if let Some(warm) = &settings.warm_throughput {
        warm_throughput(settings, warm, diagnostics);
    }
    if let Some(billing) = billing.filter(|billing| billing.mode.variant == PROVISIONED && billing.units.is_none()) {
        let remedy = "write `billing(provisioned, read = .., write = ..)`";
        diagnostics.at(&billing.mode.token, format!("what is provisioned has a number: {remedy}"));
    }
}

/// CreateTable takes none below what the table has anyway.
fn warm_throughput(settings: &Settings, warm: &Units, diagnostics: &mut Diagnostics) {
    let billing = settings.billing.as_ref().filter(|billing| billing.mode.variant == PROVISIONED);
    let ([read, write], what) = match billing {
        Some(billing) => {
            let units = billing.units.as_ref();
            (units.map_or([1, 1], |units| [units.read.value, units.write.value]), "what is provisioned")
        }
        None => (ON_DEMAND, "what a table on demand has from the start"),
    };
    let rule = format!("`warm_throughput` is no less than {what}, {read} read and {write} write units");
    for (number, least) in [(&warm.read, read), (&warm.write, write)] {
        within(number, least.max(1)..=u32::MAX, &rule, diagnostics);
    }
}

/// Settings of indexes are of the table's own, and of global ones.
fn indexes(table: &Table, diagnostics: &mut Diagnostics) {
    let settings = &table.settings;
    let limited = settings.billing.as_ref().is_some_and(|billing| billing.units.is_some());
    for (at, index) in settings.indexes.iter().enumerate() {
        let marker = &index.marker;
        let known = table.indexes.iter().find(|known| known.marker == *marker);
        match known {
            None => {
                let names: Vec<_> = table.indexes.iter().map(|known| known.marker.to_string()).collect();
                let hint = did_you_mean(&marker.to_string(), names.iter().map(String::as_str));
                let known = list(names.iter().map(String::as_str));
                diagnostics.at(marker, format!("`{marker}` is not an index of the table{hint} (indexes: {known})"));
            }
            Some(known) if known.local => {
                diagnostics.at(
                    marker,
                    format!("`{marker}` is a local index, and lives on its table's throughput: take it off"),
                );
            }
            Some(_) => {}
        }
        if settings.indexes.iter().take(at).any(|earlier| earlier.marker == *marker) {
            diagnostics.at(marker, format!("`index({marker}, ..)` is said twice: keep one of the two"));
        }
        if index.throughput.is_some() && !limited {
            let remedy =
                "say `billing(provisioned, read = .., write = ..)` or `billing(on_demand, read = .., write = ..)`";
            diagnostics.at(marker, format!("an index has a throughput where its table has one: {remedy}"));
        }
    }
}

fn auto_scaling(settings: &Settings, diagnostics: &mut Diagnostics) {
    let Some(scaling) = &settings.auto_scaling else { return };
    within(&scaling.target_percent, 20..=90, "DynamoDB keeps 20 to 90 percent in use", diagnostics);
    let provisioned = settings.billing.as_ref().filter(|billing| billing.mode.variant == PROVISIONED);
    let Some(provisioned) = provisioned else {
        diagnostics.at(
            &scaling.token,
            "`auto_scaling` scales what is provisioned: add `billing(provisioned, read = .., write = ..)`",
        );
        return;
    };
    let of_indexes = settings.indexes.iter().filter_map(|index| index.throughput.as_ref());
    for least in provisioned.units.iter().chain(of_indexes) {
        let pairs = [(&least.read, &scaling.up_to.read), (&least.write, &scaling.up_to.write)];
        for (least, most) in pairs.into_iter().filter(|(least, most)| least.value > most.value) {
            let message = format!("`auto_scaling` goes up to {}, and {} are provisioned", most.value, least.value);
            diagnostics.at(&most.token, message);
        }
    }
}

fn encryption(settings: &Settings, diagnostics: &mut Diagnostics) {
    let Some(Encryption::Kms(key)) = &settings.encryption else { return };
    let name = key.value();
    if name.is_empty() {
        diagnostics.at(key, "`kms` names no key: write its id, ARN or alias");
    }
    // A multi-region key has one id in all regions, but an ARN in each.
    let Some(region) = name.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(2)) else { return };
    if let Some(other) = settings.replicas.iter().find(|other| other.value() != region) {
        let message = format!(
            "this key is in {region}, and a replica in {}: name an alias, which can be there in each region",
            other.value()
        );
        diagnostics.at(key, message);
    }
}

fn tags(settings: &Settings, diagnostics: &mut Diagnostics) {
    for (at, tag) in settings.tags.iter().enumerate() {
        let (key, value) = (tag.key.value(), tag.value.value());
        if settings.tags.iter().take(at).any(|earlier| earlier.key.value() == key) {
            diagnostics.at(&tag.key, format!("the tag `{key}` is said twice: keep one of the two"));
        }
        if !(1..=128).contains(&key.chars().count()) || key.starts_with("aws:") {
            diagnostics.at(&tag.key, "a tag's key has 1 to 128 characters, and does not begin with `aws:`");
        }
        if value.chars().count() > 256 {
            diagnostics.at(&tag.value, "a tag's value has up to 256 characters");
        }
    }
    if let Some(tag) = settings.tags.get(50) {
        diagnostics.at(&tag.key, "a table has up to 50 tags");
    }
}

fn replicas(settings: &Settings, diagnostics: &mut Diagnostics) {
    let replicas = &settings.replicas;
    for (at, region) in replicas.iter().enumerate() {
        if replicas.iter().take(at).any(|earlier: &LitStr| earlier.value() == region.value()) {
            diagnostics.at(region, format!("`{}` is said twice: a region has one replica", region.value()));
        }
    }
    for region in replicas {
        let name = region.value();
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            diagnostics.at(region, format!("{name:?} is not a region: write it as in `us-east-1`"));
        }
    }
    if replicas.is_empty() {
        return;
    }
    if settings.auto_scaling.is_none()
        && let Some(billing) = settings.billing.as_ref().filter(|billing| billing.mode.variant == PROVISIONED)
    {
        let message = "what is provisioned of a table with `replicas` scales by itself: add `auto_scaling(read = .., write = .., target_percent = ..)`, or say `on_demand`";
        diagnostics.at(&billing.mode.token, message);
    }
    if let Some(stream) = settings.stream.as_ref().filter(|stream| stream.variant != "NewAndOldImages") {
        diagnostics.at(&stream.token, "the stream of a table with `replicas` holds `new_and_old_images`");
    }
}
