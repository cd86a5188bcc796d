//! Single items: the verbs, what they promise, and what they refuse.

mod bad_input;
mod clocks;
mod expiry;
mod explain;
mod groups;
mod index_keys;
mod keys;
mod limits;
mod oracle;
mod timestamps;
mod updates;
mod verbs;
mod versions;
