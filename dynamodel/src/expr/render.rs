//! The text of conditions and updates, and DynamoDB's limits on it. The only place where expressions become text.

use super::{Clauses, Node, Operand, Place, Placeholders};
use crate::error::{Error, ErrorKind, Result};
use crate::path::Segment;

/// One text under construction, with the names and values of its request.
pub(crate) struct Rendering<'p> {
    text: String,
    placeholders: &'p mut Placeholders,
    /// Operators and functions, of which DynamoDB takes 300.
    operators: usize,
}

/// DynamoDB's limits on one expression.
const TEXT_LIMIT: usize = 4096;
const OPERATOR_LIMIT: usize = 300;

/// The text of a condition.
pub(crate) fn render_condition(node: &Node, placeholders: &mut Placeholders) -> Result<String> {
    let mut out = Rendering { text: String::with_capacity(64), placeholders, operators: 0 };
    out.node(node);
    out.finish("condition")
}

/// The text of an update.
pub(crate) fn render_update(clauses: &Clauses, placeholders: &mut Placeholders) -> Result<String> {
    let mut out = Rendering { text: String::with_capacity(64), placeholders, operators: 0 };
    clauses.render(&mut out);
    out.finish("update")
}

impl Rendering<'_> {
    fn finish(self, what: &str) -> Result<String> {
        if self.text.len() > TEXT_LIMIT {
            let message = format!(
                "the {what} is {} bytes long, and DynamoDB takes at most {TEXT_LIMIT}: say less at once",
                self.text.len()
            );
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        if self.operators > OPERATOR_LIMIT {
            let message = format!(
                "the {what} has {} operators and functions, and DynamoDB takes at most {OPERATOR_LIMIT}: say less at once",
                self.operators
            );
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        Ok(self.text)
    }

    /// Text as it stands.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// An operator or a function, which counts.
    fn operator(&mut self, text: &str) {
        self.operators += 1;
        self.text.push_str(text);
    }

    /// Whether nothing has been written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn place(&mut self, place: &Place) {
        match place {
            Place::Field(name) => self.placeholders.name(name, &mut self.text),
            Place::Deep(segments) => {
                for (at, segment) in segments.iter().enumerate() {
                    match segment {
                        Segment::Index(index) => {
                            self.text.push('[');
                            self.text.push_str(itoa::Buffer::new().format(*index));
                            self.text.push(']');
                            continue;
                        }
                        _ if at > 0 => self.text.push('.'),
                        _ => {}
                    }
                    match segment {
                        Segment::Field(name) => self.placeholders.name(name, &mut self.text),
                        Segment::Key(key) => self.placeholders.name(key, &mut self.text),
                        Segment::Index(_) => {}
                    }
                }
            }
        }
    }

    /// An operand; values are called after `hint`.
    pub(super) fn operand(&mut self, operand: &Operand, hint: &str) {
        match operand {
            Operand::Place(place) => self.place(place),
            Operand::Value(wire) => self.placeholders.value(hint, wire, &mut self.text),
            Operand::Named(name, wire) => self.placeholders.value(name, wire, &mut self.text),
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
            Node::And(nodes) => self.joined(nodes, " AND ", |node| matches!(node, Node::Or(_))),
            Node::Or(nodes) => self.joined(nodes, " OR ", |_| false),
            Node::Not(inner) => {
                self.operator("NOT ");
                // `NOT` binds tightest: whatever joins, or looks as if it did, stands in brackets.
                let simple = matches!(**inner, Node::Function(..));
                self.bracketed(inner, !simple);
            }
        }
    }

    fn joined(&mut self, nodes: &[Node], word: &str, brackets: fn(&Node) -> bool) {
        for (at, node) in nodes.iter().enumerate() {
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

/// What values beside this operand are called after.
pub(super) fn hint(operand: &Operand) -> &str {
    match operand {
        Operand::Place(place) | Operand::Size(place) | Operand::IfNotExists(place, _) => place.hint(),
        Operand::ListAppend(first, _) | Operand::Arithmetic(first, ..) => hint(first),
        Operand::Value(_) | Operand::Named(..) => "value",
    }
}
