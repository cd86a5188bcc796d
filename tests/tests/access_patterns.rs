//! Named access patterns: ranges, what indexes hold, several entities at once.

#[path = "access_patterns/collections.rs"]
mod collections;
#[path = "access_patterns/index_projection.rs"]
mod index_projection;
#[path = "access_patterns/overlap.rs"]
mod overlap;
#[path = "access_patterns/ranges.rs"]
mod ranges;
