//! What `settings(..)` on a table says: how it is paid for, watched and kept.

mod entries;
mod values;

pub(crate) use values::PROVISIONED;

use crate::attr::{Entries, Entry, Value, setting};
use crate::diagnostics::Diagnostics;
use entries::{alarms, auto_scaling, billing, encryption, index, tag};
use syn::{Ident, LitInt, LitStr, Path};
use values::{CLASSES, INSIGHTS, REMOVALS, STREAMS, choice, number, units};

/// Everything that `settings(..)` says, with the tokens that said it.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) name: Option<LitStr>,
    pub(crate) default_name: Option<LitStr>,
    pub(crate) billing: Option<Billing>,
    pub(crate) indexes: Vec<IndexSettings>,
    pub(crate) auto_scaling: Option<AutoScaling>,
    pub(crate) alarms: Option<Alarms>,
    pub(crate) stream: Option<Choice>,
    pub(crate) encryption: Option<Encryption>,
    pub(crate) recovery: Option<Number>,
    pub(crate) deletion_protection: Option<Path>,
    pub(crate) class: Option<Choice>,
    pub(crate) warm_throughput: Option<Units>,
    pub(crate) insights: Option<Choice>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) replicas: Vec<LitStr>,
    pub(crate) removal: Option<Choice>,
}

/// A whole number as it was written.
#[derive(Clone)]
pub(crate) struct Number {
    pub(crate) token: LitInt,
    pub(crate) value: u32,
}

/// Units to read and to write.
#[derive(Clone)]
pub(crate) struct Units {
    pub(crate) read: Number,
    pub(crate) write: Number,
}

/// One word of several, and the variant that stands for it.
#[derive(Clone)]
pub(crate) struct Choice {
    pub(crate) token: Path,
    pub(crate) variant: &'static str,
}

/// How the table is paid for.
#[derive(Clone)]
pub(crate) struct Billing {
    pub(crate) mode: Choice,
    pub(crate) units: Option<Units>,
}

/// What is said of one index.
#[derive(Clone)]
pub(crate) struct IndexSettings {
    pub(crate) marker: Ident,
    pub(crate) throughput: Option<Units>,
    pub(crate) warm_throughput: Option<Units>,
}

#[derive(Clone)]
pub(crate) struct AutoScaling {
    pub(crate) token: Path,
    pub(crate) up_to: Units,
    pub(crate) target_percent: Number,
}

#[derive(Clone)]
pub(crate) struct Alarms {
    pub(crate) topic: Option<LitStr>,
    pub(crate) capacity_percent: Option<Number>,
}

#[derive(Clone)]
pub(crate) enum Encryption {
    Owner(Choice),
    Kms(LitStr),
}

#[derive(Clone)]
pub(crate) struct Tag {
    pub(crate) key: LitStr,
    pub(crate) value: LitStr,
}

const VALID: &[&str] = &[
    setting::NAME,
    setting::DEFAULT_NAME,
    setting::BILLING,
    setting::INDEX,
    setting::AUTO_SCALING,
    setting::ALARMS,
    setting::STREAM,
    setting::ENCRYPTION,
    setting::POINT_IN_TIME_RECOVERY,
    setting::DELETION_PROTECTION,
    setting::CLASS,
    setting::WARM_THROUGHPUT,
    setting::CONTRIBUTOR_INSIGHTS,
    setting::TAG,
    setting::REPLICAS,
    setting::REMOVAL,
];

/// Reads `settings(..)`.
pub(super) fn settings(entry: &Entry, diagnostics: &mut Diagnostics) -> Settings {
    let Some(mut entries) = Entries::inside(entry, diagnostics) else { return Settings::default() };
    let mut text = |key| entries.take(key, diagnostics)?.text(diagnostics);
    let [name, default_name] = [text(setting::NAME), text(setting::DEFAULT_NAME)];
    let mut word = |key, words| choice(&entries.take(key, diagnostics)?, words, diagnostics);
    let stream = word(setting::STREAM, STREAMS);
    let class = word(setting::CLASS, CLASSES);
    let insights = word(setting::CONTRIBUTOR_INSIGHTS, INSIGHTS);
    let removal = word(setting::REMOVAL, REMOVALS);
    let mut take = |key| entries.take(key, diagnostics);
    let [scaled, warned, paid, encrypted] =
        [setting::AUTO_SCALING, setting::ALARMS, setting::BILLING, setting::ENCRYPTION].map(&mut take);
    let [recovered, protected, warm, copied] =
        [setting::POINT_IN_TIME_RECOVERY, setting::DELETION_PROTECTION, setting::WARM_THROUGHPUT, setting::REPLICAS]
            .map(&mut take);
    let indexes = entries.take_all(setting::INDEX);
    let tags = entries.take_all(setting::TAG);
    entries.finish(VALID, diagnostics);
    if let Some(entry) = &protected
        && !matches!(entry.value, Value::Flag)
    {
        diagnostics.at(&entry.name, "`deletion_protection` stands by itself: take off what follows it");
    }
    Settings {
        name,
        default_name,
        billing: paid.and_then(|entry| billing(&entry, diagnostics)),
        indexes: indexes.iter().filter_map(|entry| index(entry, diagnostics)).collect(),
        auto_scaling: scaled.and_then(|entry| auto_scaling(&entry, diagnostics)),
        alarms: warned.and_then(|entry| alarms(&entry, diagnostics)),
        stream,
        encryption: encrypted.and_then(|entry| encryption(&entry, diagnostics)),
        recovery: recovered.and_then(|entry| number(&entry, diagnostics)),
        deletion_protection: protected.map(|entry| entry.name),
        class,
        warm_throughput: warm.and_then(|entry| units(&entry, diagnostics)),
        insights,
        tags: tags.iter().filter_map(|entry| tag(entry, diagnostics)).collect(),
        replicas: copied.map(|entry| entry.texts(diagnostics)).unwrap_or_default(),
        removal,
    }
}
