//! Fields that are set together.

use dynamodel::{Codec, Entity, Key, KeySegment, Table};
use dynamodel_tests::{clock, connect};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByPlace, pk = "GSI1PK", sk = "GSI1SK"), entities(Shed, House))]
struct Places;

/// No `Clone`, as a token that must not be passed on.
#[derive(KeySegment, Serialize, Deserialize, Debug, PartialEq)]
struct Town(String);

#[derive(Entity, Serialize, Deserialize, Debug)]
#[dynamo(table = Places, pk = "SHED#{id:04}", index(shed_in = ByPlace, pk = "SHED#{country}#{town}", sk = "SHED#{id:04}"))]
struct Shed {
    id: u32,
    country: String,
    town: Town,
}

#[derive(Entity, Serialize, Deserialize, Debug)]
#[dynamo(table = Places, pk = "HOUSE#{id:04}", index(house_in = ByPlace, pk = "HOUSE#{country}#{town}", sk = "HOUSE#{id:04}"))]
struct House {
    id: u32,
    country: String,
    town: String,
}

#[tokio::test]
async fn a_group_of_fields_that_cannot_be_cloned_is_set() {
    let places = connect::<Places>(&clock(), Codec::Wire).await;
    let (country, town) = ("nl".to_owned(), Town("Utrecht".to_owned()));
    places.put(&Shed { id: 1, country, town }).await.unwrap();
    let key: Key<Shed> = Shed::key(1);
    let group = ShedByPlaceKey { country: "fr".to_owned(), town: Town("Lyon".to_owned()) };
    let shed = places.update(key).set_key(group).returning_new().await.unwrap();
    assert_eq!((shed.country.as_str(), shed.town), ("fr", Town("Lyon".to_owned())));
    let found = places.query(Shed::shed_in("fr", &Town("Lyon".to_owned()))).first().await.unwrap();
    assert_eq!(found.map(|shed| shed.id), Some(1));
}

#[tokio::test]
async fn a_group_of_fields_that_can_be_cloned_is_made_from_the_entity() {
    let places = connect::<Places>(&clock(), Codec::Wire).await;
    let house = House { id: 1, country: "nl".to_owned(), town: "Utrecht".to_owned() };
    places.put(&house).await.unwrap();
    let group = HouseByPlaceKey { town: "Delft".to_owned(), ..HouseByPlaceKey::from(&house) };
    let house = places.update(House::key(1)).set_key(group).returning_new().await.unwrap();
    assert_eq!((house.country.as_str(), house.town.as_str()), ("nl", "Delft"));
}
