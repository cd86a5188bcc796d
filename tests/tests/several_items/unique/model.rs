//! Entities with unique fields.

use super::look::claims;
use dynamodel::{Client, Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByName, pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(entities(User, Invitation))]
pub struct Crm;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Crm, pk = "USER#{id}", sk = "USER", index(by_name = ByName, pk = "NAME#{name}", sk = "USER#{id}"))]
#[dynamo(unique(country, tax_number))]
pub struct User {
    pub id: String,
    pub name: String,
    #[dynamo(unique)]
    pub email: String,
    #[dynamo(unique)]
    pub phone: Option<String>,
    pub tenant: String,
    #[dynamo(unique(within(tenant)))]
    pub handle: String,
    pub country: Option<String>,
    pub tax_number: u32,
    pub logins: u32,
    #[dynamo(version)]
    pub version: u64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Crm, pk = "INVITATION#{id}", sk = "INVITATION")]
pub struct Invitation {
    pub id: String,
    #[dynamo(unique)]
    pub code: String,
    pub uses: u32,
    #[dynamo(ttl)]
    pub until: Option<Expiry>,
}

pub fn user(id: &str) -> User {
    User {
        id: id.into(),
        name: "Ada".into(),
        email: format!("{id}@example.com"),
        phone: None,
        tenant: "acme".into(),
        handle: id.into(),
        country: None,
        tax_number: 7,
        logins: 0,
        version: 0,
    }
}

pub fn invitation(id: &str, code: &str, until: Option<Expiry>) -> Invitation {
    Invitation { id: id.into(), code: code.into(), uses: 0, until }
}

/// The claims that these users are to have, and no others.
pub async fn assert_claims(crm: &Client<Crm>, users: &[&User]) {
    let mut expected = Vec::new();
    for user in users {
        let owner = format!("USER#{}", user.id);
        expected.push((format!("$UNIQUE#User#email#{}", user.email), owner.clone()));
        expected.push((format!("$UNIQUE#User#tenant+handle#{}#{}", user.tenant, user.handle), owner.clone()));
        expected.extend(user.phone.iter().map(|phone| (format!("$UNIQUE#User#phone#{phone}"), owner.clone())));
        expected.extend(
            user.country.iter().map(|country| {
                (format!("$UNIQUE#User#country+tax_number#{country}#{}", user.tax_number), owner.clone())
            }),
        );
    }
    expected.sort();
    assert_eq!(claims(crm).await, expected);
}
