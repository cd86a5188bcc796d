//! What must hold of a call whose response was changed.

use dynamodel::{Error, ErrorKind};
use serde_json::Value;
use std::fmt;

/// What a call said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Done,
    /// It says nothing of one single write.
    Open,
    Nothing,
    Applied,
    Unknown,
    Refused(ErrorKind),
}

/// What a call said and gave.
#[derive(Debug)]
pub struct Outcome {
    pub told: Told,
    /// The keys that were asked for, with those of the items that were given for them.
    pub given: Vec<(String, Option<String>)>,
    /// What an error says.
    pub says: String,
}

impl Outcome {
    pub fn of<O>(outcome: Result<O, Error>, done: impl FnOnce(O) -> (Told, Vec<(String, Option<String>)>)) -> Self {
        match outcome {
            Ok(output) => {
                let (told, given) = done(output);
                Self { told, given, says: String::new() }
            }
            Err(error) => {
                let told = match error.kind() {
                    ErrorKind::OutcomeUnknown => Told::Unknown,
                    ErrorKind::ResultUnavailable => Told::Applied,
                    kind => Told::Refused(kind),
                };
                // An error can be shown and asked, whatever it holds.
                let says = format!("{error:?} {error} {:?}", error.raw_item());
                Self { told, given: Vec::new(), says: says.chars().take(600).collect() }
            }
        }
    }

    pub fn word(&self) -> &'static str {
        match self.told {
            Told::Done | Told::Open | Told::Nothing => "done",
            Told::Applied => "applied",
            Told::Unknown => "unknown",
            Told::Refused(ErrorKind::Decode) => "decode",
            Told::Refused(_) => "refused",
        }
    }
}

/// The response that was changed.
pub struct Seen {
    pub operation: String,
    pub request: String,
    pub status: u16,
    pub body: String,
    pub how: String,
    pub changed: String,
    /// Whether no other request came after it.
    pub is_last: bool,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, status, body, how, changed, .. } = self;
        let short = |text: &str| text.chars().take(1_200).collect::<String>();
        write!(f, "{operation} {status}, {how}:\n  was {}\n  is  {}", short(body), short(changed))
    }
}

/// What is wrong about it, if anything is.
pub fn complaint(outcome: &Outcome, seen: Option<&Seen>, effects: u32) -> Option<String> {
    match outcome.told {
        // What a batch has left is what its response says.
        Told::Refused(kind) if effects > 0 && kind != ErrorKind::Unprocessed => {
            return Some(format!("carried out {effects} times, and told as refused"));
        }
        Told::Done | Told::Applied if effects == 0 => return Some("refused, and told as done".to_owned()),
        Told::Nothing if effects > 0 => return Some("carried out, and told as not done".to_owned()),
        _ => {}
    }
    let seen = seen.filter(|seen| seen.is_last)?;
    // What an item's own attributes say beside its key is another program's doing.
    let is_under =
        |key: &str| seen.changed.contains(&format!(r#""PK":{{"S":"{}"}}"#, key.split(" / ").next().unwrap()));
    let other = |(asked, given): &&(String, Option<String>)| {
        given.as_ref().is_some_and(|given| given != asked && !is_under(asked) && is_under(given))
    };
    if let Some((asked, given)) = outcome.given.iter().find(other) {
        return Some(format!("{given:?} was given for {asked}"));
    }
    if seen.status != 200 {
        return None;
    }
    let absent = |at: usize| outcome.given.get(at).is_some_and(|(_, given)| given.is_none());
    if outcome.given.is_empty() || !(0..outcome.given.len()).any(absent) {
        return None;
    }
    // The SDK reads nothing at all as a response without members.
    if seen.changed.is_empty() {
        return None;
    }
    let Ok(changed) = serde_json::from_str::<Value>(&seen.changed) else {
        return Some("no JSON came, and an item was told as absent".to_owned());
    };
    if ambiguous(&seen.changed) {
        return None;
    }
    let is_there = |item: &Value| !item.is_null() && item.as_object().is_none_or(|item| !item.is_empty());
    match seen.operation.as_str() {
        "GetItem" if changed.get("Item").is_some_and(is_there) && absent(0) => {
            Some("an item came, and was told as absent".to_owned())
        }
        "TransactGetItems" => {
            let none = Vec::new();
            let responses = changed.get("Responses").and_then(Value::as_array).unwrap_or(&none);
            if responses.len() < outcome.given.len() {
                return Some("a read was not answered, and its item was told as absent".to_owned());
            }
            let hidden =
                |at: usize| responses.get(at).and_then(|one| one.get("Item")).is_some_and(is_there) && absent(at);
            (0..outcome.given.len()).any(hidden).then(|| "an item came, and was told as absent".to_owned())
        }
        "BatchGetItem" => {
            let tables = changed.get("Responses")?.as_object()?;
            let came: usize = tables.values().filter_map(Value::as_array).map(Vec::len).sum();
            let found = outcome.given.iter().filter(|(_, given)| given.is_some()).count();
            (tables.len() == 1 && came > found).then(|| format!("{came} items came, and {found} were given"))
        }
        _ => None,
    }
}

/// Whether a member comes twice, or an item expires by what it says now: then it may be left out.
fn ambiguous(text: &str) -> bool {
    ["\"Item\"", "\"Responses\""].iter().any(|name| text.matches(name).count() > 2) || text.contains("until")
}
