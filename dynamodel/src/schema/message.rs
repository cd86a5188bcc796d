//! Text built by the compiler, for messages of failed checks.

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

    /// Goes on with a number below ten.
    pub const fn digit(self, number: usize) -> Self {
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        match DIGITS.split_at_checked(number) {
            Some((_, [digit, ..])) => self.add(digit),
            _ => self.add("many"),
        }
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

/// `==` for text in constants.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => (a, b) = (rest_a, rest_b),
            _ => return false,
        }
    }
}

impl Message {
    /// Goes on with the primary key's patterns: `USER#{user_id}` / `SESSION#{session_id}`.
    pub(super) const fn pattern(mut self, mut keys: &[super::KeyAttribute]) -> Self {
        let mut first = true;
        while let [key, rest @ ..] = keys {
            if key.index.is_none() {
                self = self.add(if first { "`" } else { " / `" });
                self = match &key.pattern {
                    super::Pattern::Template(pieces) => self.pieces(pieces),
                    super::Pattern::Native { name, .. } => self.add("{").add(name).add("}"),
                };
                self = self.add("`");
                first = false;
            }
            keys = rest;
        }
        self
    }

    const fn pieces(mut self, mut pieces: &[super::Piece]) -> Self {
        while let [piece, rest @ ..] = pieces {
            self = match piece {
                super::Piece::Literal(text) => self.add(text),
                super::Piece::Field { name, .. } => self.add("{").add(name).add("}"),
            };
            pieces = rest;
        }
        self
    }
}
