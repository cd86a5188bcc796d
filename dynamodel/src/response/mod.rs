//! Answers: from the bytes that DynamoDB sent to entities, pages and typed refusals; knows no client and sends nothing.

mod decode;
mod output;
mod page;
mod refusal;

pub use page::Page;

pub(crate) use decode::key_of_request;
pub(crate) use output::{item, page};
pub(crate) use refusal::{Doubt, after_doubt, refused};
