//! Answers: from the bytes that DynamoDB sent to entities, pages and typed refusals; knows no client and sends nothing.

mod batch;
mod cancelled;
mod codes;
mod output;
mod page;
mod refusal;
mod sentinels;

pub use page::{EachPage, EachTotal, Page, ScanPage};
pub use sentinels::{SentinelPage, SentinelTotal};

pub(crate) use batch::{batch_got, unwritten};
pub(crate) use cancelled::{EMPTY_INDEX_KEY, PARTITION_FULL, TOO_LARGE, empty_index_key, is_too_large, reasons};
pub(crate) use codes::{Meaning, classify};
pub(crate) use output::{Answered, Reading, answered, item, item_text, one, transacted};
pub(crate) use refusal::{Doubt, There, after_doubt, after_doubt_of, refused};
