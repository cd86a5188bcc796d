//! A condition in disjunctive normal form, the only form that the pattern language has.

use super::leaf::{Alternatives, LONGEST, quoted, too_long};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Node, Operand, Place};
use crate::path::Segment;
use crate::wire::Reader;
use std::collections::BTreeMap;

/// Conditions that must all hold: a path in the record, and the values that may be there.
pub(super) type Conjunction = BTreeMap<Vec<String>, Alternatives>;

/// More conjunctions than this are more than any mapping takes.
const MOST: usize = 64;

/// A conjunction of more paths than this is longer than any pattern: each has at least eight characters, `"a":[1],`.
const MOST_PATHS: usize = LONGEST / 8;

/// The conjunctions of a condition on an image, of which one must hold.
pub(super) fn of(node: &Node, image: &str) -> Result<Vec<Conjunction>> {
    Translation { image }.node(node, false)
}

struct Translation<'a> {
    image: &'a str,
}

impl Translation<'_> {
    fn node(&self, node: &Node, not: bool) -> Result<Vec<Conjunction>> {
        match (node, not) {
            (Node::Not(inner), _) => self.node(inner, !not),
            (Node::And(nodes), false) | (Node::Or(nodes), true) => self.all(nodes, not),
            (Node::Or(nodes), false) | (Node::And(nodes), true) => self.any(nodes, not),
            // A function of its own, so that a level of nesting takes little of the stack.
            _ => self.test(node, not),
        }
    }

    fn all(&self, nodes: &[Node], not: bool) -> Result<Vec<Conjunction>> {
        let mut out = vec![Conjunction::new()];
        for node in nodes {
            out = and(out, &self.node(node, not)?)?;
        }
        Ok(out)
    }

    fn any(&self, nodes: &[Node], not: bool) -> Result<Vec<Conjunction>> {
        let mut out = Vec::new();
        for node in nodes {
            for conjunction in self.node(node, not)? {
                or(&mut out, conjunction)?;
            }
        }
        Ok(out)
    }

    fn test(&self, node: &Node, not: bool) -> Result<Vec<Conjunction>> {
        match (node, not) {
            (Node::Never(_), false) => Ok(Vec::new()),
            (Node::Never(_), true) => Ok(vec![Conjunction::new()]),
            (Node::Compare(Operand::Place(place), word @ ("=" | "<>"), right), _) => {
                self.equal(place, std::slice::from_ref(right), (*word == "<>") != not)
            }
            (Node::In(Operand::Place(place), values), _) => self.equal(place, values, not),
            (Node::Function("begins_with", place, Some(part)), false) => {
                let (tag, json) = value(part, place)?;
                let prefix = unquoted(&json)
                    .filter(|_| tag == "S")
                    .ok_or_else(|| inexpressible(place, "`begins_with` is for text only"))?;
                self.leaf(place, &tag, Alternatives::prefix(&prefix))
            }
            (Node::Function("attribute_type", place, Some(kind)), _) => {
                let tag = value(kind, place).ok().and_then(|(_, json)| unquoted(&json)).unwrap_or_default();
                if !matches!(tag.as_str(), "S" | "N" | "B" | "BOOL" | "NULL") {
                    return Err(inexpressible(
                        place,
                        "patterns test single values, and lists, maps and sets have none at this level",
                    ));
                }
                self.leaf(place, &tag, if not { Alternatives::absent() } else { Alternatives::present() })
            }
            (other, _) => Err(refusal(other)),
        }
    }

    /// One of the values, or none of them.
    fn equal(&self, place: &Place, values: &[Operand], not: bool) -> Result<Vec<Conjunction>> {
        let mut by_tag: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for operand in values {
            let (tag, json) = value(operand, place)?;
            by_tag.entry(tag).or_default().push(json);
        }
        let mut out = if not { vec![Conjunction::new()] } else { Vec::new() };
        for (tag, values) in by_tag {
            let alternatives = match (not, tag.as_str()) {
                (false, _) => Alternatives { values, ..Alternatives::default() },
                // `anything-but` is for text: of two flags the other one is listed.
                (true, "BOOL") => {
                    let others = ["true", "false"].into_iter().filter(|flag| !values.iter().any(|value| value == flag));
                    Alternatives { values: others.map(str::to_owned).collect(), ..Alternatives::absent() }
                }
                (true, "NULL") => Alternatives::absent(),
                (true, _) => Alternatives::other_than(values),
            };
            let leaves = self.leaf(place, &tag, alternatives)?;
            if not {
                out = and(out, &leaves)?;
            } else {
                out.extend(leaves);
            }
        }
        Ok(out)
    }

    fn leaf(&self, place: &Place, tag: &str, alternatives: Alternatives) -> Result<Vec<Conjunction>> {
        if place.has_empty_key() {
            let why = sentence("no item has an empty key in a map");
            return Err(Error::new(ErrorKind::NotExpressible, why).at_attribute(place.attribute()));
        }
        let mut path = vec!["dynamodb".to_owned(), self.image.to_owned()];
        match place {
            Place::Field(name) => path.push((*name).to_owned()),
            Place::Deep(segments) => {
                for (at, segment) in segments.iter().enumerate() {
                    if at > 0 {
                        path.push("M".to_owned());
                    }
                    path.push(match segment {
                        Segment::Field(name) => (*name).to_owned(),
                        Segment::Key(key) => key.clone(),
                        Segment::Index(_) => {
                            return Err(inexpressible(place, "patterns do not count the elements of lists"));
                        }
                    });
                }
            }
        }
        path.push(tag.to_owned());
        Ok(vec![Conjunction::from([(path, alternatives)])])
    }
}

