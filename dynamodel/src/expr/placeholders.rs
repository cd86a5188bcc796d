//! Names and values of an expression: aliased, readable, shared, the same from call to call.

use crate::wire;

/// The names and values that the expressions of one request share.
///
/// Every attribute name is aliased (DynamoDB has some 570 reserved words): `#hits` for `hits`. A value is called after
/// the attribute that it is compared with or stored in: `:hits`, the next one `:hits2`. Equal names and equal values
/// are written once.
#[derive(Debug, Default)]
pub(crate) struct Placeholders {
    names: Vec<(String, String)>,
    values: Vec<(String, Vec<u8>)>,
}

impl Placeholders {
    /// Appends the alias of an attribute's name.
    pub(crate) fn name(&mut self, name: &str, out: &mut String) {
        if let Some((alias, _)) = self.names.iter().find(|(_, known)| known == name) {
            return out.push_str(alias);
        }
        let alias = free(|alias| self.names.iter().any(|(known, _)| known == alias), '#', name);
        out.push_str(&alias);
        self.names.push((alias, name.to_owned()));
    }

    /// Appends the alias of a value, given as DynamoDB JSON.
    pub(crate) fn value(&mut self, hint: &str, wire: &[u8], out: &mut String) {
        if let Some((alias, _)) = self.values.iter().find(|(_, known)| known == wire) {
            return out.push_str(alias);
        }
        let alias = free(|alias| self.values.iter().any(|(known, _)| known == alias), ':', hint);
        out.push_str(&alias);
        self.values.push((alias, wire.to_vec()));
    }

    /// Appends `,"ExpressionAttributeNames":{..},"ExpressionAttributeValues":{..}`, as far as there are any.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        for (at, (alias, name)) in self.names.iter().enumerate() {
            out.extend_from_slice(if at == 0 { b",\"ExpressionAttributeNames\":{" } else { b"," });
            wire::write_string(out, alias);
            out.push(b':');
            wire::write_string(out, name);
        }
        if !self.names.is_empty() {
            out.push(b'}');
        }
        for (at, (alias, value)) in self.values.iter().enumerate() {
            out.extend_from_slice(if at == 0 { b",\"ExpressionAttributeValues\":{" } else { b"," });
            wire::write_string(out, alias);
            out.push(b':');
            out.extend_from_slice(value);
        }
        if !self.values.is_empty() {
            out.push(b'}');
        }
    }
}

/// The first alias after `hint` that is not taken. DynamoDB takes letters, digits and `_` in one.
fn free(taken: impl Fn(&str) -> bool, sigil: char, hint: &str) -> String {
    let mut alias = String::with_capacity(hint.len() + 1);
    alias.push(sigil);
    alias.extend(hint.chars().take(60).map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }));
    if !taken(&alias) {
        return alias;
    }
    let mut number = 2_u32;
    loop {
        let numbered = format!("{alias}{number}");
        if !taken(&numbered) {
            return numbered;
        }
        number = number.saturating_add(1);
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
}
