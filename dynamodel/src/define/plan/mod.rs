//! Plans: from the differences between a live table and its definition to the steps that remove them.

mod decide;
mod display;
mod indexes;
mod progress;
mod settings;
mod step;
mod step_request;
mod table_plan;
mod unchanged;
mod warm_throughput;

pub(crate) use progress::StepProgress;
pub use step::Step;
pub(crate) use step_request::StepRequest;
pub(crate) use table_plan::Scope;
pub use table_plan::{ApplyReport, Plan};
pub use unchanged::Unchanged;
