//! The entities and their relationships, as an entity-relationship diagram of Mermaid.

use crate::define::definition::{TableDefinition, pattern};
use crate::schema::{EntitySchema, Position};

impl TableDefinition {
    /// An entity-relationship diagram for Mermaid, which GitHub renders in Markdown. A line goes from an entity of which a
    /// partition holds one (its sort key is constant) to each entity of which the same partition holds many. Partitions are
    /// the same if their keys have the same form, whatever their fields are called: `USER#{id}` and `USER#{user_id}`. Between
    /// two entities that are both many, or both single, there is no line.
    ///
    /// Attributes of the primary key begin with `*`, as Mermaid marks them. Where Mermaid would misread the name of an
    /// attribute, some characters are replaced by `_`, and the name itself follows as a comment.
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

/// One to many, if the owner's sort key is constant and the member's is not.
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

/// The name of an attribute. Mermaid reads `PK`, `FK` or `UK` at its beginning as a mark, and does not allow a digit or `-`
/// there.
fn attribute_name(name: &str) -> String {
    let identifier = identifier(name);
    let begins = identifier.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let (first, rest) = identifier.split_at_checked(2).unwrap_or_default();
    let is_mark = ["PK", "FK", "UK"].iter().any(|mark| first.eq_ignore_ascii_case(mark))
        && !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if begins && !is_mark { identifier } else { format!("_{identifier}") }
}

/// Mermaid allows letters, digits, `_` and `-` in the names of attributes.
fn identifier(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' }).collect()
}

/// Text in quotes, with everything escaped that Mermaid would interpret: the end of the quotes, directives (`%%{`), generic
/// types (`~`), Markdown, HTML, and text like `direction TB`.
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
