//! The size of an item as DynamoDB counts it.

use super::base64;
use super::error::CodecError;
use super::kind::Kind;
use super::reader::Reader;

/// What a list or a map costs beyond its contents.
const CONTAINER: usize = 3;
/// What an element of a list or an entry of a map costs beyond its contents.
const ENTRY: usize = 1;

/// The size of an item in bytes by DynamoDB's rules, from its wire text: names and values, without the wire's own
/// brackets and tags. It never exceeds the text's length.
///
/// # Errors
///
/// When the text is not an item.
///
/// ```
/// # fn main() -> Result<(), dynamodel::wire::CodecError> {
/// use dynamodel::wire::item_size;
///
/// assert_eq!(item_size(r#"{"name":{"S":"Ana"},"age":{"N":"33"},"tags":{"SS":["a","b"]}}"#)?, 4 + 3 + 3 + 2 + 4 + 2);
/// # Ok(()) }
/// ```
pub fn item_size(text: &str) -> Result<usize, CodecError> {
    let mut reader = Reader::from_str(text);
    let mut size = 0;
    reader.object(|reader, name| {
        size += name.len() + value_size(reader).map_err(|error| error.in_field(name))?;
        Ok(())
    })?;
    reader.end()?;
    Ok(size)
}

/// The size of one value, from its wire text, without the attribute's name.
pub(crate) fn value_text_size(text: &str) -> Result<usize, CodecError> {
    value_size(&mut Reader::from_str(text))
}

fn value_size(reader: &mut Reader<'_>) -> Result<usize, CodecError> {
    reader.peek();
    let kind = reader.tag()?;
    let mut size = 0;
    match kind {
        Kind::S | Kind::N | Kind::B => size = text_size(reader, kind)?,
        Kind::Bool | Kind::Null => {
            reader.boolean()?;
            size = 1;
        }
        Kind::Ss | Kind::Ns | Kind::Bs => reader.array(|reader| {
            size += text_size(reader, kind)?;
            Ok(())
        })?,
        Kind::L => {
            let mut index = 0;
            size = CONTAINER;
            reader.array(|reader| {
                size += ENTRY + value_size(reader).map_err(|error| error.in_element(index))?;
                index += 1;
                Ok(())
            })?;
        }
        Kind::M => {
            size = CONTAINER;
            reader.object(|reader, name| {
                size += ENTRY + name.len() + value_size(reader).map_err(|error| error.in_field(name))?;
                Ok(())
            })?;
        }
    }
    reader.close()?;
    Ok(size)
}

fn text_size(reader: &mut Reader<'_>, kind: Kind) -> Result<usize, CodecError> {
    let text = reader.payload(kind)?;
    Ok(match kind {
        Kind::N | Kind::Ns => number_size(&text),
        Kind::B | Kind::Bs => base64::decoded_len(&text),
        _ => text.len(),
    })
}

/// A byte for two significant digits, those before the point and those behind it each by themselves, one more byte, and
/// one for a sign. So DynamoDB counts: measured by others at the limit of an item's size, to the byte.
fn number_size(text: &str) -> usize {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: isize = exponent.parse().unwrap_or(0);
    let (mut point, mut first, mut last, mut at) = (None, None, 0_isize, 0_isize);
    for byte in mantissa.bytes() {
        match byte {
            b'.' => point = Some(at),
            b'0'..=b'9' => {
                if byte != b'0' {
                    first = first.or(Some(at));
                    last = at;
                }
                at += 1;
            }
            _ => {}
        }
    }
    let Some(first) = first else { return 1 };
    let significant = last - first + 1;
    let whole = point.unwrap_or(at).saturating_add(exponent).saturating_sub(first).clamp(0, significant);
    let pairs = |digits: isize| digits.unsigned_abs().div_ceil(2);
    1 + pairs(whole) + pairs(significant - whole) + usize::from(text.starts_with('-'))
}
