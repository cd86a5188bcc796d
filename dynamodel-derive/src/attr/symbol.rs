//! The names of attributes, once.

pub(crate) const DYNAMO: &str = "dynamo";
pub(crate) const SERDE: &str = "serde";

pub(crate) const CRATE: &str = "crate";
pub(crate) const ENTITIES: &str = "entities";
pub(crate) const GSI: &str = "gsi";
pub(crate) const IGNORE: &str = "ignore";
pub(crate) const INCLUDE: &str = "include";
pub(crate) const KEYS_ONLY: &str = "keys_only";
pub(crate) const MIXED: &str = "mixed";
pub(crate) const KEY_ONLY: &str = "key_only";
pub(crate) const LSI: &str = "lsi";
pub(crate) const INDEX: &str = "index";
pub(crate) const IMMUTABLE: &str = "immutable";
pub(crate) const NESTED: &str = "nested";
pub(crate) const OF: &str = "of";
pub(crate) const NAME: &str = "name";
pub(crate) const ORDERED: &str = "ordered";
pub(crate) const PK: &str = "pk";
pub(crate) const QUERY: &str = "query";
pub(crate) const SK: &str = "sk";
pub(crate) const STORED: &str = "stored";
pub(crate) const TABLE: &str = "table";
pub(crate) const TTL: &str = "ttl";
pub(crate) const TYPE_ATTRIBUTE: &str = "type_attribute";
pub(crate) const VERSION: &str = "version";
