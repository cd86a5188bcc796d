//! Event filters of AWS Lambda's event source mappings, from typed conditions.

mod dnf;
mod leaf;
mod tree;

use super::RemovedBy;
use crate::entity::{Entity, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Condition, Node};
use crate::schema::{Pattern, Piece, Position};
use dnf::Conjunction;
use leaf::{Alternatives, quoted};
use std::fmt::Write as _;

/// Which changes of an entity's items invoke a function, as the patterns of AWS Lambda's event filters: other changes
/// cost no invocation.
///
/// The conditions are the library's usual ones, as far as the pattern language can express them: `eq`, `ne`, `is_in`,
/// `begins_with` and `has_type`, joined by `&`, `|` and `!`, on attributes and on members of maps. Numbers are compared
/// as text, because patterns treat them as text.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::stream::EventFilter;
///
/// let ended = EventFilter::<Session>::remove().by_user().old_image(|s| s.token.begins_with("app-"));
/// assert_eq!(
///     ended.patterns()?,
///     [concat!(
///         r#"{"dynamodb":{"OldImage":{"_type":{"S":["Session"]},"token":{"S":[{"prefix":"app-"}]}}},"#,
///         r#""eventName":["REMOVE"],"userIdentity":{"type":[{"exists":false}]}}"#,
///     )],
/// );
/// let busy = EventFilter::<Session>::modify().new_image(|s| s.hits.gt(100));
/// assert_eq!(busy.patterns().unwrap_err().kind(), dynamodel::ErrorKind::NotExpressible);
/// # Ok(()) }
/// ```
#[must_use = "a filter does nothing until an event source mapping gets its `patterns`, or a `Filters`"]
#[derive(Debug, Clone)]
pub struct EventFilter<E> {
    operation: &'static str,
    by: Option<RemovedBy>,
    by_key: bool,
    new: Vec<Condition<E>>,
    old: Vec<Condition<E>>,
}

impl<E: Entity> EventFilter<E> {
    /// New items.
    pub fn insert() -> Self {
        Self::of("INSERT")
    }

    /// Changed items.
    pub fn modify() -> Self {
        Self::of("MODIFY")
    }

    /// Deleted items.
    pub fn remove() -> Self {
        Self::of("REMOVE")
    }

    fn of(operation: &'static str) -> Self {
        Self { operation, by: None, by_key: false, new: Vec::new(), old: Vec::new() }
    }

    /// Deleted by requests.
    pub fn by_user(mut self) -> Self {
        self.by = Some(RemovedBy::User);
        self
    }

    /// Deleted by DynamoDB, because they had expired.
    pub fn by_time_to_live(mut self) -> Self {
        self.by = Some(RemovedBy::TimeToLive);
        self
    }

    /// Recognizes the entity by the beginning of its keys, instead of by the type attribute of an image: for streams that do not hold
    /// that image, and for items that other writers made. Entities whose keys begin alike are not distinguished.
    pub fn by_key(mut self) -> Self {
        self.by_key = true;
        self
    }

    /// Adds a condition on the item after the change.
    pub fn new_image(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.new.push(condition(E::fields()));
        self
    }

    /// Adds a condition on the item before the change.
    pub fn old_image(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.old.push(condition(E::fields()));
        self
    }

