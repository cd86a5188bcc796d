//! The entities and what belongs to what, as Mermaid's entity-relationship diagram.

use super::{TableDefinition, pattern};
use crate::schema::{EntitySchema, Position};

impl TableDefinition {
    /// An entity-relationship diagram for Mermaid, which GitHub draws in Markdown. Entities that share a partition
    /// are connected: the one that stands there once to those of which there are many.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() {
    /// let diagram = Shop::definition().mermaid();
    /// assert!(diagram.starts_with("erDiagram\n    Session {\n        S PK PK \"USER#{user_id}\"\n"));
    /// # }
    /// ```
    pub fn mermaid(&self) -> String {
        let mut out = String::from("erDiagram\n");
        for entity in self.entities() {
            out.push_str(&block(entity));
        }
        for owner in self.entities() {
            for member in self.entities() {
                out.push_str(&relation(owner, member).unwrap_or_default());
            }
        }
        out
    }
}

fn block(entity: &EntitySchema) -> String {
    let mut lines = String::new();
    for key in entity.keys {
        let mark = if key.index.is_none() { " PK" } else { "" };
        let text = pattern::text(&key.pattern);
        let comment = match key.index {
            Some(index) => format!("{index}: {text}"),
            None => text,
        };
        lines.push_str(&line(&format!("{} {}{mark}", key.pattern.kind().letter(), word(key.attribute)), &comment));
    }
    for name in entity.attributes.iter().filter(|name| !entity.keys.iter().any(|key| key.attribute == **name)) {
        let comment = match Some(*name) {
            found if found == entity.version => "version",
            found if found == entity.ttl => "time to live",
            _ if word(name) != *name => name,
            _ => "",
        };
        lines.push_str(&line(&format!("attribute {}", word(name)), comment));
    }
    format!("    {} {{\n{lines}    }}\n", word(entity.name))
}

fn line(text: &str, comment: &str) -> String {
    // Mermaid has no escape for the quote.
    let comment = comment.replace('"', "'");
    if comment.is_empty() { format!("        {text}\n") } else { format!("        {text} \"{comment}\"\n") }
}

/// One to many, where the one's sort key is the same for all and the other's is not.
fn relation(owner: &EntitySchema, member: &EntitySchema) -> Option<String> {
    let partition = |entity| -> Option<String> {
        pattern::keys(entity, None, Position::Partition).first().map(|key| pattern::text(&key.pattern))
    };
    let is_single =
        |entity| pattern::keys(entity, None, Position::Sort).iter().all(|key| pattern::is_fixed(&key.pattern));
    let shared = partition(owner)?;
    if partition(member)? != shared || !is_single(owner) || is_single(member) {
        return None;
    }
    let [one, many] = [word(owner.name), word(member.name)];
    Some(format!("    {one} ||--o{{ {many} : \"{}\"\n", shared.replace('"', "'")))
}

/// Mermaid's names hold letters, digits, `_` and `-`.
fn word(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' }).collect()
}
