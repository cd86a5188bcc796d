//! A tree of values, and its text in JSON and in YAML: what templates and policies are made of; knows nothing of tables.

pub(super) mod json;
mod node;
pub(super) mod yaml;

pub(super) use node::{Map, Node, quoted};
