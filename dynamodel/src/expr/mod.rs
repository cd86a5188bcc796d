//! Expressions: conditions and update clauses as values, and the one place where their text is rendered.

mod clauses;
mod condition;
mod limits;
mod operand;
mod placeholders;
mod places;
mod render;
mod show;
mod size;
mod typed;
mod value;

pub use condition::Condition;
pub use size::Size;
pub use typed::AttributeType;
pub use value::ValueOf;

pub(crate) use clauses::{Clause, Clauses, write_update};
pub(crate) use condition::Node;
pub(crate) use limits::check_text;
pub(crate) use operand::{Operand, Place};
pub(crate) use placeholders::Placeholders;
pub(crate) use render::{Rendering, render_condition, write_all};
