//! What IAM is asked for when a client's requests come in, and what a policy allows.

use dynamodel::define::{Access, Grant, TableDefinition};
use dynamodel::{Client, Table};
use dynamodel_tests::wrap::{Seen, Wrapped, wrap};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// Each action with the resource that it is on, behind the table's ARN: `""` for the table itself.
pub type Actions = BTreeSet<(String, String)>;

/// A client, and what IAM is asked for its requests.
pub struct Asked<T> {
    pub client: Client<T>,
    /// The one beneath, whose engine lives as long as it does.
    beneath: Client<T>,
    definition: TableDefinition,
    log: Arc<Mutex<Actions>>,
}

impl<T: Table> Asked<T> {
    pub fn of(client: &Client<T>) -> Self {
        Self::by(client, TableDefinition::from_schema(T::SCHEMA))
    }

    /// The same for a table that is defined so.
    pub fn by(client: &Client<T>, definition: TableDefinition) -> Self {
        let log = Arc::<Mutex<Actions>>::default();
        let kept = Arc::clone(&log);
        let (wrapped, _) = wrap(client, 1, move |seen| note(&kept, seen));
        Self { client: wrapped, beneath: client.clone(), definition: definition.named("it"), log }
    }

    /// An HTTP client whose requests are noted too.
    pub fn beside(&self, inner: aws_smithy_runtime_api::client::http::SharedHttpClient) -> Wrapped {
        let kept = Arc::clone(&self.log);
        Wrapped::around(inner, move |seen| note(&kept, seen))
    }

    /// The client whose requests are not noted.
    pub fn unasked(&self) -> &Client<T> {
        &self.beneath
    }

    /// What was asked since the last time.
    pub fn taken(&self) -> Actions {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    /// Everything that was asked is allowed by the policy for these, and the policy allows nothing else.
    pub fn assert_only(&self, access: &[Access]) {
        assert_eq!(self.taken(), self.allowed(access), "{access:?}");
    }

    /// What the policy for these allows.
    pub fn allowed(&self, access: &[Access]) -> Actions {
        allowed(&self.definition, access)
    }
}

fn note<F>(log: &Mutex<Actions>, seen: &Seen) -> Option<F> {
    let behind = match seen.body["IndexName"].as_str() {
        Some(index) => format!("/index/{index}"),
        None if ["DescribeStream", "GetShardIterator", "GetRecords"].contains(&seen.operation.as_str()) => {
            "/stream/*".to_owned()
        }
        None => String::new(),
    };
    let actions = actions(&seen.operation, &seen.body).into_iter();
    log.lock().unwrap().extend(actions.map(|action| (behind.clone(), format!("dynamodb:{action}"))));
    None
}

/// The actions that IAM looks for: of a transaction, those of the requests in it.
fn actions(operation: &str, body: &Value) -> Vec<String> {
    if !operation.starts_with("Transact") {
        return vec![operation.to_owned()];
    }
    let items = body["TransactItems"].as_array().unwrap().iter();
    let names = items.flat_map(|item| item.as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    names
        .map(|name| if name == "ConditionCheck" { "ConditionCheckItem".to_owned() } else { format!("{name}Item") })
        .collect()
}

/// What the policy for these accesses allows.
pub fn allowed(definition: &TableDefinition, access: &[Access]) -> Actions {
    let permissions = definition.permissions().table_arn("arn:aws:dynamodb:eu-west-1:1:table/it");
    let policy = permissions.allow(Grant::on_table(access.iter().copied())).to_json().unwrap();
    let policy: Value = serde_json::from_str(&policy).unwrap();
    let mut out = Actions::new();
    for statement in policy["Statement"].as_array().unwrap() {
        let resource = statement["Resource"].as_str().unwrap();
        let behind = resource.rsplit_once("table/it").map_or(resource, |(_, behind)| behind);
        let actions = statement["Action"].as_array().unwrap().iter();
        out.extend(actions.map(|action| (behind.to_owned(), action.as_str().unwrap().to_owned())));
    }
    out
}
