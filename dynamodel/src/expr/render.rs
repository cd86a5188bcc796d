//! The text of conditions and updates, and DynamoDB's limits on it. The only place where expressions become text.

use super::limits::{OPERATOR_LIMIT, TEXT_LIMIT, check_text, too_many};
use super::{Node, Operand, Place, Placeholders};
use crate::error::{Error, ErrorKind, Result};
use crate::path::Segment;

/// One text under construction, with the names and values of its request.
///
/// It stands in the request's body from the start. Names and values are aliased, so that nothing in it needs escaping.
pub(crate) struct Rendering<'p> {
    out: &'p mut Vec<u8>,
    /// Where the text begins.
    start: usize,
    placeholders: &'p mut Placeholders,
    /// Operators and functions, of which DynamoDB takes 300.
    operators: usize,
    /// What the text cannot say at all.
    fault: Option<Error>,
}

/// The text of a condition.
pub(crate) fn render_condition(node: &Node, placeholders: &mut Placeholders) -> Result<String> {
    let mut out = Vec::with_capacity(64);
    let mut rendering = Rendering::new(&mut out, placeholders);
    rendering.node(node);
    rendering.finish("condition")?;
    // What it is made of is text.
    Ok(String::from_utf8(out).unwrap_or_default())
}

/// Appends the text of a condition that all of these make.
pub(crate) fn write_all<'n>(
    nodes: impl Iterator<Item = &'n Node> + Clone,
    placeholders: &mut Placeholders,
    out: &mut Vec<u8>,
) -> Result<()> {
    let mut out = Rendering::new(out, placeholders);
    // What is joined by `AND` already is taken apart: fewer brackets, one text for one meaning.
    let parts = nodes.flat_map(|node| if let Node::And(nodes) = node { nodes } else { std::slice::from_ref(node) });
    match parts.clone().nth(1) {
        Some(_) => out.all(parts),
        None => parts.for_each(|node| out.node(node)),
    }
    out.finish("condition")
}

impl<'p> Rendering<'p> {
    pub(super) fn new(out: &'p mut Vec<u8>, placeholders: &'p mut Placeholders) -> Self {
        let start = out.len();
        Self { out, start, placeholders, operators: 0, fault: None }
    }

