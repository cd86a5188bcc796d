//! What each access is for, request by request: written down by hand, and compared with what is sent and what is allowed.

use super::evaluator::Ask;
use dynamodel::define::Access;

/// An ask in short: the action, behind `t:` in a transaction; `$` where it is on a sentinel's partition; the attributes in
/// brackets where it is for these only (keys, type and time to live are not told), and `u` where these are the unique ones
/// of an entity.
pub fn short(ask: &Ask) -> String {
    const MANAGED: [&str; 12] =
        ["PK", "SK", "_type", "until", "GSI1PK", "GSI1SK", "KINDPK", "BAREPK", "holder", "country", "city", "age"];
    let values = |key: &str| ask.context.get(&format!("dynamodb:{key}")).cloned().unwrap_or_default();
    let leading = values("LeadingKeys").first().cloned().unwrap_or_default();
    let transaction = if values("EnclosingOperation").is_empty() { "" } else { "t:" };
    let sentinel = if leading.starts_with("$UNIQUE#") { "$" } else { "" };
    let action = ask.action.trim_start_matches("dynamodb:");
    let mut part = String::new();
    if values("Select") == ["SPECIFIC_ATTRIBUTES"] {
        let names: Vec<_> = values("Attributes").into_iter().filter(|name| !MANAGED.contains(&name.as_str())).collect();
        let unique = [("ACCOUNT#", vec!["text"]), ("BADGE#", vec!["text", "who"])];
        let is_unique = unique.iter().any(|(start, own)| {
            action == "GetItem" && leading.starts_with(start) && names.iter().all(|name| own.contains(&name.as_str()))
        });
        part = format!("({}){}", names.join(","), if is_unique { "u" } else { "" });
    }
    format!("{transaction}{action}{sentinel}{part}")
}

/// Whether what is allowed is enough for the ask. An action by itself is enough for all forms of it: IAM sees no condition
/// of a write, so that it cannot tell a `create` from a `put`.
pub fn is_enough(need: &str, short: &str) -> bool {
    let action = |text: &str| text.trim_start_matches("t:").split(['$', '(']).next().unwrap_or_default().to_owned();
    let is_plain = !need.contains(['$', '(']);
    need == short || is_plain && action(need) == action(short) && (!need.starts_with("t:") || short.starts_with("t:"))
}

/// What an access is for. No more than this may be allowed, and its own requests need all of it.
pub fn needs(access: Access) -> &'static [&'static str] {
    match access {
        Access::Get => &["GetItem"],
        Access::BatchGet => &["BatchGetItem"],
        Access::Query => &["Query"],
        Access::Scan => &["Scan"],
        Access::Create | Access::GetOrCreate => &["PutItem"],
        Access::Put | Access::Save => &["PutItem", "t:DeleteItem$", "t:ConditionCheckItem$"],
        Access::Modify => &["GetItem", "PutItem", "t:DeleteItem$", "t:ConditionCheckItem$"],
        Access::Update => &[
            "UpdateItem",
            "t:PutItem$",
            "t:DeleteItem$",
            "t:ConditionCheckItem$",
            "GetItem(text)u",
            "GetItem(text,who)u",
        ],
        Access::Upsert => {
            &["PutItem", "UpdateItem", "t:DeleteItem$", "t:ConditionCheckItem$", "GetItem(text)u", "GetItem(text,who)u"]
        }
        Access::Delete => &["DeleteItem", "t:ConditionCheckItem$", "GetItem(text)u", "GetItem(text,who)u"],
        Access::Check => &["ConditionCheckItem"],
        Access::BatchWrite => &["BatchWriteItem"],
        Access::CheckSchema | Access::Plan => &["DescribeTable", "DescribeTimeToLive"],
        Access::EnsureTable => &["CreateTable", "DescribeTable", "DescribeTimeToLive", "UpdateTimeToLive"],
        Access::Apply => &["DescribeTable", "DescribeTimeToLive", "UpdateTable", "UpdateTimeToLive"],
        Access::PollStream => &["DescribeStream", "DescribeTable", "GetRecords", "GetShardIterator"],
        Access::ReadStream => &["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"],
        other => panic!("what is {other:?} for?"),
    }
}

/// The same within transactions. The old values of unique fields are read before one.
pub fn needs_in_transactions(access: Access) -> Vec<String> {
    let inside = |need: &&str| if need.contains(['(', ':']) { (*need).to_owned() } else { format!("t:{need}") };
    needs(access).iter().map(inside).collect()
}
