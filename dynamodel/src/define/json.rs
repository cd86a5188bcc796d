//! A document as JSON, indented by two spaces.

use super::document::{Map, Node, quoted};

pub(super) fn text(map: &Map) -> String {
    let mut out = String::new();
    write(&Node::Map(map.clone()), 0, &mut out);
    out.push('\n');
    out
}

fn write(node: &Node, depth: usize, out: &mut String) {
    match node {
        Node::Text(text) => out.push_str(&quoted(text)),
        Node::Number(number) => out.push_str(&number.to_string()),
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
