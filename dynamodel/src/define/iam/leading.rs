//! Partition keys of a principal's own partitions, as the text that IAM compares (`dynamodb:LeadingKeys`).

use super::grant::Owned;
use super::names::not_among;
use super::principal::{Principal, literal};
use super::texts::{Text, Texts};
use crate::define::definition::{TableDefinition, pattern};
use crate::schema::{EntitySchema, Pattern, Piece, Position, may_begin, may_collide};

/// The texts, and the condition keys that they depend on.
#[derive(Default)]
pub(super) struct Leading {
    pub(super) texts: Texts,
    /// Condition keys whose values must not contain separators or wildcards.
    pub(super) guarded: Vec<String>,
}

/// The partitions of the owned entities on the table or an index.
pub(super) fn leading(
    definition: &TableDefinition,
    index: Option<&str>,
    owned: &[Owned],
    wrong: &mut Vec<String>,
) -> Leading {
    let mut leading = Leading::default();
    for own in owned {
        let mut entities = definition.entities().iter();
        let Some(entity) = entities.find(|entity| entity.name == own.entity) else {
            let names = definition.entities().iter().map(|entity| entity.name);
            wrong.push(not_among("entity", &own.entity, names));
            continue;
        };
        let Some(key) = partition(entity, index, wrong) else { continue };
        match text(entity, key, &own.fields) {
            Ok(text) => {
                overlapping_entities(definition, index, owned, (entity, key, text.open), wrong);
                leading.texts.extend([text]);
            }
            Err(why) => wrong.push(why),
        }
        for (_, principal) in &own.fields {
            wrong.extend(principal.problem());
            if let Some(key) = principal.guarded().filter(|key| !leading.guarded.iter().any(|known| known == key)) {
                leading.guarded.push(key.to_owned());
            }
        }
    }
    leading
}

/// The entity's partition key there, if it is one attribute.
fn partition<'a>(entity: &EntitySchema, index: Option<&str>, wrong: &mut Vec<String>) -> Option<&'a Pattern> {
    let keys = partition_keys(entity, index);
    let place = index.map_or_else(|| "the table".to_owned(), |index| format!("the index `{index}`"));
    match keys[..] {
        [one] => Some(one),
        [] => {
            wrong.push(format!("`{}` is not on {place}, so that it has no partitions there", entity.name));
            None
        }
        _ => {
            wrong.push(format!(
                "the partition key of {place} has {} attributes, and `own_partitions` can compare only one",
                keys.len()
            ));
            None
        }
    }
}

/// The entity's partition key on the table or an index. A local index has the table's.
pub(super) fn partition_keys(entity: &EntitySchema, index: Option<&str>) -> Vec<&'static Pattern> {
    let own = pattern::keys(entity, index, Position::Partition);
    let lies_there = entity.keys_of(index).next().is_some();
    let keys = if own.is_empty() && lies_there { pattern::keys(entity, None, Position::Partition) } else { own };
    keys.into_iter().map(|key| &key.pattern).collect()
}

/// `USER#${aws:PrincipalTag/user_id}`, with `*` for everything after the principal's fields.
fn text(entity: &EntitySchema, key: &Pattern, fields: &[(String, Principal)]) -> Result<Text, String> {
    let shown = pattern::text(key);
    let start = format!("the partition key `{shown}` of `{}`", entity.name);
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, principal)| principal);
    let names = |name: &str| match key {
        Pattern::Template(pieces) => {
            pieces.iter().any(|piece| matches!(piece, Piece::Field { name: own, .. } if *own == name))
        }
        Pattern::Native { name: own, .. } => *own == name,
    };
    if let Some((unknown, _)) = fields.iter().find(|(field, _)| !names(field)) {
        return Err(format!("{start} has no field `{unknown}`: name a field of the key"));
    }
    let unfit = |name: &str, why: &str| format!("{start} cannot be compared: `{name}` is {why}");
    let pieces = match key {
        Pattern::Native { name, form, .. } => {
            let Some(principal) = value(name) else {
                return Err(format!("{start} belongs to no principal: give a value for `{name}`"));
            };
            let text = principal.in_key(*form, None).map_err(|why| unfit(name, why))?;
            return Ok(Text::exact(text));
        }
        Pattern::Template(pieces) => *pieces,
    };
    let mut text = String::new();
    let mut found = 0;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(part) => text.push_str(&literal(part)),
            Piece::Field { name, spec, form } => match value(name) {
                Some(_) if spec.raw && at + 1 < pieces.len() => {
                    return Err(unfit(name, "raw and not the last field, so that the end of its value is unknown"));
                }
                Some(principal) => {
                    text.push_str(&principal.in_key(*form, Some(*spec)).map_err(|why| unfit(name, why))?);
                    found += 1;
                }
                None if found == 0 => {
                    let remedy = "the principal's fields must come first in a key that IAM compares";
                    return Err(format!("{start} begins with `{name}`, which has no value here: {remedy}"));
                }
                None if found < fields.len() => {
                    return Err(format!("{start} has `{name}` between the principal's fields: give its value too"));
                }
                None => {
                    text.push('*');
                    return Ok(Text { text, open: true });
                }
            },
        }
    }
    if found == 0 {
        return Err(format!("{start} is the same for all items, so that it belongs to no principal"));
    }
    Ok(Text::exact(text))
}

/// IAM cannot tell the items of one partition apart, so that all entities in it must be named.
fn overlapping_entities(
    definition: &TableDefinition,
    index: Option<&str>,
    owned: &[Owned],
    (entity, key, open): (&EntitySchema, &Pattern, bool),
    wrong: &mut Vec<String>,
) {
    for other in definition.entities().iter().filter(|other| !owned.iter().any(|own| own.entity == other.name)) {
        for theirs in partition_keys(other, index) {
            if may_lie(key, open, theirs) {
                let [own, others] = [pattern::text(key), pattern::text(theirs)];
                wrong.push(format!(
                    "the partitions `{own}` of `{}` can also hold items of `{}` (`{others}`), and IAM cannot tell them apart: name that entity with `own_partitions` too, or give it another key",
                    entity.name, other.name
                ));
            }
        }
    }
}

/// Whether an item with the other entity's key can match the text that is compared for ours.
fn may_lie(ours: &Pattern, open: bool, theirs: &Pattern) -> bool {
    let [own, other] = [beginning(ours), beginning(theirs)];
    if is_raw(ours) || is_raw(theirs) {
        // Nothing is known of raw fields: only the text before them is compared.
        return own.starts_with(other) || other.starts_with(own);
    }
    if open { may_begin(theirs, own) } else { may_collide(ours, theirs) }
}

/// Whether it has a raw field, which is written without escaping separators.
pub(super) fn is_raw(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Template(pieces)
        if pieces.iter().any(|piece| matches!(piece, Piece::Field { spec, .. } if spec.raw)))
}

/// The literal that its values begin with.
pub(super) const fn beginning(pattern: &Pattern) -> &'static str {
    match pattern {
        Pattern::Template([Piece::Literal(text), ..]) => text,
        _ => "",
    }
}
