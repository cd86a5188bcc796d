//! Conditions as trees, and their text.

use super::Placeholders;

/// A condition on the item that is there before the write.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// The attribute exists.
    Exists(&'static str),
    /// It does not.
    NotExists(&'static str),
    /// Attribute, operator, value (as DynamoDB JSON) and what the value is called after.
    Compare(&'static str, &'static str, Vec<u8>, &'static str),
    And(Vec<Node>),
    Or(Vec<Node>),
}

impl Node {
    /// All of them.
    pub(crate) fn all(nodes: impl IntoIterator<Item = Node>) -> Option<Node> {
        join(nodes, Node::And)
    }

    /// One of them at least.
    pub(crate) fn any(nodes: impl IntoIterator<Item = Node>) -> Option<Node> {
        join(nodes, Node::Or)
    }

    /// Appends the text, with the fewest brackets that keep the meaning.
    pub(crate) fn render(&self, placeholders: &mut Placeholders, out: &mut String) {
        match self {
            Self::Exists(name) => call("attribute_exists(", name, placeholders, out),
            Self::NotExists(name) => call("attribute_not_exists(", name, placeholders, out),
            Self::Compare(name, operator, value, hint) => {
                placeholders.name(name, out);
                out.push(' ');
                out.push_str(operator);
                out.push(' ');
                placeholders.value(hint, value, out);
            }
            Self::And(nodes) => {
                for (at, node) in nodes.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { " AND " });
                    // `AND` binds tighter than `OR`.
                    let brackets = matches!(node, Self::Or(_));
                    out.push_str(if brackets { "(" } else { "" });
                    node.render(placeholders, out);
                    out.push_str(if brackets { ")" } else { "" });
                }
            }
            Self::Or(nodes) => {
                for (at, node) in nodes.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { " OR " });
                    node.render(placeholders, out);
                }
            }
        }
    }
}

fn call(function: &str, name: &str, placeholders: &mut Placeholders, out: &mut String) {
    out.push_str(function);
    placeholders.name(name, out);
    out.push(')');
}

fn join(nodes: impl IntoIterator<Item = Node>, make: fn(Vec<Node>) -> Node) -> Option<Node> {
    let mut nodes: Vec<_> = nodes.into_iter().collect();
    if nodes.len() > 1 { Some(make(nodes)) } else { nodes.pop() }
}
