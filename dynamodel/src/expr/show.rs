//! Conditions as people read them: the names as they are, values hidden unless asked for.

use super::{Condition, Node, Operand, Place};
use crate::path;
use crate::wire::Reader;
use std::fmt;

impl<E> fmt::Display for Condition<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.node.as_ref() {
            Ok(node) => show(node, f),
            Err(error) => write!(f, "no condition ({error})"),
        }
    }
}

impl<E> fmt::Debug for Condition<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without values, also for `{:#?}`: logs outlive the reason for them.
        match self.node.as_ref() {
            Ok(node) => write!(f, "Condition({})", Hidden(node)),
            Err(error) => write!(f, "Condition({error})"),
        }
    }
}

struct Hidden<'n>(&'n Node);

impl fmt::Display for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.0, f)
    }
}

fn show(node: &Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match node {
        Node::Compare(left, operator, right) => {
            operand(left, f)?;
            write!(f, " {operator} ")?;
            operand(right, f)
        }
        Node::Between(value, low, high) => {
            operand(value, f)?;
            f.write_str(" BETWEEN ")?;
            operand(low, f)?;
            f.write_str(" AND ")?;
            operand(high, f)
        }
        Node::In(value, values) => {
            operand(value, f)?;
            f.write_str(" IN (")?;
            for (at, value) in values.iter().enumerate() {
                f.write_str(if at == 0 { "" } else { ", " })?;
                operand(value, f)?;
            }
            f.write_str(")")
        }
        Node::Function(name, at, second) => {
            write!(f, "{name}(")?;
            place(at, f)?;
            if let Some(second) = second {
                f.write_str(", ")?;
                operand(second, f)?;
            }
            f.write_str(")")
        }
        Node::Never(at) => {
            place(at, f)?;
            f.write_str(" IN ()")
        }
        Node::And(nodes) => joined(nodes, " AND ", f, |node| matches!(node, Node::Or(_))),
        Node::Or(nodes) => joined(nodes, " OR ", f, |_| false),
        Node::Not(inner) => {
            f.write_str("NOT ")?;
            bracketed(inner, !matches!(**inner, Node::Function(..)), f)
        }
    }
}

fn joined(nodes: &[Node], word: &str, f: &mut fmt::Formatter<'_>, brackets: fn(&Node) -> bool) -> fmt::Result {
    for (at, node) in nodes.iter().enumerate() {
        f.write_str(if at == 0 { "" } else { word })?;
        bracketed(node, brackets(node), f)?;
    }
    Ok(())
}

fn bracketed(node: &Node, brackets: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(if brackets { "(" } else { "" })?;
    show(node, f)?;
    f.write_str(if brackets { ")" } else { "" })
}

fn place(place: &Place, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match place {
        Place::Field(name) => f.write_str(name),
        Place::Deep(segments) => path::show(segments, f),
    }
}

fn operand(operand_: &Operand, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match operand_ {
        Operand::Place(at) => place(at, f),
        Operand::Value(wire) | Operand::Named(_, wire) if f.alternate() => value(wire, f),
        Operand::Value(_) | Operand::Named(..) => f.write_str("?"),
        Operand::Size(at) => {
            f.write_str("size(")?;
            place(at, f)?;
            f.write_str(")")
        }
        Operand::IfNotExists(at, otherwise) => {
            f.write_str("if_not_exists(")?;
            place(at, f)?;
            f.write_str(", ")?;
            operand(otherwise, f)?;
            f.write_str(")")
        }
        Operand::ListAppend(first, second) => {
            f.write_str("list_append(")?;
            operand(first, f)?;
            f.write_str(", ")?;
            operand(second, f)?;
            f.write_str(")")
        }
        Operand::Arithmetic(left, sign, right) => {
            operand(left, f)?;
            write!(f, " {sign} ")?;
            operand(right, f)
        }
    }
}

/// A string in quotes, a number bare, anything else as DynamoDB JSON.
fn value(wire: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut simple = None;
    let read = Reader::new(wire).and_then(|mut reader| {
        reader.object(|reader, tag| {
            match tag {
                "S" => simple = Some(format!("{:?}", reader.string()?)),
                "N" => simple = Some(reader.string()?.into_owned()),
                "BOOL" => simple = Some(reader.boolean()?.to_string()),
                _ => reader.skip()?,
            }
            Ok(())
        })
    });
    match (read, simple) {
        (Ok(()), Some(text)) => f.write_str(&text),
        _ => f.write_str(&String::from_utf8_lossy(wire)),
    }
}