/// All of both, pair by pair.
pub(super) fn and(left: Vec<Conjunction>, right: &[Conjunction]) -> Result<Vec<Conjunction>> {
    let mut out = Vec::new();
    for own in left {
        for other in right {
            out.extend(both(own.clone(), other)?);
            if out.len() > MOST {
                return Err(too_many());
            }
        }
    }
    Ok(out)
}

/// `None` where they exclude each other.
fn both(mut own: Conjunction, other: &Conjunction) -> Result<Option<Conjunction>> {
    if own.len() + other.len() > MOST_PATHS {
        return Err(too_long());
    }
    for (path, more) in other {
        let Some(mine) = own.get(path) else {
            own.insert(path.clone(), more.clone());
            continue;
        };
        let Some(together) = mine.and(more) else {
            let message = format!(
                "two conditions on `{}` at once: a pattern can express only one of them, so test the other in the handler",
                path.get(2).map_or("?", String::as_str)
            );
            return Err(Error::new(ErrorKind::NotExpressible, message));
        };
        if together.is_empty() {
            return Ok(None);
        }
        own.insert(path.clone(), together);
    }
    Ok(Some(own))
}

/// Adds a conjunction; if it differs from another one in one leaf only, the two are joined.
fn or(out: &mut Vec<Conjunction>, more: Conjunction) -> Result<()> {
    for own in &mut *out {
        if let Some(joined) = joined(own, &more) {
            *own = joined;
            return Ok(());
        }
    }
    out.push(more);
    if out.len() > MOST { Err(too_many()) } else { Ok(()) }
}

/// Two conjunctions as one, if they differ in one leaf and that leaf can hold both.
fn joined(own: &Conjunction, more: &Conjunction) -> Option<Conjunction> {
    if !own.keys().eq(more.keys()) {
        return None;
    }
    let mut different = own.iter().zip(more.values()).filter(|((_, mine), other)| mine != other);
    let out = match different.next() {
        None => own.clone(),
        Some(((path, mine), other)) => {
            let both = mine.or(other)?;
            let mut out = own.clone();
            out.insert(path.clone(), both);
            out
        }
    };
    different.next().is_none().then_some(out)
}

fn too_many() -> Error {
    let message =
        "the condition makes more patterns than a mapping takes: filter by less here, and test the rest in the handler";
    Error::new(ErrorKind::NotExpressible, message)
}

/// A value's type, and its JSON in a pattern.
fn value(operand: &Operand, place: &Place) -> Result<(String, String)> {
    let (Operand::Value(wire) | Operand::Named(_, wire)) = operand else {
        return Err(inexpressible(place, "patterns compare attributes with values, not with each other"));
    };
    let mut found = None;
    let read = Reader::new(wire).and_then(|mut reader| {
        reader.object(|reader, tag| {
            let json = match tag {
                "S" | "N" | "B" => Some(quoted(&reader.string()?)),
                "BOOL" | "NULL" => Some(reader.boolean()?.to_string()),
                _ => {
                    reader.skip()?;
                    None
                }
            };
            found = json.map(|json| (tag.to_owned(), json));
            Ok(())
        })
    });
    let (tag, json) = read.ok().and(found).ok_or_else(|| {
        inexpressible(place, "patterns compare text, numbers, binary data and flags, and no lists, maps or sets")
    })?;
    if tag == "N" && json.contains(['e', 'E']) {
        return Err(inexpressible(
            place,
            "patterns compare numbers as text, and this number can be written in more than one way",
        ));
    }
    Ok((tag, json))
}

fn unquoted(json: &str) -> Option<String> {
    Reader::from_str(json).string().ok().map(std::borrow::Cow::into_owned)
}

fn refusal(node: &Node) -> Error {
    let (operand, why) = match node {
        Node::Compare(operand, ..) | Node::Between(operand, ..) | Node::In(operand, _) => {
            (Some(operand), "patterns cannot order DynamoDB's values, and have no arithmetic or sizes")
        }
        Node::Function("attribute_exists" | "attribute_not_exists", place, _) => {
            return inexpressible(place, "patterns test values of a type: use `has_type` instead");
        }
        Node::Function(_, place, _) => {
            return inexpressible(place, "patterns have no such function, or not its negation");
        }
        _ => (None, "patterns have no equivalent"),
    };
    match operand {
        Some(Operand::Place(place) | Operand::Size(place) | Operand::IfNotExists(place, _)) => {
            inexpressible(place, why)
        }
        _ => Error::new(ErrorKind::NotExpressible, sentence(why)),
    }
}

fn inexpressible(place: &Place, why: &str) -> Error {
    Error::new(ErrorKind::NotExpressible, sentence(why)).at_attribute(place.hint())
}

fn sentence(why: &str) -> String {
    format!("an event filter cannot express this ({why}): test it in the handler")
}
