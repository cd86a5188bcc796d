//! Names and values of an expression: aliased, readable, shared, the same from call to call.

use crate::wire;
use std::ops::Range;

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

/// The members of one JSON object, `"alias":value` with commas between, and where in it they stand: all of them in two
/// pieces of memory.
#[derive(Debug, Default)]
struct Members {
    json: Vec<u8>,
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    /// Without the quotes: an alias has nothing to escape.
    alias: Range<usize>,
    value: Range<usize>,
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
        self.names.alias(b'#', name, |out| wire::write_string(out, name))
    }

    /// The alias of a value, given as DynamoDB JSON.
    pub(super) fn alias_of_value(&mut self, hint: &str, wire: &[u8]) -> &[u8] {
        self.values.alias(b':', hint, |out| out.extend_from_slice(wire))
    }

    /// Appends `,"ExpressionAttributeNames":{..},"ExpressionAttributeValues":{..}`, as far as there are any.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        self.names.write(b",\"ExpressionAttributeNames\":{", out);
        self.values.write(b",\"ExpressionAttributeValues\":{", out);
    }
}

/// An alias is ASCII.
fn text(alias: &[u8]) -> &str {
    std::str::from_utf8(alias).unwrap_or_default()
}

impl Members {
    /// The alias of what `write` writes: a known one, or the first after `hint` that is free.
    fn alias(&mut self, sigil: u8, hint: &str, write: impl FnOnce(&mut Vec<u8>)) -> &[u8] {
        if self.places.is_empty() {
            self.json.reserve(256);
            self.places.reserve(8);
        }
        let mark = self.json.len();
        if mark > 0 {
            self.json.push(b',');
        }
        let alias = self.write_alias(sigil, hint);
        let start = self.json.len();
        write(&mut self.json);
        let value = start..self.json.len();
        let known = self.places.iter().find(|known| self.slice(&known.value) == self.slice(&value));
        let alias = match known.map(|known| known.alias.clone()) {
            Some(alias) => {
                self.json.truncate(mark);
                alias
            }
            None => {
                self.places.push(Place { alias: alias.clone(), value });
                alias
            }
        };
        self.slice(&alias)
    }

    /// Writes the first alias after `hint` that is not taken, its quotes and the colon. DynamoDB takes letters, digits
    /// and `_` in one.
    fn write_alias(&mut self, sigil: u8, hint: &str) -> Range<usize> {
        self.json.extend_from_slice(&[b'"', sigil]);
        let start = self.json.len() - 1;
        let short = hint.char_indices().nth(60).and_then(|(end, _)| hint.get(..end)).unwrap_or(hint);
        if short.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            self.json.extend_from_slice(short.as_bytes());
        } else {
            self.json
                .extend(short.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii_alphanumeric).unwrap_or(b'_')));
        }
        let (end, mut number) = (self.json.len(), 2_u32);
        while self.is_taken(&(start..self.json.len())) {
            self.json.truncate(end);
            self.json.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
            number = number.saturating_add(1);
        }
        let alias = start..self.json.len();
        self.json.extend_from_slice(b"\":");
        alias
    }

    fn is_taken(&self, alias: &Range<usize>) -> bool {
        self.places.iter().any(|known| self.slice(&known.alias) == self.slice(alias))
    }

    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.json.get(range.clone()).unwrap_or_default()
    }

    fn write(&self, opening: &[u8], out: &mut Vec<u8>) {
        if !self.places.is_empty() {
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
