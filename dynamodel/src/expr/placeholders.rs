//! Names and values of an expression: aliased, readable, shared, the same from call to call.

use crate::wire;

/// The names and values that the expressions of one request share.
///
/// Every attribute name is aliased (DynamoDB has some 570 reserved words): `#hits` for `hits`. A value is called after
/// the attribute that it is compared with or stored in: `:hits`, the next one `:hits2`. Equal names and equal values
/// are written once.
#[derive(Debug, Default)]
pub(crate) struct Placeholders {
    names: Members,
    values: Members,
}

/// The members of one JSON object, `"alias":value` with commas between, and where in it they stand.
#[derive(Debug, Default)]
struct Members {
    json: Vec<u8>,
    places: Places,
    /// Whether an alias is anything but its sigil and its name: then a new one must be compared with all others.
    changed: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Without the quotes: an alias has nothing to escape.
    alias: Span,
    /// Without the quotes too, where it is a name.
    value: Span,
}

#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: usize,
    end: usize,
}

/// What stands around the members of one kind. By types and not as a value, so that the pieces are copied as the
/// constants that they are.
trait Marks {
    /// The comma before it, its quote, and the sigil of its alias.
    const OPEN: [u8; 3];
    /// Between the alias and the value.
    const MIDDLE: &'static [u8];
    /// Behind the value.
    const CLOSE: &'static [u8];
}

struct Name;

impl Marks for Name {
    const OPEN: [u8; 3] = *b",\"#";
    const MIDDLE: &'static [u8] = b"\":\"";
    const CLOSE: &'static [u8] = b"\"";
}

struct Value;

impl Marks for Value {
    const OPEN: [u8; 3] = *b",\":";
    const MIDDLE: &'static [u8] = b"\":";
    const CLOSE: &'static [u8] = b"";
}

/// Most requests have few names and values: their places need no memory of their own.
#[derive(Debug, Default)]
struct Places {
    first: [Place; 8],
    count: usize,
    rest: Vec<Place>,
}

impl Placeholders {
    /// Appends the alias of an attribute's name.
    pub(crate) fn name(&mut self, name: &str, out: &mut String) {
        out.push_str(text(self.alias_of_name(name)));
    }

    /// Appends the alias of a value, given as DynamoDB JSON.
    pub(crate) fn value(&mut self, hint: &str, wire: &[u8], out: &mut String) {
        out.push_str(text(self.alias_of_value(hint, wire)));
    }

    /// The alias of an attribute's name.
    pub(super) fn alias_of_name(&mut self, name: &str) -> &[u8] {
        if fits(name) {
            return self.names.alias::<Name>(name, true, name.as_bytes());
        }
        let mut json = Vec::with_capacity(name.len() + 16);
        wire::write_string(&mut json, name);
        let inside = json.get(1..json.len().saturating_sub(1)).unwrap_or_default();
        self.names.alias::<Name>(name, false, inside)
    }

    /// The alias of a value, given as DynamoDB JSON.
    pub(super) fn alias_of_value(&mut self, hint: &str, wire: &[u8]) -> &[u8] {
        // Several values may be called after one attribute.
        self.values.changed = true;
        self.values.alias::<Value>(hint, false, wire)
    }

    /// Appends `,"ExpressionAttributeNames":{..},"ExpressionAttributeValues":{..}`, as far as there are any.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.reserve(self.names.json.len() + self.values.json.len() + 64);
        self.names.write(b",\"ExpressionAttributeNames\":{", out);
        self.values.write(b",\"ExpressionAttributeValues\":{", out);
    }
}

/// An alias is ASCII.
fn text(alias: &[u8]) -> &str {
    std::str::from_utf8(alias).unwrap_or_default()
}

/// How much of a name its alias takes.
const LENGTH: usize = 60;

/// The bytes that DynamoDB takes in an alias, by their number: letters, digits and `_`.
const LETTERS: [bool; 256] = {
    let mut table = [false; 256];
    let mut rest: &mut [bool] = &mut table;
    let mut byte = 0_u8;
    while let [slot, more @ ..] = rest {
        *slot = byte.is_ascii_alphanumeric() || byte == b'_';
        byte = byte.wrapping_add(1);
        rest = more;
    }
    table
};

