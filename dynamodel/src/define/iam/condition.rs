//! The conditions of a statement: which partitions, which attributes, and in which transactions.

use super::grant::Grant;
use super::leading::leading;
use super::principal::literal;
use super::target::Target;
use super::texts::{Text, Texts};
use super::wildcard;
use crate::define::definition::TableDefinition;
use crate::define::document::{Map, Node};
use crate::schema::{EntitySchema, IndexKind};

/// The values of the partition keys that a request is for.
const LEADING_KEYS: &str = "dynamodb:LeadingKeys";

/// What must hold for a statement to apply.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    /// The partition keys that a request may be for.
    pub(super) leading: Option<Texts>,
    /// The other conditions: operator, key and values.
    others: Vec<(&'static str, String, Node)>,
}

impl Condition {
    /// On these partitions.
    pub(super) const fn on(leading: Texts) -> Self {
        Self { leading: Some(leading), others: Vec::new() }
    }

    /// On the partitions of an entity, as far as they are known.
    pub(super) fn on_entity(definition: &TableDefinition, entity: &EntitySchema, index: Option<&str>) -> Self {
        let Some(known) = wildcard::partitions(definition, entity, index) else { return Self::default() };
        let mut condition = Self::on(Texts::from_iter([known.text]));
        if let Some(not) = known.not {
            condition.and("ForAllValues:StringNotLike", LEADING_KEYS, not.as_str().into());
        }
        condition
    }

    /// The conditions of a grant.
    pub(super) fn of(definition: &TableDefinition, grant: &Grant, on: &Target, wrong: &mut Vec<String>) -> Self {
        let index = on.index.as_deref();
        let mut condition = Self::default();
        if grant.owned.is_empty() {
            if let Some(entity) = on.pattern {
                condition = Self::on_entity(definition, entity, index);
            }
        } else {
            let leading = leading(definition, index, &grant.owned, wrong);
            condition.leading = Some(leading.texts);
            for key in &leading.guarded {
                let marks = ["*#*", "*${$}*", "*${*}*", "*${?}*"];
                condition.and("StringNotLike", key, Node::List(marks.map(Node::from).to_vec()));
            }
        }
        if !grant.attributes.is_empty() {
            let names = attributes(definition, grant, index, wrong);
            condition.attributes(&names.into_iter().map(|name| Text::exact(literal(&name))).collect());
        }
        if grant.in_transactions {
            condition.enclosed(&["TransactGetItems", "TransactWriteItems"]);
        }
        condition
    }

    /// Only these attributes, and only where attributes are named.
    pub(super) fn attributes(&mut self, names: &Texts) {
        self.and(names.operator(), "dynamodb:Attributes", names.node());
        self.and("Null", "dynamodb:Attributes", "false".into());
        // As in IAM's own guide: without it, a request that names no attributes would read all of them.
        self.and("StringEqualsIfExists", "dynamodb:Select", "SPECIFIC_ATTRIBUTES".into());
    }

    /// Only within these operations.
    pub(super) fn enclosed(&mut self, operations: &[&str]) {
        let names = operations.iter().map(|name| Text::exact((*name).to_owned())).collect::<Texts>();
        self.and("ForAnyValue:StringEquals", "dynamodb:EnclosingOperation", names.node());
    }

    fn and(&mut self, operator: &'static str, key: &str, value: Node) {
        self.others.push((operator, key.to_owned(), value));
    }

    /// The conditions other than the partition keys.
    pub(super) fn others(&self) -> Map {
        Self { leading: None, others: self.others.clone() }.map()
    }

    /// The condition as part of a document.
    pub(super) fn map(&self) -> Map {
        let leading = self.leading.iter().flat_map(|texts| {
            // `ForAllValues` is also true without any value.
            [(texts.operator(), texts.node()), ("Null", "false".into())]
        });
        let mut operators: Vec<(&'static str, Map)> = Vec::new();
        let leading = leading.map(|(operator, value)| (operator, LEADING_KEYS.to_owned(), value));
        for (operator, key, value) in leading.chain(self.others.iter().cloned()) {
            match operators.iter_mut().find(|(known, _)| *known == operator) {
                Some((_, map)) => map.0.push((key, value)),
                None => operators.push((operator, Map::new().with(key, value))),
            }
        }
        operators.into_iter().fold(Map::new(), |map, (operator, keys)| map.with(operator, keys))
    }
}

/// The attributes that the grant names, and those that the library always requests.
fn attributes(
    definition: &TableDefinition,
    grant: &Grant,
    index: Option<&str>,
    wrong: &mut Vec<String>,
) -> Vec<String> {
    let known: Vec<&str> = definition.entities().iter().flat_map(|entity| entity.attributes).copied().collect();
    for name in &grant.attributes {
        if !known.contains(&name.as_str()) {
            wrong.push(format!(
                "no entity of the table stores an attribute `{name}`: give the name under which it is stored"
            ));
        }
    }
    let of_index = definition.indexes().iter().filter(|own| Some(own.name) == index);
    let of_index = of_index.flat_map(|own| {
        let partition = if own.kind == IndexKind::Global { own.partition_key } else { &[] };
        partition.iter().chain(own.sort_key).copied()
    });
    let keys = std::iter::once(definition.partition_key()).chain(definition.sort_key()).chain(of_index);
    let managed = std::iter::once(definition.type_attribute()).chain(definition.ttl());
    let mut names: Vec<String> = Vec::new();
    for name in keys.chain(managed).map(str::to_owned).chain(grant.attributes.iter().cloned()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
