//! Tables: definitions, plans, permissions and costs, and the engine inside the process.

mod cost;
mod definition;
mod embedded;
mod permissions;
mod plans;
