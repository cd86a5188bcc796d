//! Whether two IAM policies mean the same.

use crate::define::document::{Map, Node, json, quoted};

/// Whether two IAM policies mean the same. These make no difference: the order of names and of lists, a list of one value
/// instead of the value, numbers and booleans as strings, duplicates, an account by its number or by its root, `*` for all
/// principals, the case of an effect, and the default version. A text that is not a policy document equals no other.
pub(super) fn policies_equal(one: &str, other: &str) -> bool {
    match (json::read(one), json::read(other)) {
        (Ok(one), Ok(other)) => canonical(&versioned(one)) == canonical(&versioned(other)),
        _ => false,
    }
}

/// DynamoDB returns the default version where the policy that was put has none.
fn versioned(policy: Map) -> Node {
    let has_version = policy.has("Version");
    (if has_version { policy } else { policy.with("Version", "2008-10-17") }).into()
}

fn canonical(node: &Node) -> String {
    match node {
        Node::Text(text) | Node::Verbatim(text) => quoted(text),
        Node::Number(number) => quoted(&number.to_string()),
        Node::Flag(flag) => quoted(if *flag { "true" } else { "false" }),
        Node::List(list) => {
            let all = sorted(list.iter().map(canonical));
            if let [one] = all.as_slice() { one.clone() } else { format!("[{}]", all.join(",")) }
        }
        Node::Map(Map(entries)) => format!("{{{}}}", sorted(entries.iter().map(entry)).join(",")),
    }
}

fn entry((name, value): &(String, Node)) -> String {
    let value = match (name.as_str(), value) {
        ("Principal" | "NotPrincipal", Node::Text(all)) if all == "*" => canonical(&Map::new().with("AWS", "*").into()),
        ("AWS", Node::List(all)) => canonical(&Node::List(all.iter().map(account).collect())),
        ("AWS", one) => canonical(&account(one)),
        ("Effect", Node::Text(effect)) => quoted(&effect.to_ascii_lowercase()),
        _ => canonical(value),
    };
    format!("{}:{value}", quoted(name))
}

/// The root ARN of an account that is given by its number.
fn account(principal: &Node) -> Node {
    match principal {
        Node::Text(id) if id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()) => {
            Node::Text(format!("arn:aws:iam::{id}:root"))
        }
        other => other.clone(),
    }
}

fn sorted(parts: impl Iterator<Item = String>) -> Vec<String> {
    let mut parts: Vec<_> = parts.collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

#[cfg(test)]
mod tests {
    use super::policies_equal;

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
            assert!(policies_equal(one, same), "{one} {same}");
            for [other, _] in all.iter().skip(at + 1) {
                assert!(!policies_equal(one, other), "{one} {other}");
            }
        }
        let root = "arn:aws:iam::123456789012:root";
        let twice = policy(&format!(r#"{{"AWS": ["123456789012", "{root}"]}}"#), r#""a""#);
        let once = policy(&format!(r#"{{"AWS": "{root}"}}"#), r#""a""#).replace("Allow", "allow");
        assert!(policies_equal(&twice, &once));
        let old = once.replacen('{', r#"{"Version": "2008-10-17", "#, 1);
        assert!(policies_equal(&once, &old));
        assert!(!policies_equal(&once, &old.replace("2008-10-17", "2012-10-17")));
        assert!(!policies_equal("no document", "no document"));
        assert!(!policies_equal(&policy(r#""*""#, r#"["a", "b"]"#), &policy(r#""*""#, r#"["a", "a"]"#)));
    }
}
