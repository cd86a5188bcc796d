//! Responses: from the bytes that DynamoDB sent to entities, pages and typed refusals; knows no client and sends
//! nothing.

mod batch;
mod cancelled;
mod codes;
mod page;
mod page_body;
mod refusal;
mod sentinels;

pub use page::{EachPage, EachTotal, Page, ScanPage};
pub use sentinels::{SentinelPage, SentinelTotal};

pub(crate) use batch::{decode_batch_get, unprocessed_writes};
pub(crate) use cancelled::{EMPTY_INDEX_KEY, PARTITION_FULL, TOO_LARGE, empty_index_key, is_too_large, reasons};
pub(crate) use codes::{Meaning, classify};
pub(crate) use page_body::{
    DecodeOptions, DecodedPage, decode_item, decode_page, decode_transact_get, item, item_text,
};
pub(crate) use refusal::{Outcome, StoredItem, condition_failed, outcome_by_item, outcome_by_version};
