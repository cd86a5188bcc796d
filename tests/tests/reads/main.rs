//! Reading many items: queries, ranges, access patterns, cursors, and scans.

mod access_patterns;
mod cursors;
mod ranges;
mod scans;
mod queries;
