//! The errors of the library; knows nothing of how items are stored, written or sent.

mod kind;

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

pub use kind::ErrorKind;

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Source = Arc<dyn StdError + Send + Sync>;

/// Everything that can go wrong, one word wide.
///
/// Ask it what happened with [`kind`](Self::kind) or the predicates, and take from it what the next step needs:
/// [`current`](Self::current) is the entity that stood in the way of a refused write.
///
/// `Display` says this layer's sentence: the entity, its key, the attribute and the remedy. What a lower layer said
/// (the SDK's error with its request id, the codec's complaint) is the [`source`](StdError::source).
///
/// # Examples
/// ```
/// # use dynamodel::{Error, ErrorKind};
/// fn answer(error: &Error) -> u16 {
///     match error.kind() {
///         ErrorKind::AlreadyExists | ErrorKind::Conflict => 409,
///         ErrorKind::NotFound | ErrorKind::Expired => 404,
///         ErrorKind::Throttled => 429,
///         _ => 500,
///     }
/// }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    table: Option<String>,
    entity: Option<&'static str>,
    key: Option<String>,
    attribute: Option<String>,
    attempts: u32,
    current: Option<Box<dyn Any + Send + Sync>>,
    /// Of a cancelled transaction: why, for each of its operations; `None` for those that it was not for.
    reasons: Vec<Option<Error>>,
    /// Of a batch: what was not written; of a unique value that is taken: the key of its owner; of an item that cannot be
    /// read: the item as it is stored.
    leftovers: Option<Box<dyn Any + Send + Sync>>,
    source: Option<Source>,
}