    pub(super) fn finish(self, what: &str) -> Result<()> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        check_text(what, self.out.len() - self.start, "say less at once")?;
        if self.operators > OPERATOR_LIMIT { Err(too_many(what)) } else { Ok(()) }
    }

    /// Whether it is over a limit already, so that nothing more of it is needed.
    #[inline]
    pub(super) fn is_over(&self) -> bool {
        self.out.len() - self.start > TEXT_LIMIT || self.operators > OPERATOR_LIMIT
    }

    /// Text as it stands.
    #[inline]
    pub(super) fn push(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// An operator or a function, which counts.
    #[inline]
    fn operator(&mut self, text: &str) {
        self.operators += 1;
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Whether nothing has been written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.out.len() == self.start
    }

    pub(super) fn place(&mut self, place: &Place) {
        match place {
            Place::Field(name) => self.name(name),
            Place::Deep(segments) => {
                if place.has_empty_key() {
                    self.fault.get_or_insert_with(|| empty_key(place));
                }
                for (at, segment) in segments.iter().enumerate() {
                    match segment {
                        Segment::Index(index) => {
                            self.push("[");
                            self.push(itoa::Buffer::new().format(*index));
                            self.push("]");
                            continue;
                        }
                        _ if at > 0 => self.push("."),
                        _ => {}
                    }
                    match segment {
                        Segment::Field(name) => self.name(name),
                        Segment::Key(key) => self.name(key),
                        Segment::Index(_) => {}
                    }
                }
            }
        }
    }

    fn name(&mut self, name: &str) {
        self.out.extend_from_slice(self.placeholders.alias_of_name(name));
    }

    /// A value, called after `hint`.
    pub(super) fn value(&mut self, wire: &[u8], hint: &str) {
        self.out.extend_from_slice(self.placeholders.alias_of_value(hint, wire));
    }

    /// An operand; values are called after `hint`.
    pub(super) fn operand(&mut self, operand: &Operand, hint: &str) {
        match operand {
            Operand::Place(place) => self.place(place),
            Operand::Value(wire) => self.value(wire, hint),
            Operand::Named(name, wire) => self.value(wire, name),
            Operand::Size(place) => {
                self.operator("size(");
                self.place(place);
                self.push(")");
            }
            Operand::IfNotExists(place, otherwise) => {
                self.operator("if_not_exists(");
                self.place(place);
                self.push(", ");
                self.operand(otherwise, hint);
                self.push(")");
            }
            Operand::ListAppend(first, second) => {
                self.operator("list_append(");
                self.operand(first, hint);
                self.push(", ");
                self.operand(second, hint);
                self.push(")");
            }
            Operand::Arithmetic(left, sign, right) => {
                self.operand(left, hint);
                self.operator(if *sign == '-' { " - " } else { " + " });
                self.operand(right, hint);
            }
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Compare(left, operator, right) => {
                let hint = hint(left);
                self.operand(left, hint);
                self.push(" ");
                self.operator(operator);
                self.push(" ");
                self.operand(right, hint);
            }
            Node::Between(operand, low, high) => {
                let hint = hint(operand);
                self.operand(operand, hint);
                self.operator(" BETWEEN ");
                self.operand(low, hint);
                self.push(" AND ");
                self.operand(high, hint);
            }
            Node::In(operand, values) => {
                let hint = hint(operand);
                self.operand(operand, hint);
                self.operator(" IN (");
                for (at, value) in values.iter().enumerate() {
                    if self.is_over() {
                        break;
                    }
                    self.push(if at == 0 { "" } else { ", " });
                    self.operand(value, hint);
                }
                self.push(")");
            }
            Node::Function(name, place, operand) => {
                self.operator(name);
                self.push("(");
                self.place(place);
                if let Some(operand) = operand {
                    self.push(", ");
                    self.operand(operand, place.hint());
                }
                self.push(")");
            }
            Node::Never(place) => {
                self.operator("attribute_exists(");
                self.place(place);
                self.operator(") AND ");
                self.operator("attribute_not_exists(");
                self.place(place);
                self.push(")");
            }
            Node::And(nodes) => self.all(nodes.iter()),
            Node::Or(nodes) => self.joined(nodes.iter(), " OR ", |_| false),
            Node::Not(inner) => {
                self.operator("NOT ");
                // `NOT` binds tightest: whatever joins, or looks as if it did, stands in brackets.
                let simple = matches!(**inner, Node::Function(..));
                self.bracketed(inner, !simple);
            }
        }
    }

    fn all<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>) {
        self.joined(nodes, " AND ", |node| matches!(node, Node::Or(_)));
    }

    fn joined<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>, word: &str, brackets: fn(&Node) -> bool) {
        for (at, node) in nodes.enumerate() {
            if self.is_over() {
                break;
            }
            if at > 0 {
                self.operator(word);
            }
            self.bracketed(node, brackets(node));
        }
    }

    fn bracketed(&mut self, node: &Node, brackets: bool) {
        self.push(if brackets { "(" } else { "" });
        self.node(node);
        self.push(if brackets { ")" } else { "" });
    }
}

#[cold]
fn empty_key(place: &Place) -> Error {
    let message = "an empty key of a map is named, and DynamoDB takes none: give the entry a name";
    Error::new(ErrorKind::InvalidValue, message).at_attribute(place.attribute())
}

/// What values beside this operand are called after.
pub(super) fn hint(operand: &Operand) -> &str {
    match operand {
        Operand::Place(place) | Operand::Size(place) | Operand::IfNotExists(place, _) => place.hint(),
        Operand::ListAppend(first, _) | Operand::Arithmetic(first, ..) => hint(first),
        Operand::Value(_) | Operand::Named(..) => "value",
    }
}
