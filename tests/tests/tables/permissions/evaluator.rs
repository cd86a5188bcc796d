//! A policy evaluator, which knows nothing of how policies are made: what IAM says by its documented rules, as far as our
//! policies use them; whatever else it meets fails the test.

use serde_json::Value;
use std::collections::BTreeMap;

/// The request's context: each key with its values. A key that is absent is not here.
pub type Context = BTreeMap<String, Vec<String>>;

/// What IAM is asked: may this action be done on this resource, in this context?
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ask {
    pub action: String,
    pub resource: String,
    pub context: Context,
}

/// A policy document.
#[derive(Debug)]
pub struct Evaluator(Vec<Value>);

impl Evaluator {
    pub fn of(document: &str) -> Self {
        let document: Value = serde_json::from_str(document).unwrap();
        assert_eq!(document["Version"], "2012-10-17", "older versions know no variables");
        assert!(document.as_object().unwrap().keys().all(|key| key == "Version" || key == "Statement"));
        Self(document["Statement"].as_array().unwrap().clone())
    }

    /// A statement allows it, and none denies it.
    pub fn allows(&self, ask: &Ask) -> bool {
        let effect = |effect: &str| self.0.iter().any(|own| own["Effect"] == effect && applies(own, ask));
        effect("Allow") && !effect("Deny")
    }
}

fn applies(statement: &Value, ask: &Ask) -> bool {
    for (element, value) in statement.as_object().unwrap() {
        match element.as_str() {
            "Effect" => assert!(value == "Allow" || value == "Deny", "an effect: {value}"),
            "Action" | "Resource" | "Condition" => {}
            other => panic!("an element that the evaluator does not know: {other}"),
        }
    }
    // Actions have no case.
    let is_asked = |own: &String| own.eq_ignore_ascii_case(&ask.action) || matches_action(own, ask);
    let is_there = |own: &String| {
        let has_signs = own.contains(['*', '?', '$']);
        *own == ask.resource || has_signs && pattern(own, &ask.context).is_some_and(|own| glob(&own, &ask.resource))
    };
    let all_hold = |condition: &Value| {
        condition.as_object().unwrap().iter().all(|(operator, keys)| {
            keys.as_object().unwrap().iter().all(|(key, wanted)| holds(operator, key, &texts(wanted), &ask.context))
        })
    };
    texts(&statement["Action"]).iter().any(is_asked)
        && texts(&statement["Resource"]).iter().any(is_there)
        && statement.get("Condition").is_none_or(all_hold)
}

fn matches_action(own: &str, ask: &Ask) -> bool {
    let own = own.to_lowercase();
    own.contains(['*', '?']) && glob(&own.chars().map(sign).collect::<Vec<_>>(), &ask.action.to_lowercase())
}

/// One operator on one key. All operators and keys of a statement must hold, and one of a key's texts is enough.
fn holds(operator: &str, key: &str, wanted: &[String], context: &Context) -> bool {
    let values = values(key, context);
    let (set, operator) = match operator.split_once(':') {
        Some((set, operator)) => (Some(set), operator),
        None => (None, operator),
    };
    if operator == "Null" {
        assert_eq!(set, None);
        return wanted.iter().any(|own| own == if values.is_none() { "true" } else { "false" });
    }
    let (operator, if_exists) = match operator.strip_suffix("IfExists") {
        Some(operator) => (operator, true),
        None => (operator, false),
    };
    // A variable without a value makes that text match nothing.
    let wanted: Vec<_> = wanted.iter().map(|own| pattern(own, context)).collect();
    let one = |value: &str| {
        let any =
            |like: bool| wanted.iter().flatten().any(|own| if like { glob(own, value) } else { plain(own) == value });
        match operator {
            "StringEquals" => any(false),
            "StringLike" => any(true),
            "StringNotLike" => wanted.iter().all(Option::is_some) && !any(true),
            other => panic!("an operator that the evaluator does not know: {other}"),
        }
    };
    match (set, values) {
        // All of no values are whatever one wants, and none of them is.
        (Some("ForAllValues"), values) => values.into_iter().flatten().all(|value| one(value)),
        (Some("ForAnyValue"), values) => values.into_iter().flatten().any(|value| one(value)),
        (None, None) => if_exists || operator == "StringNotLike",
        (None, Some([value])) => one(value),
        (None, Some(many)) => panic!("`{key}` has several values and no set operator: {many:?}"),
        (Some(other), _) => panic!("a set operator that the evaluator does not know: {other}"),
    }
}

/// Keys have no case.
fn values<'a>(key: &str, context: &'a Context) -> Option<&'a [String]> {
    let found = context.iter().find(|(known, _)| known.eq_ignore_ascii_case(key));
    found.map(|(_, values)| values.as_slice()).filter(|values| !values.is_empty())
}

/// A character of a text, or a wildcard.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sign {
    Is(char),
    Any,
    Some,
}

