//! The read of the item that a refused write was about, where the refusal did not bring it.

use super::{Body, Operation, Request, key_of_item};
use crate::wire::Reader;

/// The consistent read of the item that this write's body names, `keys` being the names of its table's key attributes.
/// `None` for a body that names none.
pub(crate) fn read_back(body: &[u8], keys: [Option<&str>; 2]) -> Option<Request> {
    let (mut table, mut key) = (None, None);
    let read = Reader::new(body).ok()?.object(|reader, name| {
        match name {
            "TableName" => table = Some(reader.string()?),
            "Key" | "Item" => key = Some(reader.raw()?),
            _ => reader.skip()?,
        }
        Ok(())
    });
    read.ok()?;
    let keys: Vec<&str> = keys.into_iter().flatten().collect();
    let key = key_of_item(key?, &keys, &[])?;
    let mut request = Body::new(&table?);
    request.member("Key").extend_from_slice(key.as_bytes());
    request.bare("ConsistentRead", "true");
    Some(request.finish(Operation::GetItem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_put_is_taken_out_of_its_item() {
        let body =
            br#"{"Item":{"a":{"N":"1"},"SK":{"S":"s"},"PK":{"S":"p"}},"TableName":"t","ConditionExpression":"x"}"#;
        let request = read_back(body, [Some("PK"), Some("SK")]).unwrap();
        let wanted = r#"{"TableName":"t","Key":{"PK":{"S":"p"},"SK":{"S":"s"}},"ConsistentRead":true}"#;
        let same = |a: &str, b: &str| {
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(value(a), value(b));
        };
        same(std::str::from_utf8(&request.body).unwrap(), wanted);
        let delete = br#"{"TableName":"t","Key":{"PK":{"S":"p"}}}"#;
        let request = read_back(delete, [Some("PK"), None]).unwrap();
        same(
            std::str::from_utf8(&request.body).unwrap(),
            r#"{"TableName":"t","Key":{"PK":{"S":"p"}},"ConsistentRead":true}"#,
        );
        assert!(read_back(b"{\"TableName\":\"t\"}", [Some("PK"), None]).is_none());
    }
}
