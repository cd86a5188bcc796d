//! A plan: the steps for one live table, what it leaves, and what was asked for.

use super::step::Step;
use super::unchanged::Unchanged;
use crate::define::definition::TableDefinition;
use crate::define::diff::{Aspect, LiveTable};

/// How a live table becomes as its definition says: the steps in their order, and what is left as it is, each with the
/// reason and the remedy. Nothing has been changed yet; [`Client::apply`](crate::Client::apply) takes the steps.
///
/// [`Client::plan`](crate::Client::plan) and [`Client::plan_with`](crate::Client::plan_with) make one. What takes something
/// away that others may rely on is never a step until it is asked for: [`allow_removing_index`](Self::allow_removing_index) an index,
/// [`allow_replacing_index`](Self::allow_replacing_index) one, [`allow_removing`](Self::allow_removing) a setting.
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

/// Whether what only the app says is part of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What the types know.
    Schema,
    /// That, and billing, stream and the other settings.
    Settings,
}

/// What the user has asked for although it takes something away.
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

    /// Also deletes a global index that the definition does not know. Its entries go; the items stay. Of an index that is
    /// not there, or no more, there is nothing to do.
    pub fn allow_removing_index(mut self, index: impl Into<String>) -> Self {
        self.allowed.index_removals.push(index.into());
        self.with_steps()
    }

    /// Also deletes a global index whose key, types or projection are others than the definition's, and makes it anew: from
    /// its deletion until it is filled, queries on it fail. Without such a time: give the index another name in the
    /// model, apply, let the programs query that, and then remove the old one.
    pub fn allow_replacing_index(mut self, index: impl Into<String>) -> Self {
        self.allowed.index_replacements.push(index.into());
        self.with_steps()
    }

    /// Also takes a setting away that the table has and the definition has not, or has otherwise: the stream
    /// ([`Aspect::Stream`]; changing what it holds ends the stream that its readers know), the time to live, the deletion
    /// protection, a KMS key, days that it can be restored from, another resource policy.
    pub fn allow_removing(mut self, setting: Aspect) -> Self {
        self.allowed.settings.push(setting);
        self.with_steps()
    }

    /// The steps, in the order in which they are taken.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What is otherwise than the definition says, and stays so.
    pub fn unchanged(&self) -> &[Unchanged] {
        &self.unchanged
    }

    /// Whether there is no step to take. Something may be [`unchanged`](Self::unchanged).
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The definition that the table is to become like; of a global table, with what its replica in this region has of its own.
    pub fn definition(&self) -> &TableDefinition {
        &self.definition
    }

    pub(crate) fn scope(&self) -> Scope {
        self.scope
    }
}

/// What [`Client::apply`](crate::Client::apply) has done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "what was left is otherwise than the definition says"]
#[non_exhaustive]
pub struct ApplyReport {
    /// The steps that were taken, or found taken already.
    pub steps: Vec<Step>,
    /// What is otherwise than the definition says, and was left so.
    pub unchanged: Vec<Unchanged>,
}

impl ApplyReport {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self { steps: plan.steps.clone(), unchanged: plan.unchanged.clone() }
    }
}
