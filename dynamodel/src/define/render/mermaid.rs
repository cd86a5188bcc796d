//! The entities and what belongs to what, as Mermaid's entity-relationship diagram.

use crate::define::definition::{TableDefinition, pattern};
use crate::schema::{EntitySchema, Position};

impl TableDefinition {
    /// An entity-relationship diagram for Mermaid, which GitHub draws in Markdown. Where an entity stands in its partition once
    /// (its sort key is the same for all), lines go from it to those of which there are many in partitions of the same form,
    /// whatever their fields are called: `USER#{id}` and `USER#{user_id}`. Entities that are all many there, or all single,
    /// have no line between them.
    ///
    /// Attributes of the primary key begin with `*`, as Mermaid marks them. Where it takes a name of an attribute for
    /// something else, `_` stands in it, and the name itself behind it.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() {
    /// let diagram = Shop::definition().mermaid();
    /// assert!(diagram.starts_with("erDiagram\n    \"Session\" {\n        S *PK PK \"USER#{user_id}\"\n"));
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
        let kind = key.pattern.kind().letter();
        let pattern = pattern::text(&key.pattern);
        let (named, mark, place) = match key.index {
            None => (format!("*{}", identifier(key.attribute)), " PK", None),
            Some(index) => (attribute_name(key.attribute), "", Some(index)),
        };
        let own = (named.trim_start_matches('*') != key.attribute).then_some(key.attribute);
        let comment: Vec<_> = own.into_iter().chain(place).chain([pattern.as_str()]).collect();
        lines.push_str(&line(&format!("{kind} {named}{mark}"), &comment.join(": ")));
    }
    for name in entity.attributes.iter().filter(|name| !entity.keys.iter().any(|key| key.attribute == **name)) {
        let own = (attribute_name(name) != *name).then_some(*name);
        let what = match Some(*name) {
            found if found == entity.version => Some("version"),
            found if found == entity.ttl => Some("time to live"),
            _ => None,
        };
        let comment: Vec<_> = own.into_iter().chain(what).collect();
        lines.push_str(&line(&format!("attribute {}", attribute_name(name)), &comment.join(": ")));
    }
    format!("    {} {{\n{lines}    }}\n", text(entity.name))
}

fn line(attribute: &str, comment: &str) -> String {
    match comment {
        "" => format!("        {attribute}\n"),
        _ => format!("        {attribute} {}\n", text(comment)),
    }
}

/// One to many, where the one's sort key is the same for all and the other's is not.
fn relation(owner: &EntitySchema, member: &EntitySchema) -> Option<String> {
    let partition = |entity| pattern::keys(entity, None, Position::Partition).first().map(|key| &key.pattern);
    let is_single =
        |entity| pattern::keys(entity, None, Position::Sort).iter().all(|key| pattern::is_fixed(&key.pattern));
    let (of_owner, of_member) = (partition(owner)?, partition(member)?);
    let alike = of_owner.kind() == of_member.kind() && pattern::form(of_owner) == pattern::form(of_member);
    if !alike || !is_single(owner) || is_single(member) {
        return None;
    }
    let shared = pattern::text(of_owner);
    Some(format!("    {} ||--o{{ {} : {}\n", text(owner.name), text(member.name), text(&shared)))
}

/// A name of an attribute. Mermaid takes one that begins with `PK`, `FK` or `UK` for a mark, and none that begins with
/// a digit or `-`.
fn attribute_name(name: &str) -> String {
    let identifier = identifier(name);
    let begins = identifier.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let (first, behind) = identifier.split_at_checked(2).unwrap_or_default();
    let is_mark = ["PK", "FK", "UK"].iter().any(|mark| first.eq_ignore_ascii_case(mark))
        && !behind.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if begins && !is_mark { identifier } else { format!("_{identifier}") }
}

/// In Mermaid, names of attributes hold letters, digits, `_` and `-`.
fn identifier(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' }).collect()
}

/// Text in quotes, in which nothing means anything to Mermaid: not the end of the quotes, no directive (`%%{`), no
/// generic type (`~`), no Markdown, no HTML, and no sentence like `direction TB`.
fn text(text: &str) -> String {
    let mut out = String::from("\"");
    let directed = text.to_ascii_lowercase().contains("direction");
    for c in text.chars() {
        match c {
            '"' | '%' | ';' | '~' | '`' | '*' | '<' | '>' | '\\' => out.extend(["#", &u32::from(c).to_string(), ";"]),
            c if c.is_whitespace() && (directed || c != ' ') => out.push_str("#32;"),
            c if c.is_control() => out.push('_'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
