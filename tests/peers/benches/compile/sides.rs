//! The same entities for each library.

use std::fmt::Write as _;

/// One library.
pub struct Side {
    pub name: &'static str,
    pub dependencies: &'static str,
    /// The lock file that its crates begin with.
    pub lock: &'static str,
    /// A crate with so many entities.
    pub source: fn(usize) -> String,
}

pub static OURS: Side = Side {
    name: "ours",
    dependencies: "dynamodel = { path = \"{library}\" }\nserde = { version = \"1\", features = [\"derive\"] }\n",
    lock: "Cargo.lock",
    source: ours,
};

pub static BYHAND: Side = Side {
    name: "byhand",
    dependencies: "aws-sdk-dynamodb = { version = \"1\", default-features = false }\n\
        serde = { version = \"1\", features = [\"derive\"] }\n",
    lock: "Cargo.lock",
    source: byhand,
};

pub static TOASTY: Side = Side {
    name: "toasty",
    dependencies: "toasty = { version = \"0.11\", default-features = false, features = [\"dynamodb\"] }\n",
    lock: "toasty/Cargo.lock",
    source: toasty,
};

/// The fields that are no keys, in every form.
const FIELDS: &str = "    pub title: String,
    pub note: Option<String>,
    pub count: u64,
    pub total: i64,
    pub active: bool,
    pub rate: f64,
";

fn ours(count: usize) -> String {
    let mut out = String::from("#![allow(dead_code)]\n");
    if count == 0 {
        return out;
    }
    let names: Vec<String> = (0..count).map(|number| format!("Entity{number}")).collect();
    let _ = write!(
        out,
        "use dynamodel::{{Entity, Expiry, Table}};\nuse serde::{{Deserialize, Serialize}};\n\n\
         #[derive(Table)]\n#[dynamo(pk = \"PK\", sk = \"SK\", gsi(Gsi1, pk = \"GSI1PK\", sk = \"GSI1SK\"))]\n\
         #[dynamo(entities({}))]\npub struct Shop;\n",
        names.join(", ")
    );
    for (number, name) in names.iter().enumerate() {
        let _ = write!(
            out,
            "
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = \"E{number}#{{tenant}}\", sk = \"E{number}#{{id}}\", query = of_tenant)]
#[dynamo(index(by_status = Gsi1, pk = \"E{number}#{{status}}\", sk = \"E{number}#{{created_at}}\"))]
pub struct {name} {{
    pub tenant: String,
    pub id: String,
    pub status: String,
    pub created_at: String,
{FIELDS}    #[dynamo(version)]
    pub version: u64,
    #[dynamo(ttl)]
    pub expires_at: Option<Expiry>,
}}
"
        );
    }
    out
}

fn byhand(count: usize) -> String {
    let mut out = String::from("#![allow(dead_code)]\n");
    if count == 0 {
        return out;
    }
    out.push_str(
        "use aws_sdk_dynamodb::types::AttributeValue;\nuse serde::{Deserialize, Serialize};\nuse std::collections::HashMap;\n
fn s(item: &mut HashMap<String, AttributeValue>, name: &str) -> Option<String> {
    if let Some(AttributeValue::S(text)) = item.remove(name) { Some(text) } else { None }
}

fn n<N: std::str::FromStr>(item: &mut HashMap<String, AttributeValue>, name: &str) -> Option<N> {
    if let Some(AttributeValue::N(digits)) = item.remove(name) { digits.parse().ok() } else { None }
}
",
    );
    for number in 0..count {
        let _ = write!(
            out,
            "
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Entity{number} {{
    pub tenant: String,
    pub id: String,
    pub status: String,
    pub created_at: String,
{FIELDS}    pub version: u64,
    pub expires_at: Option<u64>,
}}

impl Entity{number} {{
    pub fn key(tenant: &str, id: &str) -> HashMap<String, AttributeValue> {{
        HashMap::from([
            (\"PK\".to_owned(), AttributeValue::S(format!(\"E{number}#{{tenant}}\"))),
            (\"SK\".to_owned(), AttributeValue::S(format!(\"E{number}#{{id}}\"))),
        ])
    }}

    pub fn to_item(&self) -> HashMap<String, AttributeValue> {{
        let mut item = Self::key(&self.tenant, &self.id);
        item.insert(\"GSI1PK\".to_owned(), AttributeValue::S(format!(\"E{number}#{{}}\", self.status)));
        item.insert(\"GSI1SK\".to_owned(), AttributeValue::S(format!(\"E{number}#{{}}\", self.created_at)));
        item.insert(\"_type\".to_owned(), AttributeValue::S(\"Entity{number}\".to_owned()));
        item.insert(\"tenant\".to_owned(), AttributeValue::S(self.tenant.clone()));
        item.insert(\"id\".to_owned(), AttributeValue::S(self.id.clone()));
        item.insert(\"status\".to_owned(), AttributeValue::S(self.status.clone()));
        item.insert(\"created_at\".to_owned(), AttributeValue::S(self.created_at.clone()));
        item.insert(\"title\".to_owned(), AttributeValue::S(self.title.clone()));
        if let Some(note) = &self.note {{
            item.insert(\"note\".to_owned(), AttributeValue::S(note.clone()));
        }}
        item.insert(\"count\".to_owned(), AttributeValue::N(self.count.to_string()));
        item.insert(\"total\".to_owned(), AttributeValue::N(self.total.to_string()));
        item.insert(\"active\".to_owned(), AttributeValue::Bool(self.active));
        item.insert(\"rate\".to_owned(), AttributeValue::N(self.rate.to_string()));
        item.insert(\"version\".to_owned(), AttributeValue::N(self.version.to_string()));
        if let Some(expires_at) = &self.expires_at {{
            item.insert(\"expires_at\".to_owned(), AttributeValue::N(expires_at.to_string()));
        }}
        item
    }}

    pub fn from_item(mut item: HashMap<String, AttributeValue>) -> Option<Self> {{
        let Some(AttributeValue::Bool(active)) = item.remove(\"active\") else {{ return None }};
        Some(Self {{
            tenant: s(&mut item, \"tenant\")?,
            id: s(&mut item, \"id\")?,
            status: s(&mut item, \"status\")?,
            created_at: s(&mut item, \"created_at\")?,
            title: s(&mut item, \"title\")?,
            note: s(&mut item, \"note\"),
            count: n(&mut item, \"count\")?,
            total: n(&mut item, \"total\")?,
            active,
            rate: n(&mut item, \"rate\")?,
            version: n(&mut item, \"version\")?,
            expires_at: n(&mut item, \"expires_at\"),
        }})
    }}
}}
"
        );
    }
    out
}

fn toasty(count: usize) -> String {
    let mut out = String::from("#![allow(dead_code)]\n");
    for number in 0..count {
        let _ = write!(
            out,
            "
#[derive(Debug, toasty::Model)]
#[key(partition = tenant, local = id)]
pub struct Entity{number} {{
    pub tenant: String,
    pub id: String,
    #[index]
    pub status: String,
    pub created_at: String,
{FIELDS}    pub version: u64,
    pub expires_at: Option<u64>,
}}
"
        );
    }
    out
}
