//! Expressions: conditions and update clauses as values, and the one place where their text is rendered.

mod condition;
mod placeholders;
mod update;

pub(crate) use condition::Node;
pub(crate) use placeholders::Placeholders;
pub(crate) use update::Clauses;
