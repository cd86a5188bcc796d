//! The attributes of a sample item as text: each value in one line, and its order in a key.

use crate::define::document::quoted;
use crate::wire::{CodecError, Number, Reader};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::cmp::Ordering;

/// One attribute of an item.
#[derive(Debug, Clone)]
pub(in crate::define) struct Attribute {
    pub(in crate::define) name: String,
    /// DynamoDB's name of its type: `S`, `N`, …
    pub(in crate::define) letter: &'static str,
    /// Its value: strings as they are, lists and maps as plain JSON.
    pub(in crate::define) text: String,
}

impl Attribute {
    /// DynamoDB's order of two values of a key.
    pub(in crate::define) fn order(&self, other: &Self) -> Ordering {
        let number = |attribute: &Self| attribute.text.parse::<Number>();
        let bytes = |attribute: &Self| STANDARD.decode(&attribute.text);
        match (self.letter, other.letter) {
            ("N", "N") => match (number(self), number(other)) {
                (Ok(one), Ok(other)) => one.cmp(&other),
                _ => self.text.cmp(&other.text),
            },
            ("B", "B") => match (bytes(self), bytes(other)) {
                (Ok(one), Ok(other)) => one.cmp(&other),
                _ => self.text.cmp(&other.text),
            },
            _ => self.text.as_bytes().cmp(other.text.as_bytes()),
        }
    }
}

/// The attributes of an item, in their order.
pub(in crate::define) fn attributes(item: &str) -> Result<Vec<Attribute>, CodecError> {
    let mut out = Vec::new();
    Reader::from_str(item).object(|reader, name| {
        let (letter, text) = value(reader, false)?;
        out.push(Attribute { name: name.to_owned(), letter, text });
        Ok(())
    })?;
    Ok(out)
}

/// Reads `{"S":"x"}`: the type's name and the value; inside a list or a map, strings are in quotes.
fn value(reader: &mut Reader<'_>, inside: bool) -> Result<(&'static str, String), CodecError> {
    let mut found = ("", String::new());
    reader.object(|reader, tag| {
        found = match tag {
            "N" => ("N", reader.string()?.into_owned()),
            "BOOL" => ("BOOL", reader.boolean()?.to_string()),
            "NULL" => {
                reader.skip()?;
                ("NULL", "null".to_owned())
            }
            "L" => ("L", list(reader, |reader| Ok(value(reader, true)?.1))?),
            "M" => ("M", map(reader)?),
            "SS" => ("SS", list(reader, |reader| Ok(quoted(&reader.string()?)))?),
            "NS" => ("NS", list(reader, |reader| Ok(reader.string()?.into_owned()))?),
            "BS" => ("BS", list(reader, |reader| Ok(quoted(&reader.string()?)))?),
            tag => {
                let text = reader.string()?;
                (if tag == "B" { "B" } else { "S" }, if inside { quoted(&text) } else { text.into_owned() })
            }
        };
        Ok(())
    })?;
    Ok(found)
}

fn list(
    reader: &mut Reader<'_>,
    element: impl Fn(&mut Reader<'_>) -> Result<String, CodecError>,
) -> Result<String, CodecError> {
    let mut parts = Vec::new();
    reader.array(|reader| {
        parts.push(element(reader)?);
        Ok(())
    })?;
    Ok(format!("[{}]", parts.join(", ")))
}

fn map(reader: &mut Reader<'_>) -> Result<String, CodecError> {
    let mut parts = Vec::new();
    reader.object(|reader, name| {
        let (_, text) = value(reader, true)?;
        parts.push(format!("{}: {text}", quoted(name)));
        Ok(())
    })?;
    Ok(if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) })
}
