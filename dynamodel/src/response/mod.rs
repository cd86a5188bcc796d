//! Responses: from the bytes that DynamoDB sent to entities, pages and typed refusals; knows no client and sends
//! nothing.

mod asked;
mod batch;
mod cancelled;
mod codes;
mod page;
mod page_body;
mod refusal;
mod sentinels;

pub use page::{EachPage, EachTotal, Page, ScanPage};
pub use sentinels::{SentinelPage, SentinelTotal};

pub(crate) use crate::entity::key_of_request;
pub(crate) use asked::{Asked, KeyNames};
pub(crate) use batch::{batch_got, unwritten};
pub(crate) use cancelled::{EMPTY_INDEX_KEY, PARTITION_FULL, TOO_LARGE, empty_index_key, is_too_large, reasons};
pub(crate) use codes::{Meaning, classify};
pub(crate) use page_body::{DecodeOptions, DecodedPage, decode_page, item, item_text, one, transacted};
pub(crate) use refusal::{Outcome, There, condition_failed, outcome_by_item, outcome_by_version};
