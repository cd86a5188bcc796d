//! A plan: its steps, what it leaves unchanged, and what it is allowed to remove.

use super::step::Step;
use super::unchanged::Unchanged;
use crate::define::definition::TableDefinition;
use crate::define::diff::{Aspect, LiveTable};

/// How a live table is changed to match its definition: the steps in their order, and what stays unchanged, each with the
/// reason and the remedy. A plan changes nothing by itself; [`Client::apply`](crate::Client::apply) carries out its steps.
///
/// [`Client::plan`](crate::Client::plan) and [`Client::plan_with`](crate::Client::plan_with) make one. Removing
/// something that others may rely on becomes a step only if it is allowed: by
/// [`allow_removing_index`](Self::allow_removing_index), [`allow_replacing_index`](Self::allow_replacing_index), or
/// [`allow_removing`](Self::allow_removing) for a setting.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::StreamView;
///
/// let shop = Shop::embedded().await?;
/// let wanted = Shop::definition().stream(StreamView::KeysOnly).deletion_protection();
/// let plan = shop.plan_with(&wanted).await?;
/// assert_eq!(plan.to_string(), "1. switch on the stream: KEYS_ONLY\n2. switch on the deletion protection\n");
///
/// let applied = shop.apply(&plan).await?;
/// assert_eq!(applied.steps.len(), 2);
/// assert!(shop.plan_with(&wanted).await?.is_empty());
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a plan is a plain value: look at its steps, and hand it to `apply`"]
pub struct Plan {
    pub(super) definition: TableDefinition,
    pub(super) scope: Scope,
    pub(super) live: LiveTable,
    pub(super) allowed: Allowed,
    pub(super) steps: Vec<Step>,
    pub(super) unchanged: Vec<Unchanged>,
}

/// What a plan compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What the types know: keys, indexes, time to live.
    Schema,
    /// That, and the app's settings.
    Settings,
}

/// What the plan is allowed to remove.
#[derive(Debug, Clone, Default)]
pub(super) struct Allowed {
    pub(super) index_removals: Vec<String>,
    pub(super) index_replacements: Vec<String>,
    pub(super) settings: Vec<Aspect>,
}

impl Plan {
    pub(crate) fn new(definition: &TableDefinition, scope: Scope, live: LiveTable) -> Self {
        let definition = definition.in_region_of(&live.table);
        let plan =
            Self { definition, scope, live, allowed: Allowed::default(), steps: Vec::new(), unchanged: Vec::new() };
        plan.with_steps()
    }

    /// Also deletes this global index, which the definition does not have. Its entries are deleted, the items stay. Where
    /// the index does not exist, nothing is done.
    pub fn allow_removing_index(mut self, index: impl Into<String>) -> Self {
        self.allowed.index_removals.push(index.into());
        self.with_steps()
    }

    /// Also deletes this global index, whose key, types or projection differ from the definition's, and creates it again.
    /// From its deletion until it is filled, queries on it fail. To avoid that: give the index another name in the model,
    /// apply, let the programs query the new one, and then remove the old one.
    pub fn allow_replacing_index(mut self, index: impl Into<String>) -> Self {
        self.allowed.index_replacements.push(index.into());
        self.with_steps()
    }

    /// Also removes or replaces this setting of the table: the stream ([`Aspect::Stream`]; changing what its records hold
    /// ends the stream that its readers know), the time to live, the deletion protection, a KMS key, days of point-in-time
    /// recovery, another resource policy.
    pub fn allow_removing(mut self, setting: Aspect) -> Self {
        self.allowed.settings.push(setting);
        self.with_steps()
    }

    /// The steps, in the order in which they are carried out.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What differs from the definition, and stays so.
    pub fn unchanged(&self) -> &[Unchanged] {
        &self.unchanged
    }

    /// Whether there are no steps. There may still be differences that stay [`unchanged`](Self::unchanged).
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The definition that the table is to match; for a global table, with the settings of the replica in this region.
    pub fn definition(&self) -> &TableDefinition {
        &self.definition
    }

    pub(crate) fn scope(&self) -> Scope {
        self.scope
    }
}

/// The result of [`Client::apply`](crate::Client::apply).
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "what stays unchanged still differs from the definition"]
#[non_exhaustive]
pub struct ApplyReport {
    /// The steps that were carried out, now or earlier.
    pub steps: Vec<Step>,
    /// What differs from the definition, and stays so.
    pub unchanged: Vec<Unchanged>,
}

impl ApplyReport {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self { steps: plan.steps.clone(), unchanged: plan.unchanged.clone() }
    }
}
