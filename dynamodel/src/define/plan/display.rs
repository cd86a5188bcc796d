//! Plans as text.

use super::step::Step;
use super::table_plan::Plan;
use super::unchanged::Unchanged;
use crate::define::diff::Difference;
use std::fmt;

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            writeln!(f, "{}. {step}", at + 1)?;
        }
        self.unchanged.iter().try_for_each(|kept| writeln!(f, "unchanged: {kept}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WaitForIndex(index) => {
                write!(f, "wait for the index `{index}`, which is being created, changed or deleted")
            }
            Self::CreateIndex(index) => write!(f, "create the global index `{index}`, and wait until it is filled"),
            Self::DeleteIndex(index) => write!(f, "delete the global index `{index}`, and wait until it is gone"),
            Self::Billing(to) => write!(f, "change the billing to {to}"),
            Self::Throughput(to) => write!(f, "change the throughput to {to}"),
            Self::IndexThroughput(index, to) => write!(f, "change the throughput of the index `{index}` to {to}"),
            Self::StreamOff => f.write_str("switch off the stream"),
            Self::StreamOn(view) => write!(f, "switch on the stream: {view}"),
            Self::Encryption(key) => write!(f, "encrypt with {key}"),
            Self::DeletionProtection(to) => write!(f, "switch {to} the deletion protection"),
            Self::Class(to) => write!(f, "change the table class to {to}"),
            Self::Tags(keys) => write!(f, "set the tags `{}`", keys.join("`, `")),
            Self::PointInTimeRecovery(days) => write!(f, "set the point-in-time recovery to {days}"),
            Self::ContributorInsights(counted) => write!(f, "let Contributor Insights count {counted}"),
            Self::ResourcePolicy => f.write_str("set the resource policy"),
            Self::WarmThroughput(to) => write!(f, "raise the warm throughput to {to}"),
            Self::IndexWarmThroughput(index, to) => {
                write!(f, "raise the warm throughput of the index `{index}` to {to}")
            }
            Self::TimeToLiveOff(attribute) => write!(f, "switch off the time to live by `{attribute}`"),
            Self::TimeToLiveOn(attribute) => {
                write!(f, "switch on the time to live by `{attribute}`: items whose time has passed are deleted")
            }
        }
    }
}

impl fmt::Display for Unchanged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsNewTable(difference) => {
                write!(f, "{}: create a new table, and move the items", described(difference))
            }
            Self::ReplaceIndex { index, differences } => {
                let described: Vec<_> = differences.iter().map(described).collect();
                write!(
                    f,
                    "{}: give the index another name in the model (`{index}2`), apply, let the programs query it, then remove the old index; or ask for `allow_replacing_index(\"{index}\")`, and queries on it fail until it is filled again",
                    described.join("; ")
                )
            }
            Self::BlockedIndex { index, attribute } => write!(
                f,
                "the index `{index}` cannot be created while `{attribute}` has another type in the table's keys or indexes: use an attribute of another name in its key, or remove or replace those indexes"
            ),
            Self::TooManyIndexes { index, unknown } => {
                write!(f, "the index `{index}` cannot be created, because a table can have at most 20 global indexes")?;
                if unknown.is_empty() {
                    Ok(())
                } else {
                    write!(f, ": ask for `allow_removing_index(..)` of `{}`", unknown.join("`, `"))
                }
            }
            Self::EveryRegion(difference) => write!(
                f,
                "{}: DynamoDB changes it in every region at once or not at all: set it by the template",
                described(difference)
            ),
            Self::RemoveIndex(index) => write!(
                f,
                "the definition does not have the global index `{index}`, and others may query it: ask for `allow_removing_index(\"{index}\")`"
            ),
            Self::StillDefined(index) => write!(f, "the definition has the index `{index}`: it is not removed"),
            Self::RemoveSetting(aspect, difference) => {
                write!(
                    f,
                    "{}, and others may rely on it: ask for `allow_removing(Aspect::{aspect:?})`",
                    described(difference)
                )
            }
            Self::Replicas(difference) => {
                write!(f, "{}: add and remove replicas by the template, or in the console", described(difference))
            }
            Self::NotCompared(setting) => {
                write!(f, "the definition's `{setting}` is not compared: it is set by the template")
            }
        }
    }
}

/// A difference without its remedy.
fn described(Difference { aspect, expected, found, .. }: &Difference) -> String {
    format!("{aspect}: the definition says {expected}, the table has {found}")
}
