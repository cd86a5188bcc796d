//! Patterns as JSON text.

use super::dnf::Conjunction;
use super::leaf::{Alternatives, LONGEST, quoted, too_long};
use crate::error::{Error, ErrorKind, Result};
use std::collections::BTreeMap;

enum Tree<'c> {
    Leaf(&'c Alternatives),
    Branch(BTreeMap<&'c str, Tree<'c>>),
}

/// The text of one pattern.
pub(super) fn json(conjunction: &Conjunction) -> Result<String> {
    let mut root = BTreeMap::new();
    for (path, alternatives) in conjunction {
        let mut branch = &mut root;
        let Some((last, steps)) = path.split_last() else { continue };
        for step in steps {
            match branch.entry(step.as_str()).or_insert_with(|| Tree::Branch(BTreeMap::new())) {
                Tree::Branch(inner) => branch = inner,
                // A leaf is named by its type or is at a fixed path, so no path goes through one.
                Tree::Leaf(_) => {
                    return Err(Error::new(ErrorKind::NotExpressible, "a pattern cannot have a value inside a value"));
                }
            }
        }
        branch.insert(last.as_str(), Tree::Leaf(alternatives));
    }
    let mut out = String::new();
    write(&Tree::Branch(root), &mut out);
    if out.chars().count() > LONGEST {
        return Err(too_long());
    }
    Ok(out)
}

fn write(tree: &Tree<'_>, out: &mut String) {
    match tree {
        Tree::Leaf(alternatives) => alternatives.write(out),
        Tree::Branch(branch) => {
            out.push('{');
            for (at, (name, inner)) in branch.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&quoted(name));
                out.push(':');
                write(inner, out);
            }
            out.push('}');
        }
    }
}
