//! Plans in plain words.

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
                write!(f, "wait for the index `{index}`, which is being built, changed or deleted")
            }
            Self::CreateIndex(index) => write!(f, "make the global index `{index}`, and wait until it is filled"),
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
            Self::PointInTimeRecovery(days) => write!(f, "keep {days} to restore the table from"),
            Self::ContributorInsights(counted) => write!(f, "let Contributor Insights count {counted}"),
            Self::ResourcePolicy => f.write_str("set the resource policy"),
            Self::WarmThroughput(to) => write!(f, "warm the table up for {to}"),
            Self::IndexWarmThroughput(index, to) => write!(f, "warm the index `{index}` up for {to}"),
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
                write!(f, "{}: make a new table, and move the items", said(difference))
            }
            Self::ReplaceIndex { index, differences } => {
                let said: Vec<_> = differences.iter().map(said).collect();
                write!(
                    f,
                    "{}: give the index another name in the model (`{index}2`), apply, let the programs query it, then remove the old one; or ask for `allow_replacing_index(\"{index}\")`, and queries on it fail until it is filled again",
                    said.join("; ")
                )
            }
            Self::BlockedIndex { index, attribute } => write!(
                f,
                "the index `{index}` cannot be made while `{attribute}` has another type in the table's keys or indexes: key it by an attribute of another name, or remove or replace those indexes"
            ),
            Self::TooManyIndexes { index, unknown } => {
                write!(f, "the index `{index}` cannot be made, because a table has 20 global indexes at the most")?;
                if unknown.is_empty() {
                    Ok(())
                } else {
                    write!(f, ": ask for `allow_removing_index(..)` of `{}`", unknown.join("`, `"))
                }
            }
            Self::EveryRegion(difference) => write!(
                f,
                "{}: DynamoDB changes it in every region at once or not at all: set it by the template",
                said(difference)
            ),
            Self::RemoveIndex(index) => write!(
                f,
                "the definition does not know the global index `{index}`, and others may query it: ask for `allow_removing_index(\"{index}\")`"
            ),
            Self::StillDefined(index) => write!(f, "the definition has the index `{index}`: it is not removed"),
            Self::RemoveSetting(aspect, difference) => {
                write!(
                    f,
                    "{}, and others may rely on it: ask for `allow_removing(Aspect::{aspect:?})`",
                    said(difference)
                )
            }
            Self::Replicas(difference) => {
                write!(f, "{}: add and remove replicas by the template, or in the console", said(difference))
            }
            Self::NotCompared(setting) => {
                write!(f, "the definition's `{setting}` is not compared: it is set by the template")
            }
        }
    }
}

/// A difference without its remedy.
fn said(Difference { aspect, expected, found, .. }: &Difference) -> String {
    format!("{aspect}: the definition says {expected}, the table has {found}")
}
