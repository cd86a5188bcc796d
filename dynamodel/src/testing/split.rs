//! Batches split in two: the items that go to the server, and those that come back unprocessed.

use crate::wire::{self, CodecError, Reader};

/// The items of one table in a batch, as texts.
#[derive(Debug, Clone, Default)]
struct Group<'a> {
    table: String,
    items: Vec<&'a str>,
    /// Of a read: the members besides the keys.
    others: Vec<(String, &'a str)>,
    is_read: bool,
}

/// A batch, split in two.
#[derive(Debug)]
pub(super) struct Split<'a> {
    forwarded: Vec<Group<'a>>,
    unprocessed: Vec<Group<'a>>,
    /// The members besides the items.
    others: Vec<(String, &'a str)>,
}

/// Splits a request: the items for which `draw` is true come back, and at least `least` of them.
pub(super) fn split(body: &[u8], least: usize, mut draw: impl FnMut() -> bool) -> Result<Split<'_>, CodecError> {
    let (others, groups) = parts(body, &["RequestItems"])?;
    let (mut forwarded, mut unprocessed) = (Vec::new(), Vec::new());
    let mut count = 0;
    for group in groups {
        let (theirs, ours): (Vec<&str>, Vec<&str>) = group.items.iter().partition(|_| {
            let comes_back = draw() || count < least;
            count += usize::from(comes_back);
            comes_back
        });
        unprocessed.push(Group { items: theirs, ..group.clone() });
        forwarded.push(Group { items: ours, ..group });
    }
    Ok(Split { forwarded, unprocessed, others })
}

impl Split<'_> {
    /// How many items come back.
    pub(super) fn count(&self) -> usize {
        self.unprocessed.iter().map(|group| group.items.len()).sum()
    }

    /// The request that goes to the server; `None` if no item is left in it.
    pub(super) fn request(&self) -> Option<String> {
        let some = self.forwarded.iter().any(|group| !group.items.is_empty());
        some.then(|| written("RequestItems", &self.forwarded, &self.others))
    }

    /// The response with the unprocessed items added: the server's response, or an empty one if nothing was sent to it.
    pub(super) fn merge(&self, operation: &str, response: Option<&[u8]>) -> Result<String, CodecError> {
        let is_read = operation == "BatchGetItem";
        let empty: &[u8] = if is_read { br#"{"Responses":{}}"# } else { b"{}" };
        let (others, mut groups) = parts(response.unwrap_or(empty), &["UnprocessedItems", "UnprocessedKeys"])?;
        for ours in &self.unprocessed {
            match groups.iter_mut().find(|theirs| theirs.table == ours.table) {
                // The server returned some unprocessed itself.
                Some(theirs) => theirs.items.extend(&ours.items),
                None => groups.push(ours.clone()),
            }
        }
        Ok(written(if is_read { "UnprocessedKeys" } else { "UnprocessedItems" }, &groups, &others))
    }
}

type Members<'a> = Vec<(String, &'a str)>;

/// The members of an object, and those of the given names as tables with their items.
fn parts<'a>(body: &'a [u8], names: &[&str]) -> Result<(Members<'a>, Vec<Group<'a>>), CodecError> {
    let (mut others, mut groups) = (Vec::new(), Vec::new());
    Reader::new(body)?.object(|reader, name| {
        if !names.contains(&name) {
            others.push((name.to_owned(), reader.raw()?));
        } else if !reader.null()? {
            reader.object(|reader, table| {
                groups.push(group(table, reader.raw()?)?);
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok((others, groups))
}

/// `[..]` for writes, `{"Keys":[..],..}` for reads.
fn group<'a>(table: &str, text: &'a str) -> Result<Group<'a>, CodecError> {
    let mut group = Group { table: table.to_owned(), ..Group::default() };
    let mut reader = Reader::from_str(text);
    if text.trim_start().starts_with('[') {
        list(&mut reader, &mut group.items)?;
        return Ok(group);
    }
    group.is_read = true;
    reader.object(|reader, name| match name {
        "Keys" => list(reader, &mut group.items),
        _ => {
            group.others.push((name.to_owned(), reader.raw()?));
            Ok(())
        }
    })?;
    Ok(group)
}

fn list<'a>(reader: &mut Reader<'a>, out: &mut Vec<&'a str>) -> Result<(), CodecError> {
    reader.array(|reader| {
        out.push(reader.raw()?);
        Ok(())
    })
}

/// An object with the tables that have items under a name, and other members.
fn written(name: &str, groups: &[Group<'_>], others: &[(String, &str)]) -> String {
    let mut tables = Vec::new();
    for Group { table, items, others, is_read } in groups.iter().filter(|group| !group.items.is_empty()) {
        let items = format!("[{}]", items.join(","));
        let mut all = vec![("Keys".to_owned(), items.as_str())];
        all.extend(others.iter().cloned());
        tables.push((table.clone(), if *is_read { object(&all) } else { items }));
    }
    let tables: Vec<_> = tables.iter().map(|(table, text)| (table.clone(), text.as_str())).collect();
    let tables = object(&tables);
    let mut all = vec![(name.to_owned(), tables.as_str())];
    all.extend(others.iter().cloned());
    object(&all)
}

fn object(members: &[(String, &str)]) -> String {
    let mut out = vec![b'{'];
    for (at, (name, text)) in members.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        wire::write_string(&mut out, name);
        out.push(b':');
        out.extend_from_slice(text.as_bytes());
    }
    out.push(b'}');
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forwarded_and_what_comes_back_are_the_request() {
        let body = br#"{"RequestItems":{"t":[{"a":1},{"b":2},{"c":3}]},"ReturnConsumedCapacity":"TOTAL"}"#;
        let mut draws = [true, false, true].into_iter();
        let split = split(body, 0, || draws.next().unwrap()).unwrap();
        let forwarded = r#"{"RequestItems":{"t":[{"b":2}]},"ReturnConsumedCapacity":"TOTAL"}"#;
        assert_eq!((split.count(), split.request().as_deref()), (2, Some(forwarded)));
        let merged = split.merge("BatchWriteItem", Some(br#"{"UnprocessedItems":{"t":[{"b":2}]},"X":1}"#)).unwrap();
        assert_eq!(merged, r#"{"UnprocessedItems":{"t":[{"b":2},{"a":1},{"c":3}]},"X":1}"#);
    }

    #[test]
    fn a_read_keeps_the_members_besides_its_keys() {
        let body = br#"{"RequestItems":{"t":{"ConsistentRead":true,"Keys":[{"a":1}]}}}"#;
        let split = split(body, 1, || false).unwrap();
        assert_eq!((split.count(), split.request()), (1, None));
        let merged = split.merge("BatchGetItem", None).unwrap();
        assert_eq!(merged, r#"{"UnprocessedKeys":{"t":{"Keys":[{"a":1}],"ConsistentRead":true}},"Responses":{}}"#);
    }
}