/// Whether the text can be an alias as it is.
fn fits(text: &str) -> bool {
    text.len() <= LENGTH && text.bytes().all(|byte| LETTERS.get(usize::from(byte)) == Some(&true))
}

impl Members {
    /// The alias of a value: a known one, or the first after `hint` that is free.
    fn alias<M: Marks>(&mut self, hint: &str, fitting: bool, value: &[u8]) -> &[u8] {
        let known = self.places.iter().find(|known| self.slice(known.value) == value).copied();
        let place = known.unwrap_or_else(|| self.add::<M>(hint, fitting, value));
        self.slice(place.alias)
    }

    fn add<M: Marks>(&mut self, hint: &str, fitting: bool, value: &[u8]) -> Place {
        if self.json.is_empty() {
            self.json = Vec::with_capacity(256.max(value.len() + 2 * LENGTH));
            let [_, opening @ ..] = M::OPEN;
            self.json.extend_from_slice(&opening);
        } else {
            self.json.extend_from_slice(&M::OPEN);
        }
        let alias = self.write_alias(hint, fitting);
        self.json.extend_from_slice(M::MIDDLE);
        let start = self.json.len();
        self.json.extend_from_slice(value);
        let value = Span { start, end: self.json.len() };
        self.json.extend_from_slice(M::CLOSE);
        let place = Place { alias, value };
        self.places.push(place);
        place
    }

    /// Writes the first alias after `hint` that is not taken. Its sigil stands there already.
    fn write_alias(&mut self, hint: &str, fitting: bool) -> Span {
        let start = self.json.len() - 1;
        if fitting || fits(hint) {
            self.json.extend_from_slice(hint.as_bytes());
        } else {
            let letters = hint.chars().take(LENGTH);
            self.json.extend(letters.map(|c| u8::try_from(c).ok().filter(u8::is_ascii_alphanumeric).unwrap_or(b'_')));
            self.changed = true;
        }
        let (end, mut number) = (self.json.len(), 2_u32);
        // Names that differ have aliases that differ, as long as these are the names themselves.
        while self.changed && self.is_taken(Span { start, end: self.json.len() }) {
            self.json.truncate(end);
            self.json.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
            number = number.saturating_add(1);
        }
        Span { start, end: self.json.len() }
    }

    fn is_taken(&self, alias: Span) -> bool {
        let alias = self.slice(alias);
        self.places.iter().any(|known| self.slice(known.alias) == alias)
    }

    fn slice(&self, span: Span) -> &[u8] {
        self.json.get(span.start..span.end).unwrap_or_default()
    }

    fn write(&self, opening: &[u8], out: &mut Vec<u8>) {
        if !self.json.is_empty() {
            out.extend_from_slice(opening);
            out.extend_from_slice(&self.json);
            out.push(b'}');
        }
    }
}

impl Places {
    fn push(&mut self, place: Place) {
        match self.first.get_mut(self.count) {
            Some(slot) => {
                *slot = place;
                self.count += 1;
            }
            None => self.rest.push(place),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &Place> {
        self.first.iter().take(self.count).chain(&self.rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_and_values_are_shared_and_others_are_not() {
        let (mut placeholders, mut text) = (Placeholders::default(), String::new());
        for name in ["a-b", "a_b", "a-b"] {
            placeholders.name(name, &mut text);
        }
        for wire in [&b"{\"N\":\"1\"}"[..], b"{\"N\":\"2\"}", b"{\"N\":\"1\"}"] {
            placeholders.value("x", wire, &mut text);
        }
        assert_eq!(text, "#a_b#a_b2#a_b:x:x2:x");
    }

    #[test]
    fn aliases_are_cut_to_letters_digits_and_length() {
        let (mut placeholders, mut text, mut out) = (Placeholders::default(), String::new(), Vec::new());
        placeholders.name("pré\"x", &mut text);
        placeholders.value(&"é".repeat(70), b"{\"S\":\"\"}", &mut text);
        assert_eq!(text, format!("#pr__x:{}", "_".repeat(60)));
        placeholders.write(&mut out);
        let values = format!(",\"ExpressionAttributeValues\":{{\":{}\":{{\"S\":\"\"}}}}", "_".repeat(60));
        let names = ",\"ExpressionAttributeNames\":{\"#pr__x\":\"pré\\\"x\"}";
        assert_eq!(out, format!("{names}{values}").into_bytes());
    }
}
