//! The clauses of an update, and their text.

use super::Placeholders;

/// What an update does to the attributes, in the order in which it was said.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clauses {
    set: Vec<(&'static str, Vec<u8>)>,
    remove: Vec<&'static str>,
    add: Vec<(&'static str, Vec<u8>)>,
}

/// How an absent value is written: a field that becomes `None` is removed, as a put would leave it out.
const NULL: &[u8] = b"{\"NULL\":true}";

impl Clauses {
    /// `SET name = value`, or `REMOVE name` for an absent value.
    pub(crate) fn set(&mut self, name: &'static str, value: Vec<u8>) {
        if value == NULL {
            self.remove.push(name);
        } else {
            self.set.push((name, value));
        }
    }

    /// `ADD name value`.
    pub(crate) fn add(&mut self, name: &'static str, value: Vec<u8>) {
        self.add.push((name, value));
    }

    /// Whether there is nothing to change.
    pub(crate) fn is_empty(&self) -> bool {
        self.names().next().is_none()
    }

    /// The first attribute that two clauses are about: DynamoDB refuses that.
    pub(crate) fn repeated(&self) -> Option<&'static str> {
        let names: Vec<_> = self.names().collect();
        names
            .iter()
            .enumerate()
            .find(|(at, name)| names.iter().take(*at).any(|known| known == *name))
            .map(|(_, name)| *name)
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        let set = self.set.iter().map(|(name, _)| *name);
        set.chain(self.remove.iter().copied()).chain(self.add.iter().map(|(name, _)| *name))
    }

    /// Appends the text.
    pub(crate) fn render(&self, placeholders: &mut Placeholders, out: &mut String) {
        for (at, (name, value)) in self.set.iter().enumerate() {
            out.push_str(if at == 0 { "SET " } else { ", " });
            placeholders.name(name, out);
            out.push_str(" = ");
            placeholders.value(name, value, out);
        }
        for (at, name) in self.remove.iter().enumerate() {
            out.push_str(if at > 0 {
                ", "
            } else if out.is_empty() {
                "REMOVE "
            } else {
                " REMOVE "
            });
            placeholders.name(name, out);
        }
        for (at, (name, value)) in self.add.iter().enumerate() {
            out.push_str(if at > 0 {
                ", "
            } else if out.is_empty() {
                "ADD "
            } else {
                " ADD "
            });
            placeholders.name(name, out);
            out.push(' ');
            placeholders.value(name, value, out);
        }
    }
}
