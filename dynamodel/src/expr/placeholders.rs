//! Names and values of an expression: aliased, readable, shared, the same from call to call.

use super::places::{Place, Places, Span};
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
        let known = self.places.of_value(&self.json, value);
        let place = known.unwrap_or_else(|| self.add::<M>(hint, fitting, value));
        place.alias.of(&self.json)
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
        self.places.push(&self.json, place);
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
        let end = self.json.len();
        let mut number = None;
        // Names that differ have aliases that differ, as long as these are the names themselves.
        while self.changed && self.places.is_taken(&self.json, self.json.get(start..).unwrap_or_default()) {
            self.json.truncate(end);
            let next = number.unwrap_or_else(|| self.places.number(self.json.get(start..).unwrap_or_default()));
            self.json.extend_from_slice(itoa::Buffer::new().format(next).as_bytes());
            number = Some(next.saturating_add(1));
        }
        if let Some(number) = number {
            self.places.know_number(self.json.get(start..end).unwrap_or_default(), number);
        }
        Span { start, end: self.json.len() }
    }

    fn write(&self, opening: &[u8], out: &mut Vec<u8>) {
        if !self.json.is_empty() {
            out.extend_from_slice(opening);
            out.extend_from_slice(&self.json);
            out.push(b'}');
        }
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
    fn many_names_and_values_are_called_as_few_are() {
        let (mut placeholders, mut text) = (Placeholders::default(), String::new());
        let wire = |n: usize| format!("{{\"N\":\"{n}\"}}").into_bytes();
        for n in (0..40).chain([3, 39]) {
            placeholders.value("x", &wire(n), &mut text);
            placeholders.name(&format!("a{}", n % 20), &mut text);
        }
        placeholders.value("x2", &wire(40), &mut text);
        placeholders.name("a-3", &mut text);
        placeholders.name("a_3", &mut text);
        let value = |n: usize| if n == 0 { ":x".to_owned() } else { format!(":x{}", n + 1) };
        let all: Vec<_> = (0..40).chain([3, 39]).map(|n| format!("{}#a{}", value(n), n % 20)).collect();
        let expected = all.concat();
        assert_eq!(text, format!("{expected}:x210#a_3#a_32"));
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
