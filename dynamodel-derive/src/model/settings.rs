//! What `settings(..)` on a table was told: how it is paid for, watched and kept.

use crate::attr::{Entries, Entry, Value, setting};
use crate::diagnostics::Diagnostics;
use crate::suggest::{did_you_mean, list};
use syn::{Ident, LitInt, LitStr, Path};

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

pub(crate) const ON_DEMAND: &str = "OnDemand";
pub(crate) const PROVISIONED: &str = "Provisioned";
const BILLINGS: &[(&str, &str)] = &[("on_demand", ON_DEMAND), ("provisioned", PROVISIONED)];
const OWNERS: &[(&str, &str)] = &[("aws_owned", "AwsOwned"), ("aws_managed", "AwsManaged")];
const STREAMS: &[(&str, &str)] = &[
    ("new_image", "NewImage"),
    ("old_image", "OldImage"),
    ("new_and_old_images", "NewAndOldImages"),
    ("keys_only", "KeysOnly"),
];
const CLASSES: &[(&str, &str)] =
    &[("standard", "Standard"), ("standard_infrequent_access", "StandardInfrequentAccess")];
const INSIGHTS: &[(&str, &str)] =
    &[("accessed_and_throttled_keys", "AccessedAndThrottledKeys"), ("throttled_keys", "ThrottledKeys")];
const REMOVALS: &[(&str, &str)] = &[("retain", "Retain"), ("delete", "Delete")];

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

/// One of the words.
fn choice(entry: &Entry, words: &'static [(&str, &str)], diagnostics: &mut Diagnostics) -> Option<Choice> {
    let key = entry.key();
    let known = || words.iter().map(|(word, _)| *word);
    let Value::Path(path) = &entry.value else {
        let example = known().next().unwrap_or_default();
        diagnostics.at(&entry.name, format!("`{key}` is one of {}: write `{key} = {example}`", list(known())));
        return None;
    };
    chosen(&key, path, words, diagnostics)
}

fn chosen(key: &str, path: &Path, words: &'static [(&str, &str)], diagnostics: &mut Diagnostics) -> Option<Choice> {
    let given = path.get_ident().map(ToString::to_string).unwrap_or_default();
    let found = words.iter().find(|(word, _)| *word == given);
    if found.is_none() {
        let known = || words.iter().map(|(word, _)| *word);
        let hint = did_you_mean(&given, known());
        diagnostics.at(path, format!("`{key}` is one of {}{hint}", list(known())));
    }
    found.map(|(_, variant)| Choice { token: path.clone(), variant })
}

fn number(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Number> {
    let token = entry.number(diagnostics)?;
    let value = diagnostics.ok(token.base10_parse())?;
    Some(Number { token, value })
}

/// `name(read = 10, write = 5)`.
fn units(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Units> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let units = pair(&entry.name, &mut entries, diagnostics);
    entries.finish(&[setting::READ, setting::WRITE], diagnostics);
    units
}

/// Both numbers, or the mistake that one is missing.
fn pair(place: &Path, entries: &mut Entries, diagnostics: &mut Diagnostics) -> Option<Units> {
    let mut take = |key| {
        let entry = entries.take(key, diagnostics);
        if entry.is_none() {
            let name = place.get_ident().map(ToString::to_string).unwrap_or_default();
            diagnostics.at(place, format!("`{name}` needs both its numbers: add `{key} = ..`"));
        }
        number(&entry?, diagnostics)
    };
    let [read, write] = [take(setting::READ), take(setting::WRITE)];
    Some(Units { read: read?, write: write? })
}

/// `billing = on_demand`, `billing(on_demand, read = .., write = ..)`, `billing(provisioned, read = .., write = ..)`.
fn billing(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Billing> {
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
fn index(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<IndexSettings> {
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

fn auto_scaling(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<AutoScaling> {
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
fn alarms(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Alarms> {
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
fn encryption(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Encryption> {
    if !matches!(entry.value, Value::List(_)) {
        return choice(entry, OWNERS, diagnostics).map(Encryption::Owner);
    }
    let mut entries = Entries::inside(entry, diagnostics)?;
    let key = entries.take(setting::KMS, diagnostics);
    entries.finish(&[setting::KMS], diagnostics);
    if key.is_none() {
        diagnostics.at(&entry.name, "`encryption(..)` names a key: write `encryption(kms = \"alias/..\")`");
    }
    key?.text(diagnostics).map(Encryption::Kms)
}

/// `tag(key = "team", value = "checkout")`.
fn tag(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Tag> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let says_both = [setting::KEY, setting::VALUE].iter().all(|name| entries.may_have(name));
    let [key, value] = [setting::KEY, setting::VALUE].map(|name| entries.take(name, diagnostics)?.text(diagnostics));
    entries.finish(&[setting::KEY, setting::VALUE], diagnostics);
    if !says_both {
        diagnostics.at(&entry.name, "a tag has a key and a value: write `tag(key = \"..\", value = \"..\")`");
    }
    Some(Tag { key: key?, value: value? })
}
