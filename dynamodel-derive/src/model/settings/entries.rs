//! The settings that have entries of their own.

use super::values::{BILLINGS, OWNERS, choice, chosen, number, pair, units};
use super::{Alarms, AutoScaling, Billing, Encryption, IndexSettings, Tag};
use crate::attr::{Entries, Entry, Value, setting};
use crate::diagnostics::Diagnostics;

/// `billing = on_demand`, `billing(on_demand, read = .., write = ..)`, `billing(provisioned, read = .., write = ..)`.
pub(super) fn billing(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Billing> {
    if !matches!(entry.value, Value::List(_)) {
        let mode = choice(entry, BILLINGS, diagnostics)?;
        return Some(Billing { mode, units: None });
    }
    let mut entries = Entries::inside(entry, diagnostics)?;
    let Some(mode) = entries.take_first(|entry| matches!(entry.value, Value::Flag)) else {
        diagnostics.at(&entry.name, "`billing` says first how: write `billing(provisioned, read = .., write = ..)`");
        return None;
    };
    let units = pair(&entry.name, &mut entries, diagnostics);
    entries.finish(&[setting::READ, setting::WRITE], diagnostics);
    Some(Billing { mode: chosen(setting::BILLING, &mode.name, BILLINGS, diagnostics)?, units: Some(units?) })
}

/// `index(Gsi1, throughput(..), warm_throughput(..))`.
pub(super) fn index(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<IndexSettings> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let marker = entries.take_first(|entry| matches!(entry.value, Value::Flag) && entry.name.get_ident().is_some());
    let Some(marker) = marker.and_then(|entry| entry.name.get_ident().cloned()) else {
        let example = "index(Gsi1, throughput(read = 10, write = 5))";
        diagnostics.at(&entry.name, format!("`index` names an index of the table first: write `{example}`"));
        return None;
    };
    let [throughput, warm_throughput] = [setting::THROUGHPUT, setting::WARM_THROUGHPUT]
        .map(|key| entries.take(key, diagnostics).and_then(|entry| units(&entry, diagnostics)));
    entries.finish(&[setting::THROUGHPUT, setting::WARM_THROUGHPUT], diagnostics);
    Some(IndexSettings { marker, throughput, warm_throughput })
}

pub(super) fn auto_scaling(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<AutoScaling> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let up_to = pair(&entry.name, &mut entries, diagnostics);
    let target = entries.take(setting::TARGET_PERCENT, diagnostics);
    entries.finish(&[setting::READ, setting::WRITE, setting::TARGET_PERCENT], diagnostics);
    if target.is_none() {
        diagnostics.at(&entry.name, "`auto_scaling` says how much is to be in use: add `target_percent = 70`");
    }
    let target_percent = number(&target?, diagnostics)?;
    Some(AutoScaling { token: entry.name.clone(), up_to: up_to?, target_percent })
}

/// `alarms`, or `alarms(topic = "arn:..", capacity_percent = 80)`.
pub(super) fn alarms(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Alarms> {
    if matches!(entry.value, Value::Flag) {
        return Some(Alarms { topic: None, capacity_percent: None });
    }
    let mut entries = Entries::inside(entry, diagnostics)?;
    let topic = entries.take(setting::TOPIC, diagnostics).and_then(|entry| entry.text(diagnostics));
    let percent = entries.take(setting::CAPACITY_PERCENT, diagnostics).and_then(|entry| number(&entry, diagnostics));
    entries.finish(&[setting::TOPIC, setting::CAPACITY_PERCENT], diagnostics);
    Some(Alarms { topic, capacity_percent: percent })
}

/// `encryption = aws_managed`, or `encryption(kms = "alias/shop")`.
pub(super) fn encryption(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Encryption> {
    if !matches!(entry.value, Value::List(_)) {
        return choice(entry, OWNERS, diagnostics).map(Encryption::Owner);
    }
    let mut entries = Entries::inside(entry, diagnostics)?;
    let key = entries.take(setting::KMS, diagnostics);
    // One of another name is reported as such.
    let is_empty = entries.iter().next().is_none();
    entries.finish(&[setting::KMS], diagnostics);
    if key.is_none() && is_empty {
        diagnostics.at(&entry.name, "`encryption(..)` names a key: write `encryption(kms = \"alias/..\")`");
    }
    key?.text(diagnostics).map(Encryption::Kms)
}

/// `tag(key = "team", value = "checkout")`.
pub(super) fn tag(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Tag> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let says_both = [setting::KEY, setting::VALUE].iter().all(|name| entries.may_have(name));
    let [key, value] = [setting::KEY, setting::VALUE].map(|name| entries.take(name, diagnostics)?.text(diagnostics));
    entries.finish(&[setting::KEY, setting::VALUE], diagnostics);
    if !says_both {
        diagnostics.at(&entry.name, "a tag has a key and a value: write `tag(key = \"..\", value = \"..\")`");
    }
    Some(Tag { key: key?, value: value? })
}
