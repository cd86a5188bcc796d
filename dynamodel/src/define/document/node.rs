//! The tree of values that a document is written from: a map keeps the order in which it was filled.

use std::fmt::Write as _;

/// A value.
#[derive(Debug, Clone)]
pub(in crate::define) enum Node {
    Text(String),
    Number(u64),
    /// A number that is not a `u64`, or `null`, as JSON and YAML write it.
    Verbatim(String),
    Flag(bool),
    List(Vec<Node>),
    Map(Map),
}

/// Names and values, in the order in which they were given.
#[derive(Debug, Clone, Default)]
pub(in crate::define) struct Map(pub(in crate::define) Vec<(String, Node)>);

impl Map {
    pub(in crate::define) fn new() -> Self {
        Self::default()
    }

    pub(in crate::define) fn with(mut self, name: impl Into<String>, value: impl Into<Node>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// Adds the value if there is one: a template has only what was set.
    pub(in crate::define) fn maybe(self, name: &str, value: Option<impl Into<Node>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds the list if it is not empty: CloudFormation does not accept empty lists.
    pub(in crate::define) fn list(self, name: &str, list: Vec<Node>) -> Self {
        if list.is_empty() { self } else { self.with(name, Node::List(list)) }
    }

    /// The first name that is in it twice.
    pub(in crate::define) fn first_duplicate(&self) -> Option<&str> {
        let names = || self.0.iter().map(|(name, _)| name.as_str());
        names().enumerate().find(|(at, name)| names().take(*at).any(|earlier| earlier == *name)).map(|(_, name)| name)
    }

    pub(in crate::define) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// All texts in it, at any depth, without the names.
    pub(in crate::define) fn texts(&self) -> Vec<String> {
        self.0.iter().flat_map(|(_, value)| value.texts()).collect()
    }

    pub(in crate::define) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Node {
    fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::List(list) => list.iter().flat_map(Self::texts).collect(),
            Self::Map(map) => map.texts(),
            Self::Number(_) | Self::Verbatim(_) | Self::Flag(_) => Vec::new(),
        }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u32> for Node {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Node {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Map> for Node {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

/// `text` in double quotes, as JSON and YAML both read it.
pub(in crate::define) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Characters that end a line in YAML, or that it does not print.
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                // Writing into text cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            character => out.push(character),
        }
    }
    out.push('"');
    out
}
