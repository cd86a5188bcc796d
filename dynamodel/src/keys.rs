//! What keys and ranges of keys are made of, for programs that handle keys of no known entity, or write
//! [`KeySegment`](crate::KeySegment) by hand.

pub use crate::entity::KeyRange;
pub use crate::key::{KeyValue, SegmentFault};
