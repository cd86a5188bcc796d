//! HTML under construction: markup comes from this crate's own source, and everything else is escaped.

use std::fmt::Write as _;

/// HTML under construction.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Markup. It is `'static`, so that it can only come from this crate's source, never from a table's values.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text, or an attribute's value between double quotes.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Control characters are errors in HTML: Unicode's picture of the character is shown.
                '\n' | '\t' => self.0.push(character),
                '\0'..='\u{1f}' => self.0.push(char::from_u32(u32::from(character) + 0x2400).unwrap_or('\u{fffd}')),
                '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' => self.0.push('\u{fffd}'),
                character => self.0.push(character),
            }
        }
        self
    }

    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        // Writing into text cannot fail.
        let _ = write!(self.0, "{number}");
        self
    }

    /// `3 items`, `1 item`.
    pub(super) fn count(&mut self, number: usize, one: &'static str, many: &'static str) -> &mut Self {
        self.number(number).raw(" ").raw(if number == 1 { one } else { many })
    }

    /// `t0v1b2`: the element's id on the page, of a table, one of its views, a block of that view.
    pub(super) fn place(&mut self, table: usize, view: Option<usize>, block: Option<usize>) -> &mut Self {
        self.raw("t").number(table);
        if let Some(view) = view {
            self.raw("v").number(view);
        }
        if let Some(block) = block {
            self.raw("b").number(block);
        }
        self
    }

    /// Numbers, separated by spaces.
    pub(super) fn numbers(&mut self, numbers: &[usize]) -> &mut Self {
        for (at, number) in numbers.iter().enumerate() {
            self.raw(if at == 0 { "" } else { " " }).number(*number);
        }
        self
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// The number of colours in the style.
const COLOURS: usize = 12;

/// The class with the colour of an entity.
pub(super) fn colour(html: &mut Html, entity: usize) -> &mut Html {
    html.raw("e").number(entity % COLOURS)
}

/// A short value as it is; a long value is cut by the style, and complete in its title.
pub(super) fn titled(html: &mut Html, text: &str) {
    const SHORT: usize = 18;
    if text.chars().nth(SHORT).is_some() {
        html.raw(" title=\"").text(text).raw("\"");
    }
    html.raw(">").text(text);
}
