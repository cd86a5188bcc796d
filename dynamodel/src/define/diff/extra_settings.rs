//! Comparing settings that DescribeTable does not return.

use super::difference::{Aspect, Difference, Differences, Remedy};
use super::live_table::{ExtraSettings, Insights, LiveTable};
use super::policy_eq::policies_equal;
use crate::define::definition::{ContributorInsights, TableDefinition};

impl TableDefinition {
    /// The differences in the app's settings.
    pub(in crate::define) fn app_differences(&self, live: &LiveTable) -> Vec<Difference> {
        let mut found = Differences(self.settings_differences(&live.table));
        self.compare_extra(&live.extra, &mut found);
        found.0
    }

    /// All differences: in what the types know, and in the app's settings.
    pub(crate) fn differences(&self, live: &LiveTable) -> Vec<Difference> {
        let mut found = self.schema_differences(&live.table, live.expires_by());
        found.extend(self.app_differences(live));
        found
    }

    fn compare_extra(&self, live: &ExtraSettings, found: &mut Differences) {
        let settings = self.settings();
        let mut compare = |aspect, expected, live| found.compare(aspect, expected, live, Remedy::InPlace);
        let none = || "none".to_owned();
        if let Some(wanted) = settings.point_in_time_recovery {
            let days = |days: u32| format!("{days} day(s)");
            compare(Aspect::PointInTimeRecovery, days(wanted), live.recovery.map_or_else(none, days));
        }
        if let Some(wanted) = settings.contributor_insights.map(ContributorInsights::as_str) {
            let found = match &live.insights {
                Insights::Enabled(counted) | Insights::Enabling(counted) => counted.clone(),
                Insights::Disabled | Insights::Failed(_) => none(),
            };
            compare(Aspect::ContributorInsights, wanted.to_owned(), found);
        }
        if let Some(wanted) = &settings.resource_policy {
            let live = live.policy.as_ref();
            let [own, other] = ["a policy", "another policy"];
            let same = live.is_some_and(|live| policies_equal(wanted, &live.text));
            let live = live.map_or("none", |_| if same { own } else { other });
            compare(Aspect::ResourcePolicy, own.to_owned(), live.to_owned());
        }
        let missing = self.missing_tags(live);
        if !missing.is_empty() {
            let list = |tags: &[(String, String)]| {
                let mut listed = tags.iter().filter(|(key, _)| missing.contains(key)).peekable();
                let none = listed.peek().is_none();
                let listed: Vec<_> = listed.map(|(key, value)| format!("`{key}` = {value:?}")).collect();
                if none { "none".to_owned() } else { listed.join(", ") }
            };
            compare(Aspect::Tags, list(&settings.tags), list(&live.tags));
        }
    }

    /// The tags that the table lacks, or that have another value there.
    pub(in crate::define) fn missing_tags(&self, live: &ExtraSettings) -> Vec<String> {
        let wanted = self.settings().tags.iter();
        wanted.filter(|tag| !live.tags.contains(tag)).map(|(key, _)| key.clone()).collect()
    }
}
