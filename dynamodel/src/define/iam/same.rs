//! Whether two policies say the same, whatever their texts.

use crate::define::document::{Map, Node, quoted};
use crate::define::json;

/// Whether two IAM policies say the same: the order of names and of lists, a list of one value in place of the value, numbers
/// and flags as text, an account by its number or by its root, and `*` for all principals make no difference to IAM. A text
/// that is no document is like no other.
pub(in crate::define) fn is_same_policy(one: &str, other: &str) -> bool {
    match (json::read(one), json::read(other)) {
        (Ok(one), Ok(other)) => canonical(&Node::Map(one)) == canonical(&Node::Map(other)),
        _ => false,
    }
}

fn canonical(node: &Node) -> String {
    match node {
        Node::Text(text) | Node::Written(text) => quoted(text),
        Node::Number(number) => quoted(&number.to_string()),
        Node::Flag(flag) => quoted(if *flag { "true" } else { "false" }),
        Node::List(list) => match list.as_slice() {
            [one] => canonical(one),
            _ => sorted(list.iter().map(canonical), ["[", "]"]),
        },
        Node::Map(Map(entries)) => sorted(entries.iter().map(entry), ["{", "}"]),
    }
}

fn entry((name, value): &(String, Node)) -> String {
    let value = match (name.as_str(), value) {
        ("Principal" | "NotPrincipal", Node::Text(all)) if all == "*" => canonical(&Map::new().with("AWS", "*").into()),
        ("AWS", Node::List(all)) => canonical(&Node::List(all.iter().map(account).collect())),
        ("AWS", one) => canonical(&account(one)),
        _ => canonical(value),
    };
    format!("{}:{value}", quoted(name))
}

/// An account by its root where it is named by its number.
fn account(principal: &Node) -> Node {
    match principal {
        Node::Text(id) if id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()) => {
            Node::Text(format!("arn:aws:iam::{id}:root"))
        }
        other => other.clone(),
    }
}

fn sorted(parts: impl Iterator<Item = String>, [open, close]: [&str; 2]) -> String {
    let mut parts: Vec<_> = parts.collect();
    parts.sort_unstable();
    format!("{open}{}{close}", parts.join(","))
}

#[cfg(test)]
mod tests {
    use super::is_same_policy;

    #[test]
    fn policies_are_compared_by_what_they_say() {
        let policy = |principal: &str, action: &str| {
            format!(r#"{{"Statement": [{{"Principal": {principal}, "Action": {action}, "Effect": "Allow"}}]}}"#)
        };
        let all = [
            [policy(r#""*""#, r#""a""#), policy(r#"{"AWS": "*"}"#, r#"["a"]"#)],
            [
                policy(r#"{"AWS": "123456789012"}"#, r#"["b", "a"]"#),
                policy(r#"{"AWS": ["arn:aws:iam::123456789012:root"]}"#, r#"["a", "b"]"#),
            ],
            [policy(r#"{"Service": "123456789012"}"#, r#""a""#), policy(r#"{"Service": ["123456789012"]}"#, r#""a""#)],
        ];
        for (at, [one, same]) in all.iter().enumerate() {
            assert!(is_same_policy(one, same), "{one} {same}");
            for [other, _] in all.iter().skip(at + 1) {
                assert!(!is_same_policy(one, other), "{one} {other}");
            }
        }
        assert!(!is_same_policy("no document", "no document"));
        assert!(!is_same_policy(&policy(r#""*""#, r#"["a", "b"]"#), &policy(r#""*""#, r#"["a", "a"]"#)));
    }
}
