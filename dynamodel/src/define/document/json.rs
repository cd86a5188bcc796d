//! A document as JSON, indented by two spaces, and back.

use super::node::{Map, Node, quoted};
use crate::wire::{CodecError, Reader};

pub(in crate::define) fn text(map: &Map) -> String {
    let mut out = String::new();
    write(&Node::Map(map.clone()), 0, &mut out);
    out.push('\n');
    out
}

/// The document of a JSON text, or why it is not an object.
pub(in crate::define) fn read(text: &str) -> Result<Map, String> {
    let read = || {
        let mut whole = Reader::from_str(text);
        let root = whole.raw()?;
        whole.end()?;
        node(root)
    };
    match read() {
        Ok(Node::Map(map)) => match map.first_duplicate() {
            Some(name) => Err(format!("`{name}` is in it twice")),
            None => Ok(map),
        },
        Ok(_) => Err("it is another JSON value".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// `text` is one value, which the reader has checked, and not nested deeper than the reader allows.
fn node(text: &str) -> Result<Node, CodecError> {
    let text = text.trim();
    let mut reader = Reader::from_str(text);
    Ok(match text.as_bytes() {
        [b'{', ..] => {
            let mut map = Map::new();
            reader.object(|reader, name| {
                map.0.push((name.to_owned(), node(reader.raw()?)?));
                Ok(())
            })?;
            Node::Map(map)
        }
        [b'[', ..] => {
            let mut list = Vec::new();
            reader.array(|reader| {
                list.push(node(reader.raw()?)?);
                Ok(())
            })?;
            Node::List(list)
        }
        [b'"', ..] => Node::Text(reader.string()?.into_owned()),
        b"true" => Node::Flag(true),
        b"false" => Node::Flag(false),
        _ => text.parse().map_or_else(|_| Node::Verbatim(text.to_owned()), Node::Number),
    })
}

fn write(node: &Node, depth: usize, out: &mut String) {
    match node {
        Node::Text(text) => out.push_str(&quoted(text)),
        Node::Number(number) => out.push_str(&number.to_string()),
        Node::Verbatim(text) => out.push_str(text),
        Node::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Node::List(list) => {
            let lines = list.iter().map(|value| (None, value));
            block(['[', ']'], lines, depth, out);
        }
        Node::Map(Map(entries)) => {
            let lines = entries.iter().map(|(name, value)| (Some(name.as_str()), value));
            block(['{', '}'], lines, depth, out);
        }
    }
}

fn block<'a>(
    [open, close]: [char; 2],
    lines: impl ExactSizeIterator<Item = (Option<&'a str>, &'a Node)>,
    depth: usize,
    out: &mut String,
) {
    out.push(open);
    let count = lines.len();
    for (at, (name, value)) in lines.enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        indent(depth + 1, out);
        if let Some(name) = name {
            out.push_str(&quoted(name));
            out.push_str(": ");
        }
        write(value, depth + 1, out);
    }
    if count > 0 {
        out.push('\n');
        indent(depth, out);
    }
    out.push(close);
}

fn indent(depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
}
