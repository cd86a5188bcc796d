//! The values of settings: words, numbers, and pairs of numbers.

use super::{Choice, Number, Units};
use crate::attr::{Entries, Entry, Value, setting};
use crate::diagnostics::Diagnostics;
use crate::suggest::{did_you_mean, list};
use syn::Path;

const ON_DEMAND: &str = "OnDemand";
pub(crate) const PROVISIONED: &str = "Provisioned";
pub(super) const BILLINGS: &[(&str, &str)] = &[("on_demand", ON_DEMAND), ("provisioned", PROVISIONED)];
pub(super) const OWNERS: &[(&str, &str)] = &[("aws_owned", "AwsOwned"), ("aws_managed", "AwsManaged")];
pub(super) const STREAMS: &[(&str, &str)] = &[
    ("new_image", "NewImage"),
    ("old_image", "OldImage"),
    ("new_and_old_images", "NewAndOldImages"),
    ("keys_only", "KeysOnly"),
];
pub(super) const CLASSES: &[(&str, &str)] =
    &[("standard", "Standard"), ("standard_infrequent_access", "StandardInfrequentAccess")];
pub(super) const INSIGHTS: &[(&str, &str)] =
    &[("accessed_and_throttled_keys", "AccessedAndThrottledKeys"), ("throttled_keys", "ThrottledKeys")];
pub(super) const REMOVALS: &[(&str, &str)] = &[("retain", "Retain"), ("delete", "Delete")];

/// One of the words.
pub(super) fn choice(entry: &Entry, words: &'static [(&str, &str)], diagnostics: &mut Diagnostics) -> Option<Choice> {
    let key = entry.key();
    let known = || words.iter().map(|(word, _)| *word);
    let Value::Path(path) = &entry.value else {
        let example = known().next().unwrap_or_default();
        diagnostics.at(&entry.name, format!("`{key}` is one of {}: write `{key} = {example}`", list(known())));
        return None;
    };
    chosen(&key, path, words, diagnostics)
}

pub(super) fn chosen(
    key: &str,
    path: &Path,
    words: &'static [(&str, &str)],
    diagnostics: &mut Diagnostics,
) -> Option<Choice> {
    let given = path.get_ident().map(ToString::to_string).unwrap_or_default();
    let found = words.iter().find(|(word, _)| *word == given);
    if found.is_none() {
        let known = || words.iter().map(|(word, _)| *word);
        let hint = did_you_mean(&given, known());
        diagnostics.at(path, format!("`{key}` is one of {}{hint}", list(known())));
    }
    found.map(|(_, variant)| Choice { token: path.clone(), variant })
}

pub(super) fn number(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Number> {
    let token = entry.number(diagnostics)?;
    let value = diagnostics.ok(token.base10_parse())?;
    Some(Number { token, value })
}

/// `name(read = 10, write = 5)`.
pub(super) fn units(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Units> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let units = pair(&entry.name, &mut entries, diagnostics);
    entries.finish(&[setting::READ, setting::WRITE], diagnostics);
    units
}

/// Both numbers, or the mistake that one is missing.
pub(super) fn pair(place: &Path, entries: &mut Entries, diagnostics: &mut Diagnostics) -> Option<Units> {
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
