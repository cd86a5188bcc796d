//! What would be sent, and what it would cost, without sending it.

use super::item::{not_storable_text, size};
use super::{Operation, Request};
use crate::cost::{Image, IndexUnits, WriteUnits};
use crate::error::Result;
use crate::schema::TableSchema;
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
    /// The indexes' part of it, for a whole item that is written.
    pub indexes: Vec<IndexUnits>,
}

/// An estimate of consumed capacity.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Capacity {
    /// Write units of the item as a new one: one per KB for the table, and for every index that the item is in one per KB
    /// of what the index holds of it.
    ///
    /// Where it replaces one, the larger of the two counts; an index whose entry stays the same costs nothing then, and
    /// one in which the item moves counts the removal too: [`WriteUnits::of_change`].
    Write(u32),
    /// Write units at the least: the item is not known here, only its key or a part of it. Of a transaction, the puts
    /// count as they are, twice, without their indexes, and whatever else is in it as 1 KB.
    WriteAtLeast(u32),
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
        write!(f, "{} ({}", self.operation, self.capacity)?;
        for (at, IndexUnits { index, units, .. }) in self.indexes.iter().enumerate() {
            write!(f, "{}{units} by `{index}`", if at == 0 { ": " } else { ", " })?;
        }
        write!(f, ")\n{}", indented(&self.body))
    }
}

/// Explains a finished request. `entity` and `table` are whose items it is for, where it is for those of one.
pub(crate) fn explain(request: &Request, entity: &'static str, table: &'static TableSchema) -> Result<Explain> {
    let known = capacity(request, table).map_err(|error| not_storable_text(entity, error))?;
    let body = String::from_utf8_lossy(&request.body).into_owned();
    Ok(Explain { operation: request.operation.name(), body, capacity: known.0, indexes: known.1 })
}

fn capacity(request: &Request, table: &'static TableSchema) -> Result<(Capacity, Vec<IndexUnits>), CodecError> {
    let mut reader = Reader::new(&request.body)?;
    let mut consistent = false;
    let mut item = None;
    let mut least = 0_u32;
    reader.object(|reader, name| {
        match name {
            "ConsistentRead" => consistent = reader.boolean()?,
            "Item" => item = Some(reader.raw()?),
            "TransactItems" => reader.array(|reader| {
                least = least.saturating_add(in_transaction(reader)?);
                Ok(())
            })?,
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok(match (request.operation, item) {
        (Operation::GetItem | Operation::Query | Operation::Scan, _) => {
            (Capacity::ReadPer4Kb(if consistent { 1.0 } else { 0.5 }), Vec::new())
        }
        (_, Some(item)) => {
            let units = WriteUnits::between(None, Some(&Image::of(item, table)?));
            (Capacity::Write(units.total()), units.indexes)
        }
        _ => (Capacity::WriteAtLeast(least.max(1)), Vec::new()),
    })
}

/// What one action of a transaction costs at the least: its table's part, twice.
fn in_transaction(reader: &mut Reader<'_>) -> Result<u32, CodecError> {
    let mut bytes = 0;
    reader.object(|reader, _| {
        reader.object(|reader, name| {
            match name {
                "Item" => bytes = size(reader.raw()?.as_bytes())?,
                _ => reader.skip()?,
            }
            Ok(())
        })
    })?;
    Ok(WriteUnits::of_bytes(bytes).in_transaction())
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
