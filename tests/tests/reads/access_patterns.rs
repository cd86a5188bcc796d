//! Named access patterns: ranges, what indexes hold, several entities at once.

mod collections;
mod index_projection;
mod overlap;
mod ranges;
