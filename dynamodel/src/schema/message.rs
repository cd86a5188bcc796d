//! Text built by the compiler, for messages of failed checks.

use super::entity::{is_on, partition_index};
use super::{KeyAttribute, Pattern, Piece, Position, Spec};

/// A sentence under construction in a constant. What does not fit is cut off.
#[derive(Debug, Clone, Copy)]
pub struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
}

const CAPACITY: usize = 640;

impl Message {
    /// A sentence that begins so.
    pub const fn new(text: &str) -> Self {
        Self { bytes: [0; CAPACITY], len: 0 }.add(text)
    }

    /// Goes on with `text`.
    pub const fn add(mut self, text: &str) -> Self {
        let mut rest = text.as_bytes();
        while let [first, tail @ ..] = rest {
            if let Some((_, free)) = self.bytes.split_at_mut_checked(self.len)
                && let [slot, ..] = free
            {
                *slot = *first;
                self.len += 1;
            }
            rest = tail;
        }
        self
    }

    /// Goes on with a number.
    pub const fn number(self, number: usize) -> Self {
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let before = if number >= 10 { self.number(number / 10) } else { self };
        match DIGITS.split_at_checked(number % 10) {
            Some((_, [digit, ..])) => before.add(digit),
            _ => before,
        }
    }

    /// Goes on with a name in the form of a key's literal: in capitals.
    pub(super) const fn capitals(self, text: &str) -> Self {
        let start = self.len;
        let mut out = self.add(text);
        if let Some((_, added)) = out.bytes.split_at_mut_checked(start) {
            added.make_ascii_uppercase();
        }
        out
    }

    /// The sentence so far.
    pub const fn as_str(&self) -> &str {
        match self.bytes.split_at_checked(self.len) {
            Some((text, _)) => match std::str::from_utf8(text) {
                Ok(text) => text,
                Err(_) => "this check failed, and its sentence is too long to be shown",
            },
            None => "",
        }
    }
}

impl Message {
    /// Goes on with the primary key's patterns: `` `USER#{user_id}` / `SESSION#{session_id}` ``.
    pub(super) const fn primary_key(self, keys: &[KeyAttribute]) -> Self {
        self.key(keys, None)
    }

    /// The same of an index's key, with its name behind it.
    pub(super) const fn key(self, keys: &[KeyAttribute], index: Option<&str>) -> Self {
        let partition = partition_index(keys, index);
        let (out, any) = self.patterns(keys, partition, true, false);
        let (out, _) = out.patterns(keys, index, false, any);
        match index {
            Some(index) => out.add(" on the index `").add(index).add("`"),
            None => out,
        }
    }

    const fn patterns(
        mut self,
        mut keys: &[KeyAttribute],
        index: Option<&str>,
        partition: bool,
        mut any: bool,
    ) -> (Self, bool) {
        while let [key, rest @ ..] = keys {
            if is_on(key, index) && matches!(key.position, Position::Partition) == partition {
                self = self.add(if any { " / `" } else { "`" }).pattern(&key.pattern).add("`");
                any = true;
            }
            keys = rest;
        }
        (self, any)
    }

    /// Goes on with a pattern, a field of its own type in the form that it would have in a template.
    pub(super) const fn pattern(mut self, pattern: &Pattern) -> Self {
        let mut pieces = match pattern {
            Pattern::Template(pieces) => *pieces,
            Pattern::Native { name, .. } => return self.add("{").add(name).add("}"),
        };
        while let [piece, rest @ ..] = pieces {
            self = match piece {
                Piece::Literal(text) => self.add(text),
                Piece::Field { name, spec, .. } => self.add("{").add(name).spec(*spec).add("}"),
            };
            pieces = rest;
        }
        self
    }

    const fn spec(mut self, spec: Spec) -> Self {
        let mut mark = ":";
        if let Some(width) = spec.width {
            self = self.add(":0").number(width as usize);
            mark = ",";
        }
        if spec.descending {
            self = self.add(mark).add("desc");
        }
        if spec.raw { self.add(":raw") } else { self }
    }
}
