//! The access patterns as a table in Markdown.

use crate::define::definition::{TableDefinition, pattern};
use crate::schema::{AccessPattern, EntitySchema, Position, ProjectionSchema};

const HEAD: &str = "\
| entity | access pattern | on | partition key | sort key | holds | remarks |
|---|---|---|---|---|---|---|
";

impl TableDefinition {
    /// The table's access patterns in Markdown, a row each: for each entity its own key first, then its named patterns.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() {
    /// let markdown = Shop::definition().markdown();
    /// assert!(markdown.contains("| `Session` | `by_token` | `Gsi1` | `TOKEN#{token}` | `SESSION` | all |  |"));
    /// # }
    /// ```
    pub fn markdown(&self) -> String {
        let rows = self.entities().iter().flat_map(|entity| {
            let own = AccessPattern { name: "key", index: None, projection: ProjectionSchema::All, mixed: false };
            let patterns = std::iter::once(own).chain(entity.patterns.iter().copied());
            patterns.map(|pattern| row(entity, &pattern)).collect::<Vec<_>>()
        });
        std::iter::once(HEAD.to_owned()).chain(rows).collect()
    }
}

fn row(entity: &EntitySchema, access: &AccessPattern) -> String {
    let part = |position| {
        // A local index has the table's partition key.
        let own = pattern::keys(entity, access.index, position);
        let keys = match position {
            Position::Partition if own.is_empty() => pattern::keys(entity, None, position),
            _ => own,
        };
        code(keys.iter().map(|key| pattern::text(&key.pattern)))
    };
    let holds = match access.projection {
        ProjectionSchema::All => "all".to_owned(),
        ProjectionSchema::KeysOnly => "keys".to_owned(),
        ProjectionSchema::Include(included) => code(included.iter().map(|name| (*name).to_owned())),
    };
    let sparse = access.index.is_some() && entity.keys_of(access.index).any(|key| pattern::is_sparse(&key.pattern));
    let remarks = [("sparse", sparse), ("other entities between", access.mixed)];
    let remarks: Vec<_> = remarks.iter().filter(|(_, so)| *so).map(|(word, _)| *word).collect();
    let cells = [
        code([entity.name.to_owned()]),
        code([access.name.to_owned()]),
        access.index.map_or_else(|| "table".to_owned(), |name| code([name.to_owned()])),
        part(Position::Partition),
        part(Position::Sort),
        holds,
        remarks.join(", "),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// A bar would end the cell, even in code.
fn code(texts: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<_> = texts.into_iter().map(|text| format!("`{}`", text.replace('|', "\\|"))).collect();
    cells.join(", ")
}
