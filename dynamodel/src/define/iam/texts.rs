//! The values that a condition compares, each exact or with wildcards.

use crate::define::document::Node;

/// One value, as IAM reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) text: String,
    /// Whether it has wildcards.
    pub(super) open: bool,
}

/// Several values, of which one must match.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(Vec<Text>);

impl Text {
    pub(super) const fn exact(text: String) -> Self {
        Self { text, open: false }
    }
}

impl Texts {
    /// The operator that compares them.
    pub(super) fn operator(&self) -> &'static str {
        if self.0.iter().any(|text| text.open) { "ForAllValues:StringLike" } else { "ForAllValues:StringEquals" }
    }

    pub(super) fn node(&self) -> Node {
        let texts: Vec<_> = self.0.iter().map(|text| text.text.clone()).collect();
        one_or_list(&texts)
    }
}

impl Extend<Text> for Texts {
    fn extend<I: IntoIterator<Item = Text>>(&mut self, texts: I) {
        for text in texts {
            if !self.0.contains(&text) {
                self.0.push(text);
            }
        }
    }
}

impl FromIterator<Text> for Texts {
    fn from_iter<I: IntoIterator<Item = Text>>(texts: I) -> Self {
        let mut all = Self::default();
        all.extend(texts);
        all
    }
}

impl IntoIterator for Texts {
    type Item = Text;
    type IntoIter = std::vec::IntoIter<Text>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// IAM accepts a single value without a list.
pub(super) fn one_or_list(texts: &[String]) -> Node {
    let mut nodes: Vec<Node> = texts.iter().map(|text| text.as_str().into()).collect();
    match (nodes.len(), nodes.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            nodes.extend(last);
            Node::List(nodes)
        }
    }
}
