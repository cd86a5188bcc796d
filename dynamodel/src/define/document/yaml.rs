//! A document as YAML in blocks. Text that a YAML reader could take for another value is in quotes.

use super::node::{Map, Node, quoted};

pub(in crate::define) fn text(map: &Map) -> String {
    let mut out = String::new();
    entries(map, 0, &mut out);
    out
}

fn entries(Map(entries): &Map, depth: usize, out: &mut String) {
    for (name, value) in entries {
        indent(depth, out);
        out.push_str(&scalar(name));
        out.push(':');
        value_of(value, depth + 1, out);
    }
}

/// The value after a name or a dash: on the same line, or as a block below it.
fn value_of(value: &Node, depth: usize, out: &mut String) {
    match value {
        Node::Map(map) if !map.is_empty() => {
            out.push('\n');
            entries(map, depth, out);
        }
        Node::List(list) if !list.is_empty() => {
            out.push('\n');
            for value in list {
                item(value, depth, out);
            }
        }
        value => {
            out.push(' ');
            out.push_str(&flat(value));
            out.push('\n');
        }
    }
}

/// An item of a list. A map begins after the dash, which replaces the indent of the map's first line.
fn item(value: &Node, depth: usize, out: &mut String) {
    indent(depth, out);
    out.push('-');
    match value {
        Node::Map(map) if !map.is_empty() => {
            let mut block = String::new();
            entries(map, depth + 1, &mut block);
            out.push(' ');
            out.push_str(block.trim_start_matches(' '));
        }
        value => value_of(value, depth + 1, out),
    }
}

fn flat(value: &Node) -> String {
    match value {
        Node::Text(text) => scalar(text),
        Node::Number(number) => number.to_string(),
        Node::Verbatim(text) => text.clone(),
        Node::Flag(flag) => if *flag { "true" } else { "false" }.to_owned(),
        Node::List(_) => "[]".to_owned(),
        Node::Map(_) => "{}".to_owned(),
    }
}

/// Without quotes only if it begins with a letter, has no character with a meaning in YAML, and is not a word like `yes`.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.ends_with(':')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b':'));
    let word = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    if plain && !word.iter().any(|word| text.eq_ignore_ascii_case(word)) { text.to_owned() } else { quoted(text) }
}

fn indent(depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
}