    /// The patterns, each as JSON text: an event that matches one of them passes.
    ///
    /// # Errors
    /// [`NotExpressible`](ErrorKind::NotExpressible) for what the pattern language cannot express, with the attribute and a
    /// remedy, and for a pattern of over 4,096 characters; a condition's own error, such as
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) for one of over 300 operators.
    pub fn patterns(&self) -> Result<Vec<String>> {
        let patterns = self.conjunctions().map_err(|error| error.of_entity(E::SCHEMA.name))?;
        patterns.iter().map(|pattern| tree::json(pattern).map_err(|error| error.of_entity(E::SCHEMA.name))).collect()
    }

    fn conjunctions(&self) -> Result<Vec<Conjunction>> {
        let mut fixed = Conjunction::new();
        let mut fix = |path: &[&str], alternatives: Alternatives| {
            fixed.insert(path.iter().map(|step| (*step).to_owned()).collect(), alternatives);
        };
        fix(&["eventName"], Alternatives::text(self.operation));
        match self.by {
            Some(RemovedBy::User) => fix(&["userIdentity", "type"], Alternatives::absent()),
            Some(RemovedBy::TimeToLive) => {
                fix(&["userIdentity", "type"], Alternatives::text("Service"));
                fix(&["userIdentity", "principalId"], Alternatives::text("dynamodb.amazonaws.com"));
            }
            None => {}
        }
        if self.by_key {
            for position in [Position::Partition, Position::Sort] {
                for key in E::SCHEMA.keys_of(None).filter(|key| key.position == position) {
                    let Pattern::Template([Piece::Literal(text), rest @ ..]) = key.pattern else { continue };
                    let begins = if rest.is_empty() { Alternatives::text(text) } else { Alternatives::prefix(text) };
                    fix(&["dynamodb", "Keys", key.attribute, "S"], begins);
                }
            }
        } else {
            let image = match self.operation {
                "REMOVE" => "OldImage",
                "MODIFY" if self.new.is_empty() && !self.old.is_empty() => "OldImage",
                _ => "NewImage",
            };
            let name = Alternatives::text(E::SCHEMA.type_name);
            fix(&["dynamodb", image, E::Table::TYPE_ATTRIBUTE, "S"], name);
        }
        let mut out = vec![fixed];
        for (image, conditions) in [("NewImage", &self.new), ("OldImage", &self.old)] {
            for condition in conditions {
                let node: &Node = condition.node()?;
                out = dnf::and(out, &dnf::of(node, image)?)?;
            }
        }
        // An image that this kind of change never has.
        let absent = match self.operation {
            "INSERT" => !self.old.is_empty(),
            "REMOVE" => !self.new.is_empty(),
            _ => false,
        };
        if absent {
            let message = "no event can pass: a new item has no old image, and a deleted one has no new image: use the other image";
            return Err(Error::new(ErrorKind::NotExpressible, message));
        }
        if out.is_empty() {
            return Err(Error::new(ErrorKind::NotExpressible, "no event can pass: the conditions exclude each other"));
        }
        Ok(out)
    }
}

/// The filters of one event source mapping: an event that passes one of them passes.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::stream::{EventFilter, Filters};
///
/// let filters = Filters::new().or(&EventFilter::<Session>::insert())?.or(&EventFilter::<Session>::remove())?;
/// assert_eq!(filters.patterns().len(), 2);
/// assert!(filters.to_json().starts_with(r#"{"Filters":[{"Pattern":"{\"dynamodb\":"#));
/// # Ok(()) }
/// ```
#[must_use = "filters do nothing until an event source mapping gets them, by `to_json` or `patterns`"]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters(Vec<String>);

/// The maximum number of filters of a mapping: 5, and 10 if AWS has raised the account's quota.
const MOST: usize = 10;

impl Filters {
    /// No filters yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets these events pass too.
    ///
    /// # Errors
    /// As [`EventFilter::patterns`], and when there are more than ten patterns in total: AWS allows five, and ten if the
    /// account's quota has been raised.
    pub fn or<E: Entity>(mut self, filter: &EventFilter<E>) -> Result<Self> {
        self.0.extend(filter.patterns()?);
        if self.0.len() > MOST {
            let message = format!(
                "{} patterns, and a mapping takes 5, or {MOST} with a raised quota: filter by less here, and test the rest in the handler",
                self.0.len()
            );
            return Err(Error::new(ErrorKind::NotExpressible, message).of_entity(E::SCHEMA.name));
        }
        Ok(self)
    }

    /// The patterns, each as JSON text.
    pub fn patterns(&self) -> &[String] {
        &self.0
    }

    /// `FilterCriteria` for `CreateEventSourceMapping` and CloudFormation:
    /// `{"Filters":[{"Pattern":"…"},…]}`.
    pub fn to_json(&self) -> String {
        let mut out = "{\"Filters\":[".to_owned();
        for (at, pattern) in self.0.iter().enumerate() {
            // Writing into text cannot fail.
            let _ = write!(out, "{}{{\"Pattern\":{}}}", if at == 0 { "" } else { "," }, quoted(pattern));
        }
        out.push_str("]}");
        out
    }
}
