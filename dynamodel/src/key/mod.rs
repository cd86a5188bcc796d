//! Keys: how values become the text of a key and come back from it; knows templates and values, but no entity.

#[cfg(test)]
mod beginnings;
#[cfg(feature = "chrono")]
mod chrono;
mod civil;
#[cfg(test)]
mod collisions;
mod escape;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod external_time;
mod fault;
mod integer;
#[cfg(feature = "jiff")]
mod jiff;
mod parse;
mod part;
mod render;
mod sharded;
mod std_types;
mod successor;
#[cfg(feature = "time")]
mod time;
mod timestamp;
#[cfg(feature = "ulid")]
mod ulid;
#[cfg(feature = "uuid")]
mod uuid;
mod value;

pub use fault::SegmentFault;
pub use parse::Parts;
pub use part::{KeyPart, KeySegment, KeyText};
pub use render::render;
pub use sharded::Sharded;
pub use timestamp::{Timestamp, TimestampError};
pub use value::KeyValue;

pub(crate) use escape::escape;
pub(crate) use render::{Rendered, extend_text, render_into};
pub(crate) use successor::{end_of, predecessor};
pub(crate) use value::check_limits;
