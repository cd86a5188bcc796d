//! The conditions of a grant: whose partitions, which attributes, and in what.

use super::grant::Grant;
use super::leading::leading;
use super::statement::one_or_list;
use crate::define::TableDefinition;
use crate::define::document::{Map, Node};
use crate::schema::IndexKind;

pub(super) fn condition(
    definition: &TableDefinition,
    grant: &Grant,
    index: Option<&str>,
    wrong: &mut Vec<String>,
) -> Map {
    let mut operators: Vec<(&'static str, Map)> = Vec::new();
    let mut say = |operator: &'static str, key: &str, value: Node| match operators
        .iter_mut()
        .find(|(known, _)| *known == operator)
    {
        Some((_, map)) => map.0.push((key.to_owned(), value)),
        None => operators.push((operator, Map::new().with(key, value))),
    };
    if !grant.owned.is_empty() {
        let leading = leading(definition, index, &grant.owned, wrong);
        let operator = if leading.open { "ForAllValues:StringLike" } else { "ForAllValues:StringEquals" };
        say(operator, "dynamodb:LeadingKeys", one_or_list(&leading.texts));
        // All of no values are equal to anything.
        say("Null", "dynamodb:LeadingKeys", "false".into());
        for key in &leading.guarded {
            let marks = ["*#*", "*${$}*", "*${*}*", "*${?}*"];
            say("StringNotLike", key, Node::List(marks.map(Node::from).to_vec()));
        }
    }
    if !grant.attributes.is_empty() {
        let names = attributes(definition, grant, index, wrong);
        say("ForAllValues:StringEquals", "dynamodb:Attributes", one_or_list(&names));
        say("Null", "dynamodb:Attributes", "false".into());
        // As IAM's own guide has it. What does not name its attributes selects others.
        say("StringEqualsIfExists", "dynamodb:Select", "SPECIFIC_ATTRIBUTES".into());
    }
    if grant.in_transactions {
        let both = ["TransactGetItems", "TransactWriteItems"].map(Node::from).to_vec();
        say("ForAnyValue:StringEquals", "dynamodb:EnclosingOperation", Node::List(both));
    }
    operators.into_iter().fold(Map::new(), |map, (operator, keys)| map.with(operator, keys))
}

/// The named ones, and those that the library asks for by itself.
fn attributes(
    definition: &TableDefinition,
    grant: &Grant,
    index: Option<&str>,
    wrong: &mut Vec<String>,
) -> Vec<String> {
    let known: Vec<&str> = definition.entities().iter().flat_map(|entity| entity.attributes).copied().collect();
    for name in &grant.attributes {
        if !known.contains(&name.as_str()) {
            wrong.push(format!("no entity of the table stores an attribute `{name}`: name it as it is stored"));
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
