//! What is counted in responses. The items themselves are skipped.

use crate::wire::{CodecError, Reader};

/// What a response gives.
#[derive(Debug, Default)]
pub(super) struct Given<'a> {
    pub(super) rows: u64,
    pub(super) count: Option<u64>,
    pub(super) scanned: Option<u64>,
    pub(super) unprocessed: Option<u64>,
    /// DynamoDB's own text: numbers, and the names of table and indexes.
    pub(super) consumed: Option<&'a str>,
}

impl<'a> Given<'a> {
    pub(super) fn of(body: &'a [u8]) -> Self {
        let mut given = Self::default();
        let _read = Reader::new(body).and_then(|mut reader| given.read(&mut reader));
        given
    }

    fn read(&mut self, reader: &mut Reader<'a>) -> Result<(), CodecError> {
        reader.object(|reader, name| {
            match name {
                _ if reader.null()? => {}
                "Item" => {
                    reader.skip()?;
                    self.rows = 1;
                }
                "Count" => {
                    self.count = reader.number()?.parse().ok();
                    self.rows = self.count.unwrap_or_default();
                }
                "ScannedCount" => self.scanned = reader.number()?.parse().ok(),
                // `[{"Item":..},{}]` of a transaction, `{"table":[..]}` of a batch
                "Responses" if is_list(reader) => reader.array(|reader| {
                    reader.object(|reader, _| {
                        self.rows += 1;
                        reader.skip()
                    })
                })?,
                "Responses" => reader.object(|reader, _| {
                    self.rows += items_of_table(reader)?;
                    Ok(())
                })?,
                "UnprocessedItems" | "UnprocessedKeys" => {
                    let mut left = 0;
                    reader.object(|reader, _| {
                        left += items_of_table(reader)?;
                        Ok(())
                    })?;
                    self.unprocessed = Some(left);
                }
                "ConsumedCapacity" => self.consumed = Some(reader.raw()?),
                _ => reader.skip()?,
            }
            Ok(())
        })
    }
}

/// The number of items in `[..]` or `{"Keys":[..]}`.
fn items_of_table(reader: &mut Reader<'_>) -> Result<u64, CodecError> {
    let mut count = 0;
    if is_list(reader) {
        reader.array(|reader| {
            count += 1;
            reader.skip()
        })?;
        return Ok(count);
    }
    reader.object(|reader, name| match name {
        "Keys" => reader.array(|reader| {
            count += 1;
            reader.skip()
        }),
        _ => reader.skip(),
    })?;
    Ok(count)
}

/// Whether a list comes next.
fn is_list(reader: &Reader<'_>) -> bool {
    let mut seen = false;
    // At its first element it is known, and something follows there, so that the reading ends.
    let read = reader.clone().array(|reader| {
        seen = true;
        reader.end()
    });
    seen || read.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_what_is_left_are_counted() {
        let given = |body| {
            let Given { rows, count, scanned, unprocessed, consumed } = Given::of(body);
            (rows, count, scanned, unprocessed, consumed)
        };
        assert_eq!(given(br#"{"Item":{"a":{}}}"#), (1, None, None, None, None));
        let query = br#"{"Items":[{}],"Count":1,"ScannedCount":7,"ConsumedCapacity":{"CapacityUnits":0.5}}"#;
        assert_eq!(given(query), (1, Some(1), Some(7), None, Some(r#"{"CapacityUnits":0.5}"#)));
        assert_eq!(given(br#"{"Responses":[{"Item":{}},{}]}"#), (1, None, None, None, None));
        let batch = br#"{"Responses":{"t":[{},{}]},"UnprocessedKeys":{"t":{"Keys":[{}]}}}"#;
        assert_eq!(given(batch), (2, None, None, Some(1), None));
        assert_eq!(given(br#"{"UnprocessedItems":{"t":[]}}"#), (0, None, None, Some(0), None));
    }
}
