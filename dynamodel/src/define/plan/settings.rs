//! The app's settings: how the table differs, and the steps that change it.

use super::step::Step;
use super::table_plan::{Plan, Scope};
use super::unchanged::Unchanged;
use super::warm_throughput::text;
use crate::define::definition::Encryption;
use crate::define::diff::{Aspect, Difference, LiveTable};

impl Plan {
    /// The differences that this plan looks at.
    pub(super) fn differences(&self, live: &LiveTable) -> Vec<Difference> {
        match self.scope {
            Scope::Schema => self.definition.schema_differences(&live.table, live.expires_by()),
            Scope::Settings => self.definition.differences(live),
        }
    }

    pub(super) fn not_compared(&self) -> Vec<Unchanged> {
        let settings = self.definition.settings();
        let set = [("auto_scaling", settings.auto_scaling.is_some()), ("alarms", settings.alarms.is_some())];
        let set = set.into_iter().filter(|(_, set)| *set && self.scope == Scope::Settings);
        set.map(|(setting, _)| Unchanged::NotCompared(setting)).collect()
    }

    /// Whether the change would also change other replicas, which are to stay different, or is refused with replicas.
    pub(super) fn is_of_all_replicas(&self, aspect: &Aspect) -> bool {
        let replicas = &self.definition.settings().replicas;
        match aspect {
            Aspect::Class => replicas.iter().any(|own| own.class.is_some()),
            Aspect::Throughput | Aspect::IndexThroughput(_) => replicas.iter().any(|own| own.read_units.is_some()),
            Aspect::Stream => !self.live.table.replicas().is_empty(),
            _ => false,
        }
    }

    /// Whether the change removes something from the table.
    pub(super) fn removes_setting(&self, difference: &Difference) -> bool {
        match difference.aspect {
            Aspect::Stream | Aspect::TimeToLive => difference.found != "none",
            Aspect::DeletionProtection => !self.definition.settings().deletion_protection,
            Aspect::Encryption => self.definition.settings().encryption == Encryption::AwsOwned,
            Aspect::PointInTimeRecovery => self.live.extra.recovery > self.definition.settings().point_in_time_recovery,
            Aspect::ResourcePolicy => self.live.extra.policy.is_some(),
            _ => false,
        }
    }

    /// The steps of one setting.
    pub(super) fn setting(&self, difference: &Difference) -> Vec<Step> {
        let expected = difference.expected.clone();
        match difference.aspect {
            Aspect::Stream => {
                let off = (difference.found != "none").then_some(Step::StreamOff);
                // DynamoDB gives every global table a stream.
                let on = (difference.expected != "none").then_some(Step::StreamOn(expected));
                off.into_iter().chain(on).collect()
            }
            Aspect::TimeToLive => {
                let off = self.live.expires_by().map(|attribute| Step::TimeToLiveOff(attribute.to_owned()));
                let on = self.definition.ttl().map(|attribute| Step::TimeToLiveOn(attribute.to_owned()));
                off.into_iter().chain(on).collect()
            }
            Aspect::Encryption => vec![Step::Encryption(expected)],
            Aspect::DeletionProtection => vec![Step::DeletionProtection(expected)],
            Aspect::Tags => vec![Step::Tags(self.definition.missing_tags(&self.live.extra))],
            Aspect::PointInTimeRecovery => vec![Step::PointInTimeRecovery(expected)],
            Aspect::ContributorInsights => vec![Step::ContributorInsights(expected)],
            Aspect::ResourcePolicy => vec![Step::ResourcePolicy],
            Aspect::WarmThroughput => {
                let rise = self.rise(None, &self.live);
                vec![Step::WarmThroughput(text(rise))]
            }
            _ => Vec::new(),
        }
    }
}
