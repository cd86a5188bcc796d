//! All sides must say the same before it matters which is faster.

use serde_json::Value;

/// What a request says in the end: its table, its key, and its two texts with the names and values in their places.
pub fn said(body: &[u8]) -> [String; 4] {
    let body: Value = serde_json::from_slice(body).unwrap();
    let text = |member: &str| resolved(body[member].as_str().unwrap(), &body);
    // Only ours adds that the item is there.
    let condition = text("ConditionExpression");
    let condition = condition.strip_prefix("attribute_exists(PK) AND ").unwrap_or(&condition).to_owned();
    [body["TableName"].to_string(), body["Key"].to_string(), text("UpdateExpression"), condition]
}

fn resolved(text: &str, body: &Value) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['#', ':']) {
        let alias = &rest[at..];
        let end = alias[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(alias.len(), |end| end + 1);
        out.push_str(&rest[..at]);
        match &alias[..end] {
            name if name.starts_with('#') => out.push_str(body["ExpressionAttributeNames"][name].as_str().unwrap()),
            value => out.push_str(&body["ExpressionAttributeValues"][value].to_string()),
        }
        rest = &alias[end..];
    }
    out.push_str(rest);
    // Brackets around the whole say nothing.
    out.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&out).to_owned()
}
