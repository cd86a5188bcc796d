//! What would be sent, and what it would cost, without sending it.

use super::item::{not_storable_text, size};
use super::{Operation, Request};
use crate::error::Result;
use crate::schema::EntitySchema;
use crate::wire::{CodecError, Reader};
use std::fmt;

/// The exact request of an operation, for logs, tests and curiosity. `Display` shows it indented.
///
/// It holds the values of the items: treat it like them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explain {
    /// DynamoDB's name of the operation, for example `PutItem`.
    pub operation: &'static str,
    /// The request's body, as it would be sent.
    pub body: String,
    /// What it would cost.
    pub capacity: Capacity,
}

/// An estimate of consumed capacity.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Capacity {
    /// Write units: known, because the item is.
    ///
    /// One per KB for the table, and as many again for every index that the item is in. When an older item moves
    /// within an index, DynamoDB counts the removal too.
    Write(u64),
    /// Write units at the least: the item is not known here, only a part of it.
    WriteAtLeast(u64),
    /// Read units for every 4 KB that are read.
    ReadPer4Kb(f64),
}

impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(units) => write!(f, "{units} write unit(s)"),
            Self::WriteAtLeast(units) => write!(f, "at least {units} write unit(s)"),
            Self::ReadPer4Kb(units) => write!(f, "{units} read unit(s) per 4 KB"),
        }
    }
}

impl fmt::Display for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})\n{}", self.operation, self.capacity, indented(&self.body))
    }
}

/// Explains a finished request.
pub(crate) fn explain(request: &Request, entity: &EntitySchema) -> Result<Explain> {
    let capacity = capacity(request, entity).map_err(|error| not_storable_text(entity.name, error))?;
    let body = String::from_utf8_lossy(&request.body).into_owned();
    Ok(Explain { operation: request.operation.name(), body, capacity })
}

fn capacity(request: &Request, entity: &EntitySchema) -> Result<Capacity, CodecError> {
    let mut reader = Reader::new(&request.body)?;
    let mut consistent = false;
    let mut item = None;
    reader.object(|reader, name| {
        match name {
            "ConsistentRead" => consistent = reader.boolean()?,
            "Item" => item = Some(reader.raw()?),
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok(match (request.operation, item) {
        (Operation::GetItem | Operation::Query | Operation::Scan, _) => {
            Capacity::ReadPer4Kb(if consistent { 1.0 } else { 0.5 })
        }
        (_, Some(item)) => {
            let units = size(item.as_bytes())?.div_ceil(1024).max(1) as u64;
            Capacity::Write(units * (1 + indexes_of(item, entity)?))
        }
        _ => Capacity::WriteAtLeast(1),
    })
}

/// In how many indexes an item is: those of which it has every key attribute.
fn indexes_of(item: &str, entity: &EntitySchema) -> Result<u64, CodecError> {
    let mut present = Vec::new();
    Reader::from_str(item).object(|reader, name| {
        present.extend(entity.keys.iter().filter(|key| key.attribute == name).map(|key| key.attribute));
        reader.skip()
    })?;
    let mut indexes: Vec<_> = entity.keys.iter().filter_map(|key| key.index).collect();
    indexes.dedup();
    let whole = |index: &&str| entity.keys_of(Some(index)).all(|key| present.contains(&key.attribute));
    Ok(indexes.iter().filter(|index| whole(index)).count() as u64)
}

/// JSON with line breaks between the members of the outermost objects, so that an item's attributes stand below each
/// other.
fn indented(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for c in json.chars() {
        let structural = !in_string;
        match c {
            '"' if !escaped => in_string = !in_string,
            '}' if structural => {
                depth = depth.saturating_sub(1);
                if depth < 2 {
                    line(&mut out, depth);
                }
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
        match c {
            '{' if structural => {
                depth += 1;
                if depth < 3 {
                    line(&mut out, depth);
                }
            }
            ',' if structural && depth < 3 => line(&mut out, depth),
            ':' if structural => out.push(' '),
            _ => {}
        }
    }
    out
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}
