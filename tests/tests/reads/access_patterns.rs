//! Named access patterns: ranges, what indexes hold, several entities at once.

#[path = "access_patterns/collections.rs"]
mod collections;
#[path = "access_patterns/held.rs"]
mod held;
#[path = "access_patterns/ranges.rs"]
mod ranges;
#[path = "access_patterns/strangers.rs"]
mod strangers;