/// The text with its variables replaced: `${*}`, `${?}` and `${$}` are the characters themselves. `None` where a variable
/// has no value.
fn pattern(text: &str, context: &Context) -> Option<Vec<Sign>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((name, behind)) = rest.strip_prefix("${").and_then(|inner| inner.split_once('}')) {
            match name {
                "*" | "?" | "$" => out.extend(name.chars().map(Sign::Is)),
                // What is put in place of a variable may hold wildcards, and then they are.
                name => out.extend(values(name, context)?.first()?.chars().map(sign)),
            }
            rest = behind;
        } else {
            out.push(sign(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    Some(out)
}

fn sign(c: char) -> Sign {
    match c {
        '*' => Sign::Some,
        '?' => Sign::Any,
        c => Sign::Is(c),
    }
}

/// What `StringEquals` compares: wildcards stand for themselves there.
fn plain(pattern: &[Sign]) -> String {
    let text = |sign: &Sign| match sign {
        Sign::Is(c) => *c,
        Sign::Any => '?',
        Sign::Some => '*',
    };
    pattern.iter().map(text).collect()
}

/// Whether the text is of the pattern.
fn glob(pattern: &[Sign], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    // Of each beginning of the pattern: the beginnings of the text that match it.
    let mut ends = vec![false; text.len() + 1];
    ends[0] = true;
    for sign in pattern {
        let mut next = vec![false; text.len() + 1];
        match sign {
            Sign::Some => {
                let first = ends.iter().position(|end| *end).unwrap_or(ends.len());
                next.iter_mut().skip(first).for_each(|end| *end = true);
            }
            one => {
                for (at, c) in text.iter().enumerate().filter(|(at, _)| ends[*at]) {
                    next[at + 1] = matches!(one, Sign::Any) || *one == Sign::Is(*c);
                }
            }
        }
        ends = next;
    }
    ends[text.len()]
}

/// IAM reads one text as a list of one.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().map(|one| one.as_str().unwrap().to_owned()).collect(),
        other => panic!("no text: {other}"),
    }
}

/// The rules themselves, by examples of IAM's and DynamoDB's guides.
#[test]
fn the_evaluator_follows_the_documented_rules() {
    let statement = |effect: &str, condition: &str| {
        format!(r#"{{"Effect": "{effect}", "Action": "dynamodb:Get*", "Resource": "t", "Condition": {{{condition}}}}}"#)
    };
    let policy =
        |all: &[String]| Evaluator::of(&format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, all.join(",")));
    let ask = |key: &str, values: &[&str]| {
        let mut context = Context::from([("who".to_owned(), vec!["ada".to_owned()])]);
        context.insert(key.to_owned(), values.iter().map(|value| (*value).to_owned()).collect());
        Ask { action: "dynamodb:GetItem".into(), resource: "t".into(), context }
    };
    for (condition, values, allowed) in [
        (r#""ForAllValues:StringLike": {"k": "A#*"}"#, &["A#1", "A#"][..], true),
        (r#""ForAllValues:StringLike": {"k": "A#*"}"#, &["A#1", "B#1"], false),
        (r#""ForAllValues:StringLike": {"k": ["A#*", "B#?"]}"#, &["A#1", "B#1"], true),
        (r#""ForAllValues:StringLike": {"k": "A#*"}"#, &[], true),
        (r#""ForAllValues:StringLike": {"k": "A#*"}, "Null": {"k": "false"}"#, &[], false),
        (r#""ForAllValues:StringLike": {"k": "A${*}*"}"#, &["A*1"], true),
        (r#""ForAllValues:StringLike": {"k": "A${*}*"}"#, &["A#1"], false),
        (r#""ForAllValues:StringLike": {"k": "${$}U${?}"}"#, &["$U?"], true),
        (r#""ForAllValues:StringEquals": {"k": "A*"}"#, &["A1"], false),
        (r#""ForAllValues:StringEquals": {"k": "A#${who}"}"#, &["A#ada"], true),
        (r#""ForAllValues:StringEquals": {"k": "A#${who}"}"#, &["A#bob"], false),
        (r#""ForAllValues:StringEquals": {"k": "A#${whose}"}"#, &["A#"], false),
        (r#""ForAnyValue:StringEquals": {"k": ["x", "y"]}"#, &["x", "z"], true),
        (r#""ForAnyValue:StringEquals": {"k": ["x", "y"]}"#, &[], false),
        (r#""StringEqualsIfExists": {"k": "x"}"#, &[], true),
        (r#""StringEqualsIfExists": {"k": "x"}"#, &["y"], false),
        (r#""StringNotLike": {"k": ["*#*", "*${$}*"]}"#, &["ada"], true),
        (r#""StringNotLike": {"k": ["*#*", "*${$}*"]}"#, &["a$a"], false),
        (r#""StringEquals": {"k": "x"}"#, &[], false),
    ] {
        assert_eq!(
            policy(&[statement("Allow", condition)]).allows(&ask("k", values)),
            allowed,
            "{condition} {values:?}"
        );
    }
    let both = policy(&[statement("Allow", ""), statement("Deny", r#""StringEquals": {"k": "x"}"#)]);
    assert!(both.allows(&ask("k", &["y"])) && !both.allows(&ask("k", &["x"])));
    let elsewhere = Ask { resource: "t/index/i".into(), ..ask("k", &["y"]) };
    assert!(!both.allows(&elsewhere) && !both.allows(&Ask { action: "dynamodb:Query".into(), ..ask("k", &["y"]) }));
}
