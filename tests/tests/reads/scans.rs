//! Scans, their checkpoints and their rate; deleting and updating what a query or a scan finds.

#[path = "scans/checkpoints.rs"]
mod checkpoints;
#[path = "scans/each.rs"]
mod each;
#[path = "scans/items.rs"]
mod items;
#[path = "scans/limits.rs"]
mod limits;
#[path = "scans/model.rs"]
mod model;
