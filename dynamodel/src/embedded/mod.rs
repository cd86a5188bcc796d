//! A DynamoDB engine inside the process, on a loopback port; knows the client only to connect one.

mod clock;
mod engine;
mod local;
mod sdk_clients;

pub use engine::Engine;
