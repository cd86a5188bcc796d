//! A DynamoDB engine inside the process, on a loopback port, and clients that are connected to it.

mod clock;
mod engine;
mod local;
mod sdk_clients;

pub use engine::Engine;