impl Error {
    /// A new error. The message is a rule and a remedy: lower case, no full stop.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            table: None,
            entity: None,
            key: None,
            attribute: None,
            attempts: 0,
            current: None,
            reasons: Vec::new(),
            leftovers: None,
            source: None,
        }))
    }

    /// What happened.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The physical table the request was for.
    pub fn table(&self) -> Option<&str> {
        self.0.table.as_deref()
    }

    /// The entity's name, as its struct is called.
    pub fn entity(&self) -> Option<&str> {
        self.0.entity
    }

    /// The primary key of the item in question, as text for people: `USER#u1 / SESSION#s1`.
    pub fn key(&self) -> Option<&str> {
        self.0.key.as_deref()
    }

    /// The path of the attribute in question, for example `lines[3].quantity`.
    pub fn attribute(&self) -> Option<&str> {
        self.0.attribute.as_deref()
    }

    /// How many HTTP requests the operation has made until it failed, retries and the reads in between included; `0` when
    /// nothing was sent. Of a stream of pages, those of the page that failed.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The item that made a condition fail, as it stands in the table now, read in the same round trip.
    ///
    /// Of a cancelled transaction, that of its first operation that was refused by an `E`; [`reasons`](Self::reasons) has
    /// those of all. `None` when there was no item, when it is not an `E`, or when the error is of another kind.
    pub fn current<E: 'static>(&self) -> Option<&E> {
        let own = self.0.current.as_ref().and_then(|item| item.downcast_ref());
        own.or_else(|| self.0.reasons.iter().flatten().find_map(Self::current))
    }

    /// Takes the item that made a condition fail out of the error: the same as [`current`](Self::current) shows.
    ///
    /// # Errors
    /// Gives the error back when it holds no `E`.
    pub fn into_current<E: 'static>(mut self) -> Result<E> {
        self.take_current().map_or(Err(self), |item| Ok(*item))
    }

    fn take_current<E: 'static>(&mut self) -> Option<Box<E>> {
        match self.0.current.take().map(Box::<dyn Any + Send + Sync>::downcast::<E>) {
            Some(Ok(item)) => return Some(item),
            Some(Err(other)) => self.0.current = Some(other),
            None => {}
        }
        self.0.reasons.iter_mut().flatten().find_map(Self::take_current)
    }

    /// Why a transaction was cancelled, operation by operation in their order: `None` for those that it was not for. Empty
    /// for other errors.
    ///
    /// Each reason is an error of its own: [`kind`](Self::kind) says what happened, and [`current`](Self::current) is the
    /// item that made the operation's condition fail.
    pub fn reasons(&self) -> &[Option<Error>] {
        &self.0.reasons
    }

    /// Why a transaction was cancelled, as far as the operation at this place is concerned, counted from 0.
    pub fn reason(&self, operation: usize) -> Option<&Error> {
        self.0.reasons.get(operation)?.as_ref()
    }

    pub(crate) fn with_reasons(mut self, reasons: Vec<Option<Error>>) -> Self {
        self.0.reasons = reasons;
        self
    }

    /// Of a transaction of one operation: why that one was not carried out, with the tries and the source of the whole.
    pub(crate) fn into_only_reason(mut self) -> Self {
        match self.0.reasons.first_mut().and_then(Option::take) {
            Some(mut reason) => {
                reason.0.attempts = self.0.attempts;
                reason.0.source = reason.0.source.take().or_else(|| self.0.source.take());
                reason
            }
            None => self,
        }
    }

    pub(crate) fn with_leftovers(mut self, leftovers: Box<dyn Any + Send + Sync>) -> Self {
        self.0.leftovers = Some(leftovers);
        self
    }

    pub(crate) fn left<L: 'static>(&self) -> Option<&L> {
        self.0.leftovers.as_ref()?.downcast_ref()
    }

    pub(crate) fn into_left<L: 'static>(mut self) -> Option<L> {
        self.0.leftovers.take()?.downcast().ok().map(|left| *left)
    }

    /// Whether this, or a reason of it, is so.
    fn any(&self, is: impl Fn(ErrorKind) -> bool) -> bool {
        is(self.0.kind) || self.0.reasons.iter().flatten().any(|reason| is(reason.0.kind))
    }

    pub(crate) fn in_table(mut self, table: &str) -> Self {
        self.0.table.get_or_insert_with(|| table.to_owned());
        self
    }

    pub(crate) fn of_entity(mut self, entity: &'static str) -> Self {
        self.0.entity.get_or_insert(entity);
        self
    }

    pub(crate) fn at_key(mut self, key: impl fmt::Display) -> Self {
        self.0.key.get_or_insert_with(|| key.to_string());
        self
    }

    pub(crate) fn at_attribute(mut self, attribute: impl Into<String>) -> Self {
        let attribute = attribute.into();
        if !attribute.is_empty() {
            self.0.attribute.get_or_insert(attribute);
        }
        self
    }

    /// The same error as one of another kind, with a sentence before its own.
    pub(crate) fn with_kind(mut self, kind: ErrorKind, sentence: impl fmt::Display) -> Self {
        self.0.kind = kind;
        self.0.message = format!("{sentence}: {}", self.0.message);
        self
    }

    /// This error in place of another: with its place, its current item or the item as it is stored, and the other one as the
    /// source.
    pub(crate) fn replacing(mut self, mut other: Self) -> Self {
        let mut reasons = other.0.reasons.iter_mut().flatten();
        self.0.current = other.0.current.take().or_else(|| reasons.find_map(|reason| reason.0.current.take()));
        let mut reasons = other.0.reasons.iter_mut().flatten();
        self.0.leftovers = other.0.leftovers.take().or_else(|| reasons.find_map(|reason| reason.0.leftovers.take()));
        self.0.entity = self.0.entity.or(other.0.entity);
        if self.0.key.is_none() {
            self.0.key.clone_from(&other.0.key);
        }
        self.with_source(other)
    }

    /// The same error, where the operations at these places were not carried out because other writers were always faster:
    /// `name` is what an operation is called.
    pub(crate) fn contended<'n>(mut self, places: &[usize], name: impl Fn(usize) -> &'n str) -> Self {
        let sentence = "other writers changed the item each time before it could be written, also after retries; nothing was written";
        if self.0.reasons.is_empty() {
            self.0.kind = ErrorKind::Contention;
            sentence.clone_into(&mut self.0.message);
            return self;
        }
        for at in places {
            if let Some(reason) = self.0.reasons.get_mut(*at).and_then(Option::as_mut) {
                reason.0.kind = ErrorKind::Contention;
                sentence.clone_into(&mut reason.0.message);
            }
        }
        let first = self.0.reasons.iter().enumerate().find_map(|(at, reason)| Some((at, reason.as_ref()?)));
        if let Some((at, reason)) = first {
            self.0.message = format!("the transaction was cancelled by operation {} ({}): {reason}", at + 1, name(at));
        }
        self
    }

    /// The same error, with what was being done before its message.
    pub(crate) fn while_doing(mut self, what: impl fmt::Display) -> Self {
        self.0.message = format!("{what}: {}", self.0.message);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_current(mut self, item: Box<dyn Any + Send + Sync>) -> Self {
        self.0.current = Some(item);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// The same error once more, without the current item: for a value that keeps its error until it is used.
    pub(crate) fn clone_without_current(&self) -> Self {
        let Inner { kind, message, table, entity, key, attribute, attempts, current: _, reasons, leftovers: _, source } =
            &*self.0;
        Self(Box::new(Inner {
            kind: *kind,
            message: message.clone(),
            table: table.clone(),
            entity: *entity,
            key: key.clone(),
            attribute: attribute.clone(),
            attempts: *attempts,
            current: None,
            reasons: reasons.iter().map(|reason| reason.as_ref().map(Self::clone_without_current)).collect(),
            leftovers: None,
            source: source.clone(),
        }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { table, entity, key, attribute, message, .. } = &*self.0;
        let mut place = false;
        if let Some(entity) = entity {
            write!(f, "`{entity}`")?;
            place = true;
        }
        if let Some(attribute) = attribute {
            write!(f, "{}attribute `{attribute}`", if place { ", " } else { "" })?;
            place = true;
        }
        if let Some(key) = key {
            write!(f, "{}key `{key}`", if place { ", " } else { "" })?;
            place = true;
        }
        if let Some(table) = table {
            write!(f, "{}table `{table}`", if place { ", " } else { "" })?;
            place = true;
        }
        write!(f, "{}{message}", if place { ": " } else { "" })
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.0.kind).field("message", &self.to_string());
        if self.0.attempts > 0 {
            out.field("attempts", &self.0.attempts);
        }
        if self.0.current.is_some() {
            out.field("current", &format_args!(".."));
        }
        if !self.0.reasons.is_empty() {
            out.field("reasons", &self.0.reasons);
        }
        if self.0.leftovers.is_some() {
            out.field("leftovers", &format_args!(".."));
        }
        if let Some(source) = &self.0.source {
            out.field("source", source);
        }
        out.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_word_wide() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn display_names_place_and_leaves_the_source_to_source() {
        let error = Error::new(ErrorKind::InvalidKey, "is empty; a key attribute needs at least one byte")
            .with_source("below".to_owned())
            .of_entity("Session")
            .at_attribute("PK");
        assert_eq!(error.to_string(), "`Session`, attribute `PK`: is empty; a key attribute needs at least one byte");
        assert_eq!(error.source().map(ToString::to_string), Some("below".into()));
    }

    #[test]
    fn the_current_item_comes_out_as_its_own_type_only() {
        let error = Error::new(ErrorKind::Conflict, "x").with_current(Box::new(7_u8));
        assert_eq!(error.current::<u8>(), Some(&7));
        assert_eq!(error.current::<u16>(), None);
        let error = error.into_current::<u16>().unwrap_err();
        assert_eq!(error.into_current::<u8>().unwrap(), 7);
    }

    #[test]
    fn the_current_items_of_a_transaction_are_those_of_its_reasons() {
        let reason = |item: Box<dyn Any + Send + Sync>| Some(Error::new(ErrorKind::Conflict, "x").with_current(item));
        let reasons = vec![None, reason(Box::new(1_u8)), reason(Box::new(2_u16)), reason(Box::new(3_u16))];
        let error = Error::new(ErrorKind::Cancelled, "x").with_reasons(reasons);
        assert_eq!((error.current::<u8>(), error.current::<u16>(), error.current::<u32>()), (Some(&1), Some(&2), None));
        let error = error.into_current::<u32>().unwrap_err();
        assert_eq!(error.current::<u16>(), Some(&2));
        assert_eq!(error.into_current::<u16>().unwrap(), 2);
    }
}
