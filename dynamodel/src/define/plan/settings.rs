//! What only the app says of a table: how it differs, and what is done about it.

use super::{Left, LiveTable, Plan, Scope, Step};
use crate::define::{Aspect, Difference, Encryption, Remedy};

impl Plan {
    /// What the table has otherwise than the definition, as far as this plan goes.
    pub(super) fn differences(&self, live: &LiveTable) -> Vec<Difference> {
        let mut found = self.definition.schema_differences(&live.table, live.expires_by());
        if self.scope == Scope::Settings {
            found.extend(self.definition.settings_differences(&live.table));
            let tags = self.missing_tags(live);
            if !tags.is_empty() {
                let aspect = Aspect::Tags;
                let list = |tags: &[String]| format!("`{}`", tags.join("`, `"));
                let (expected, found_tags) = (list(&tags), "others".to_owned());
                found.push(Difference { aspect, expected, found: found_tags, remedy: Remedy::InPlace });
            }
        }
        found
    }

    /// The tags that the table has not, or with another value.
    pub(super) fn missing_tags(&self, live: &LiveTable) -> Vec<String> {
        let wanted = self.definition.settings().tags.iter();
        wanted.filter(|tag| !live.tags.contains(tag)).map(|(key, _)| key.clone()).collect()
    }

    pub(super) fn not_looked_at(&self) -> Vec<Left> {
        let settings = self.definition.settings();
        let set = [
            ("auto_scaling", settings.auto_scaling.is_some()),
            ("alarms", settings.alarms.is_some()),
            ("point_in_time_recovery", settings.point_in_time_recovery.is_some()),
            ("warm_throughput", settings.warm_throughput.is_some()),
            ("contributor_insights", settings.contributor_insights.is_some()),
            ("replicas", !settings.replicas.is_empty()),
        ];
        let set = set.into_iter().filter(|(_, set)| *set && self.scope == Scope::Settings);
        set.map(|(setting, _)| Left::NotLookedAt(setting)).collect()
    }

    /// Whether the table loses something by the change.
    pub(super) fn takes_away(&self, difference: &Difference) -> bool {
        match difference.aspect {
            Aspect::Stream | Aspect::TimeToLive => difference.found != "none",
            Aspect::DeletionProtection => !self.definition.settings().deletion_protection,
            Aspect::Encryption => self.definition.settings().encryption == Encryption::AwsOwned,
            _ => false,
        }
    }

    /// The steps of one setting.
    pub(super) fn setting(&self, difference: &Difference) -> Vec<Step> {
        let expected = difference.expected.clone();
        match difference.aspect {
            Aspect::Stream => {
                let off = (difference.found != "none").then_some(Step::StreamOff);
                let on = self.definition.settings().stream.map(|_| Step::StreamOn(expected));
                off.into_iter().chain(on).collect()
            }
            Aspect::TimeToLive => {
                let off = self.live.expires_by().map(|attribute| Step::TimeToLiveOff(attribute.to_owned()));
                let on = self.definition.ttl().map(|attribute| Step::TimeToLiveOn(attribute.to_owned()));
                off.into_iter().chain(on).collect()
            }
            Aspect::Encryption => vec![Step::Encryption(expected)],
            Aspect::DeletionProtection => vec![Step::DeletionProtection(expected)],
            Aspect::Tags => vec![Step::Tags(self.missing_tags(&self.live))],
            _ => Vec::new(),
        }
    }
}
