//! Key templates: `"USER#{user_id}"`, cut into literals and fields.

use syn::LitStr;

/// A key template with the text that the user wrote.
#[derive(Clone)]
pub(crate) struct Template {
    pub(crate) text: LitStr,
    pub(crate) pieces: Vec<Piece>,
}

/// One piece of a template. Literals are never empty, and no two stand side by side.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Piece {
    Literal(String),
    Field { name: String, flags: Flags },
}

/// What stands behind a field's colon.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Flags {
    pub(crate) width: Option<u8>,
    pub(crate) descending: bool,
    pub(crate) raw: bool,
}

impl Template {
    pub(crate) fn parse(text: LitStr) -> syn::Result<Self> {
        let value = text.value();
        match cut(&value) {
            Ok(pieces) if pieces.is_empty() => Err(syn::Error::new_spanned(
                &text,
                "the template is empty, and DynamoDB takes no empty key: write a literal or `{field}`",
            )),
            Ok(pieces) => Ok(Self { text, pieces }),
            Err(message) => Err(syn::Error::new_spanned(&text, message)),
        }
    }

    /// What stands in for a template with a mistake: the fields that it seems to name.
    pub(crate) fn salvage(text: LitStr) -> Self {
        let value = text.value();
        let names = value.split('{').skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            rest.split_at(end).0
        });
        let fields = names.filter(|name| !name.is_empty());
        let pieces = fields.map(|name| Piece::Field { name: name.to_owned(), flags: Flags::default() }).collect();
        Self { text, pieces }
    }

    /// The names of its fields, in order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(_) => None,
            Piece::Field { name, .. } => Some(name.as_str()),
        })
    }
}

fn cut(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some(open) = rest.find(['{', '}']) else {
            pieces.push(Piece::Literal(rest.to_owned()));
            break;
        };
        let (literal, tail) = rest.split_at(open);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        let Some(tail) = tail.strip_prefix('{') else {
            return Err("a `}` without its `{`: fields are written `{field}`".to_owned());
        };
        let Some((inside, tail)) = tail.split_once('}') else {
            return Err("a `{` without its `}`: fields are written `{field}`".to_owned());
        };
        let piece = field(inside)?;
        let raw = matches!(piece, Piece::Field { flags: Flags { raw: true, .. }, .. });
        pieces.push(piece);
        let next = tail.chars().next().unwrap_or('#');
        if raw && next == '{' {
            return Err(format!(
                "`{{{inside}}}` is followed by another field: a raw field ends at a character between them, or at the end"
            ));
        }
        if !raw && next != '#' {
            return Err(format!(
                "`{{{inside}}}` is followed by `{next}`: a field ends at a `#` or at the end of its template, so that keys can be read back (`{{{inside}:raw}}` takes other people's formats)"
            ));
        }
        rest = tail;
    }
    Ok(pieces)
}

fn field(inside: &str) -> Result<Piece, String> {
    let (name, flags) = inside.split_once(':').unwrap_or((inside, ""));
    if let Some((outer, inner)) = name.split_once('.') {
        return Err(format!(
            "`{{{inside}}}` names a field inside `{outer}`, and a key is made from the entity's own fields: put `{inner}` into the entity too"
        ));
    }
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return Err(format!(
            "`{{{inside}}}` names no field: write the name of a field of this struct, for example `{{user_id}}`"
        ));
    }
    let mut out = Flags::default();
    for flag in flags.split(',').filter(|flag| !flag.is_empty()) {
        match flag.strip_prefix('0').map(str::parse::<u8>) {
            _ if flag == "desc" => out.descending = true,
            _ if flag == "raw" => out.raw = true,
            Some(Ok(width)) if width > 0 => out.width = Some(width),
            _ => {
                return Err(format!(
                    "unknown format `:{flag}` for `{name}`: use a width (`{{{name}:010}}`) or `desc` for integers, or `raw` for key formats of other programs"
                ));
            }
        }
    }
    if out.raw && (out.width.is_some() || out.descending) {
        return Err(format!(
            "`raw` writes `{name}` as it is, so it has neither width nor direction: write `{{{name}:raw}}`"
        ));
    }
    Ok(Piece::Field { name: name.to_owned(), flags: out })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_cut_at_their_fields() {
        let field = |name: &str, width, descending| Piece::Field {
            name: name.to_owned(),
            flags: Flags { width, descending, raw: false },
        };
        assert_eq!(
            cut("A#{b}#C#{d:010,desc}"),
            Ok(vec![
                Piece::Literal("A#".into()),
                field("b", None, false),
                Piece::Literal("#C#".into()),
                field("d", Some(10), true)
            ])
        );
        assert_eq!(cut("{b}"), Ok(vec![field("b", None, false)]));
        assert!(cut("{a:raw}|{b:raw}").is_ok(), "a raw field ends at any character");
    }

    #[test]
    fn what_cannot_be_read_back_is_refused() {
        for text in
            ["{a}{b}", "{a}-{b}", "{a", "a}", "{}", "{a b}", "{a:x}", "{a:0}", "{a:0300}", "{a:raw}{b}", "{a:raw,desc}"]
        {
            assert!(cut(text).is_err(), "{text}");
        }
    }
}
