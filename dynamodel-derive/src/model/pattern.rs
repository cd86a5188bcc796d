//! Named access patterns: which keys they cover, and what stands in their sort keys.

use super::{Entity, Field, Index, Key};
use crate::attr::{Flags, Piece};
use crate::rename;
use quote::format_ident;
use syn::Ident;

/// What an index holds of an item, as the entity says.
pub(crate) enum Holds {
    /// All of it.
    All,
    /// The keys alone.
    KeysOnly,
    /// `include(hits, data)`
    Include(Vec<Ident>),
}

/// `query = of_user`, `index(by_token = Gsi1, ..)`.
pub(crate) struct Pattern<'e> {
    /// The generated function's name.
    pub(crate) name: &'e Ident,
    /// `None` for the table's own key.
    pub(crate) index: Option<&'e Index>,
    pub(crate) partition: &'e [Key],
    pub(crate) sort: &'e [Key],
    pub(crate) mixed: bool,
    entity: &'e Entity,
}

/// A field of a sort key.
pub(crate) struct Step<'e> {
    pub(crate) field: &'e Field,
    /// Written as it is: its order is not known.
    pub(crate) raw: bool,
    /// Nothing follows in its attribute.
    pub(crate) last: bool,
    /// Its value is known from the partition key, or from an attribute before.
    pub(crate) known: bool,
}

impl Entity {
    /// Its access patterns: the primary key's first.
    pub(crate) fn patterns(&self) -> Vec<Pattern<'_>> {
        let own = self.query.iter().map(|name| Pattern {
            name,
            index: None,
            partition: std::slice::from_ref(&self.partition),
            sort: self.sort.as_slice(),
            mixed: self.mixed.is_some(),
            entity: self,
        });
        let of_indexes = self.indexes.iter().map(|index| Pattern {
            name: &index.name,
            index: Some(index),
            partition: index.partition.as_deref().unwrap_or(std::slice::from_ref(&self.partition)),
            sort: &index.sort,
            mixed: index.mixed.is_some(),
            entity: self,
        });
        own.chain(of_indexes).collect()
    }
}

impl<'e> Pattern<'e> {
    /// The fields of its sort key, in order.
    pub(crate) fn steps(&self) -> Vec<Step<'e>> {
        let mut known: Vec<String> = self.partition.iter().flat_map(Key::fields).collect();
        let mut steps = Vec::new();
        for key in self.sort {
            let named: Vec<(String, Flags)> = match key {
                Key::Field(_) => key.fields().into_iter().map(|name| (name, Flags::default())).collect(),
                Key::Template(template) => template
                    .pieces
                    .iter()
                    .filter_map(|piece| match piece {
                        Piece::Field { name, flags } => Some((name.clone(), *flags)),
                        Piece::Literal(_) => None,
                    })
                    .collect(),
            };
            let ends_with_field = match key {
                Key::Field(_) => true,
                Key::Template(template) => matches!(template.pieces.last(), Some(Piece::Field { .. })),
            };
            let count = named.len();
            for (at, (name, flags)) in named.into_iter().enumerate() {
                let Some(field) = self.entity.field(&name) else { continue };
                let last = ends_with_field && at + 1 == count;
                steps.push(Step { field, raw: flags.raw, last, known: known.contains(&name) });
                known.push(name);
            }
        }
        steps
    }

    /// `SessionByToken`
    pub(crate) fn type_name(&self) -> String {
        format!("{}{}", self.entity.ident, pascal(self.name))
    }

    /// `SessionByToken`, where the index does not hold whole items.
    pub(crate) fn part(&self) -> Option<Ident> {
        match self.index?.holds {
            Holds::All => None,
            Holds::KeysOnly | Holds::Include(_) => Some(Ident::new(&self.type_name(), self.name.span())),
        }
    }

    /// `SessionByTokenDayRange`: the struct whose first fields are given.
    pub(crate) fn range_name(&self, given: &[&Step<'_>]) -> Ident {
        let fields: String = given.iter().map(|step| pascal(&step.field.ident)).collect();
        format_ident!("{}{fields}Range", self.type_name())
    }
}

fn pascal(name: &Ident) -> String {
    use syn::ext::IdentExt;
    rename::field(&name.unraw().to_string(), Some("PascalCase"))
}
