//! What only the app says of a table: how it differs, and what is done about it.

use super::{Left, LiveTable, Plan, Scope, Step};
use crate::define::{Aspect, Difference, Encryption};

impl Plan {
    /// What the table has otherwise than the definition, as far as this plan goes.
    pub(super) fn differences(&self, live: &LiveTable) -> Vec<Difference> {
        match self.scope {
            Scope::Schema => self.definition.schema_differences(&live.table, live.expires_by()),
            Scope::Settings => self.definition.differences(live),
        }
    }

    pub(super) fn not_looked_at(&self) -> Vec<Left> {
        let settings = self.definition.settings();
        let set = [("auto_scaling", settings.auto_scaling.is_some()), ("alarms", settings.alarms.is_some())];
        let set = set.into_iter().filter(|(_, set)| *set && self.scope == Scope::Settings);
        set.map(|(setting, _)| Left::NotLookedAt(setting)).collect()
    }

    /// Whether the table loses something by the change.
    pub(super) fn takes_away(&self, difference: &Difference) -> bool {
        match difference.aspect {
            Aspect::Stream | Aspect::TimeToLive => difference.found != "none",
            Aspect::DeletionProtection => !self.definition.settings().deletion_protection,
            Aspect::Encryption => self.definition.settings().encryption == Encryption::AwsOwned,
            Aspect::PointInTimeRecovery => {
                self.live.beside.recovery > self.definition.settings().point_in_time_recovery
            }
            Aspect::ResourcePolicy => self.live.beside.policy.is_some(),
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
            Aspect::Tags => vec![Step::Tags(self.definition.missing_tags(&self.live.beside))],
            Aspect::PointInTimeRecovery => vec![Step::PointInTimeRecovery(expected)],
            Aspect::ContributorInsights => vec![Step::ContributorInsights(expected)],
            Aspect::ResourcePolicy => vec![Step::ResourcePolicy],
            Aspect::WarmThroughput => vec![Step::WarmThroughput(expected)],
            _ => Vec::new(),
        }
    }
}
