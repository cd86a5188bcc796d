//! Named access patterns: ranges, what indexes hold, several entities at once.

mod collections;
mod held;
mod ranges;
mod strangers;
