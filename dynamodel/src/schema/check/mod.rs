//! The checks that the compiler runs on constants. Each failing one is a sentence: rule, place, remedy.

mod attributes;
mod collection;
mod index;
mod marks;
mod overlap;
mod pair;
mod place;
mod projections;
mod segment;
mod unique;

use super::Message;

pub use attributes::check_attributes;
pub use collection::check_collection;
pub(crate) use collection::common_beginning;
pub use index::{check_index, index_attribute};
pub use marks::{Mark, check_among, marks};
pub use projections::check_projections;
pub use segment::{check_lasting, check_left_out, check_native, check_segment, check_with};

/// Stops the build with a finished sentence. Only ever evaluated by the compiler.
#[track_caller]
#[expect(clippy::panic, reason = "this is how a constant refuses to compile; no run-time path leads here")]
const fn refuse(message: &Message) -> ! {
    panic!("{}", message.as_str())
}
