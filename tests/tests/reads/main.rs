//! Reading many items: queries, ranges, access patterns, cursors, and scans.

mod access_patterns;
mod cursors;
mod queries;
mod ranges;
mod scans;
