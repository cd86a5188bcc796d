//! The administration of tables: creating one, comparing it with its definition, planning changes and carrying them out.

mod apply;
mod create;
mod describe_settings;
mod diff;
mod plan;

pub use apply::Apply;
