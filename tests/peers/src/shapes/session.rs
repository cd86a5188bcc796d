//! Five small attributes.

use super::{ByHand, Database, Kind, Shape, primary};
use crate::by_hand::{Taker, b, n, s};
use crate::entities::Session;
use crate::sdk::Item;
use modyne::EntityDef;
use modyne::keys::{FullKey, Primary};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Debug, PartialEq)]
pub struct SessionRow {
    #[serde(rename = "PK")]
    pk: String,
    #[serde(rename = "SK")]
    sk: String,
    #[serde(rename = "_type")]
    kind: Kind,
    user_id: String,
    id: String,
    token: String,
    hits: u64,
    active: bool,
}

impl ByHand for SessionRow {
    fn to_item(&self) -> Item {
        Item::from([
            ("PK".to_owned(), s(&self.pk)),
            ("SK".to_owned(), s(&self.sk)),
            ("_type".to_owned(), s(self.kind.name())),
            ("user_id".to_owned(), s(&self.user_id)),
            ("id".to_owned(), s(&self.id)),
            ("token".to_owned(), s(&self.token)),
            ("hits".to_owned(), n(self.hits)),
            ("active".to_owned(), b(self.active)),
        ])
    }

    fn from_item(item: Item) -> Option<Self> {
        let mut item = Taker(item);
        Some(Self {
            pk: item.s("PK")?,
            sk: item.s("SK")?,
            kind: Kind::named(&item.s("_type")?)?,
            user_id: item.s("user_id")?,
            id: item.s("id")?,
            token: item.s("token")?,
            hits: item.n("hits")?,
            active: item.b("active")?,
        })
    }
}

#[derive(EntityDef, Serialize, Deserialize, Clone)]
#[serde(rename = "Session")]
pub struct SessionModyne {
    user_id: String,
    id: String,
    token: String,
    hits: u64,
    active: bool,
}

impl modyne::Entity for SessionModyne {
    type KeyInput<'a> = (&'a str, &'a str);
    type Table = Database;
    type IndexKeys = ();

    fn primary_key((user_id, id): Self::KeyInput<'_>) -> Primary {
        primary(format!("USER#{user_id}"), format!("SESSION#{id}"))
    }

    fn full_key(&self) -> FullKey<Primary, ()> {
        FullKey { primary: Self::primary_key((&self.user_id, &self.id)), indexes: () }
    }
}

impl Shape for Session {
    type Row = SessionRow;
    type Kaicoh = kaicoh_shapes::Session;
    type Modyne = SessionModyne;

    fn row(&self) -> SessionRow {
        let Self { user_id, id, token, hits, active } = self.clone();
        let (pk, sk) = (format!("USER#{user_id}"), format!("SESSION#{id}"));
        SessionRow { pk, sk, kind: Kind::Session, user_id, id, token, hits, active }
    }

    fn kaicoh(&self) -> kaicoh_shapes::Session {
        let SessionRow { pk, sk, kind, user_id, id, token, hits, active } = self.row();
        kaicoh_shapes::Session { pk, sk, kind: kind.name().to_owned(), user_id, id, token, hits, active }
    }

    fn modyne(&self) -> SessionModyne {
        let Self { user_id, id, token, hits, active } = self.clone();
        SessionModyne { user_id, id, token, hits, active }
    }
}
