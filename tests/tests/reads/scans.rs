//! Scans, their checkpoints and their rate; deleting and updating what a query or a scan finds.

mod checkpoints;
mod each;
mod items;
mod limits;
mod model;
