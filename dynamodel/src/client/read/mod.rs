//! Reads of many items: queries, collections, scans, and the pages that they come in.

mod collection;
mod pages;
mod query;
mod scan;

pub use pages::{EachPages, Items, Pages, ScanPages, SentinelPages};
pub(super) use pages::{Step, Turn};
