//! Every kind of key on the engine, and the properties that keys must have.

use dynamodel::bounds::KeyPart;
use dynamodel::keys::KeyValue;
use dynamodel::schema::Spec;
use dynamodel::{Client, Entity, ErrorKind, KeySegment, Timestamp};
use dynamodel_tests::keys::{CustomerId, Event, Legacy, Market, Order, Score, Settings, Shopfront, Status};
use dynamodel_tests::{both, clock};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Debug;
use ulid::Ulid;
use uuid::Uuid;

fn order(number: u32, status: Status) -> Order {
    let placed = Timestamp::from_epoch_millis(1_795_305_600_000 + i64::from(number)).unwrap();
    Order { customer: CustomerId("ada#1".into()), placed, number, status, total_cents: -5 }
}

#[tokio::test]
async fn fields_that_are_kept_in_the_key_alone_come_back_from_it() {
    for market in both::<Market>(&clock()).await {
        let order = order(7, Status::BeingPacked);
        market.create(&order).await.unwrap();
        assert_eq!(market.get(order.primary_key()).await.unwrap().as_ref(), Some(&order));
        assert_eq!(
            market.query(Order::of_customer(&order.customer)).collect().await.unwrap(),
            std::slice::from_ref(&order)
        );
        let by_status = market.query(Order::with_status(Status::BeingPacked)).collect().await.unwrap();
        assert_eq!(by_status, std::slice::from_ref(&order));
        assert_eq!(market.query(Order::with_status(Status::Sent)).first().await.unwrap(), None);
        let again = market.create(&order).await.unwrap_err();
        assert_eq!(again.current::<Order>(), Some(&order));

        let raw = market.get(order.primary_key()).into_sdk().unwrap().send().await.unwrap().item.unwrap();
        assert_eq!(raw["PK"].as_s().unwrap(), "CUSTOMER#ada$S1");
        assert_eq!(raw["SK"].as_s().unwrap(), "ORDER#2026-11-22T00:00:00.007000000Z#000007");
        assert_eq!(raw["GSI1PK"].as_s().unwrap(), "STATUS#being-packed");
        let mut names: Vec<_> = raw.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["GSI1PK", "GSI1SK", "PK", "SK", "_type", "placed", "status", "totalCents"]);
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_read_back_is_an_error_of_decoding() {
    for market in both::<Market>(&clock()).await {
        let order = order(7, Status::Sent);
        let put = market.put(&order).into_sdk().unwrap();
        let mut item = put.get_item().clone().unwrap();
        item.insert("SK".into(), dynamodel::sdk::types::AttributeValue::S("ORDER#yesterday#seven".into()));
        put.set_item(Some(item)).send().await.unwrap();
        let error = market.query(Order::of_customer(&order.customer)).await.unwrap_err();
        assert_eq!((error.kind(), error.entity()), (ErrorKind::Decode, Some("Order")));
        assert_eq!(error.key(), Some("CUSTOMER#ada$S1 / ORDER#yesterday#seven"));
    }
}

#[tokio::test]
async fn keys_of_several_attributes_find_what_has_them_all() {
    for market in both::<Market>(&clock()).await {
        let shop = |id: u128, region: &str, city: Option<&str>, since| Shopfront {
            id: Uuid::from_u128(id),
            country: "NL".into(),
            region: region.into(),
            city: city.map(str::to_owned),
            since,
        };
        for shop in [
            shop(1, "NH", Some("Haarlem"), 1999),
            shop(2, "NH", Some("Amsterdam"), 2010),
            shop(3, "UT", Some("Utrecht"), 1),
            shop(4, "NH", None, 5),
        ] {
            market.create(&shop).await.unwrap();
        }
        let found = market.query(Shopfront::in_place("NL", "NH")).collect().await.unwrap();
        assert_eq!(
            found.iter().map(|shop| shop.city.as_deref().unwrap_or("?")).collect::<Vec<_>>(),
            ["Amsterdam", "Haarlem"]
        );
    }
}

#[tokio::test]
async fn a_local_index_sorts_a_partition_otherwise_and_reads_consistently() {
    for market in both::<Market>(&clock()).await {
        for (player, points) in [("ada", 10), ("bob", -3), ("cyd", 2_000), ("dan", 0), ("eve", -40)] {
            market.create(&Score { board: "b".into(), player: player.into(), points }).await.unwrap();
        }
        let top = market.query(Score::top("b")).consistent().collect().await.unwrap();
        assert_eq!(top.iter().map(|score| score.points).collect::<Vec<_>>(), [2_000, 10, 0, -3, -40]);
    }
}

#[tokio::test]
async fn keywords_flattened_maps_raw_keys_and_constants_round_trip() {
    for market in both::<Market>(&clock()).await {
        let more = BTreeMap::from([("colour".to_owned(), "red".to_owned())]);
        let event = Event { r#type: "a b".into(), id: Ulid::from_parts(1, 2), more };
        market.create(&event).await.unwrap();
        assert_eq!(market.get(event.primary_key()).await.unwrap().as_ref(), Some(&event), "no key shows up in the map");
        assert_eq!(market.query(Event::of_type("a b")).collect().await.unwrap(), [event]);

        let legacy = Legacy { tenant: "a#b c".into(), name: "x$".into(), number: 7 };
        market.create(&legacy).await.unwrap();
        assert_eq!(legacy.primary_key().to_string(), "legacy|a#b c|x$ / v7");
        assert_eq!(market.get(Legacy::key("a#b c", "x$", 7)).await.unwrap().as_ref(), Some(&legacy));
        assert_eq!(Legacy::parse_key(&legacy.primary_key()).unwrap(), ("a#b c".into(), "x$".into(), 7));
        let forged = Legacy::key("a|b", "x", 7).values().unwrap_err();
        assert_eq!((forged.kind(), forged.attribute()), (ErrorKind::InvalidKey, Some("PK")));

        market.create(&Settings { open: true }).await.unwrap();
        assert!(market.get(Settings::key()).await.unwrap().unwrap().open);
    }
}

#[tokio::test]
async fn the_table_has_the_indexes_that_were_declared() {
    let market: Client<Market> = dynamodel_tests::connect(&clock(), dynamodel::Codec::Wire).await;
    let table = market.sdk().describe_table().table_name(market.table_name()).send().await.unwrap().table.unwrap();
    let local: Vec<_> = table.local_secondary_indexes().iter().filter_map(|index| index.index_name()).collect();
    assert_eq!(local, ["ByScore"]);
    let place = table.global_secondary_indexes().iter().find(|index| index.index_name() == Some("ByPlace")).unwrap();
    let keys: Vec<_> =
        place.key_schema().iter().map(|key| format!("{} {}", key.attribute_name(), key.key_type())).collect();
    assert_eq!(keys, ["country HASH", "region HASH", "city RANGE", "since RANGE"]);
    let since = table.attribute_definitions().iter().find(|attribute| attribute.attribute_name() == "since").unwrap();
    assert_eq!(since.attribute_type().as_str(), "N");
}

/// Text full of what escaping is about: every character up to U+0030, and some far above.
fn awkward() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => (0_u32..=0x30).prop_map(|c| char::from_u32(c).unwrap_or('0')),
        2 => Just('#'),
        2 => Just('$'),
        2 => any::<char>(),
    ];
    prop_oneof![
        4 => proptest::collection::vec(character, 0..12).prop_map(String::from_iter),
        1 => any::<String>(),
        1 => Just(String::new()),
    ]
}

fn text<T: KeyPart>(value: &T, spec: Spec) -> String {
    let mut out = String::new();
    assert!(value.text(spec, &mut out).unwrap());
    out
}

/// Parse after render is the identity, no two values have one text, and the order of the texts is the order of the
/// values: also in front of a separator and whatever follows it.
fn check<T: KeySegment + Ord + Debug>(a: &T, b: &T, spec: Spec, tails: (&str, &str)) -> Result<(), TestCaseError> {
    let (x, y) = (text(a, spec), text(b, spec));
    prop_assert!(!x.contains('#') && !y.contains('#'));
    prop_assert_eq!(&T::parse(&x, spec).unwrap(), a);
    prop_assert_eq!(x == y, a == b, "{} {}", x, y);
    let order = if spec.descending { b.cmp(a) } else { a.cmp(b) };
    prop_assert_eq!(x.as_bytes().cmp(y.as_bytes()), order, "{} {}", x, y);
    let (with_tail, other) = (format!("{x}#{}", tails.0), format!("{y}#{}", tails.1));
    prop_assert_eq!(with_tail.as_bytes().cmp(other.as_bytes()), order.then(tails.0.as_bytes().cmp(tails.1.as_bytes())));
    Ok(())
}

const WIDE: Spec = Spec { width: None, descending: false, raw: false };

fn specs(width: u8) -> [Spec; 3] {
    [
        Spec { width: Some(width), ..WIDE },
        Spec { width: Some(width), descending: true, ..WIDE },
        Spec { descending: true, ..WIDE },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn strings_keep_their_order_and_have_one_reading(a in awkward(), b in awkward(), c in awkward(), d in awkward()) {
        let (c, d) = (text(&c, WIDE), text(&d, WIDE));
        check(&a, &b, WIDE, (&c, &d))?;
    }

    #[test]
    fn integers_keep_their_order(a in any::<i64>(), b in any::<i64>(), c in any::<u64>(), d in any::<u64>(), e in any::<i8>(), f in any::<i8>()) {
        for spec in specs(20) {
            check(&c, &d, spec, ("x", "y"))?;
        }
        for spec in specs(19) {
            check(&a, &b, spec, ("x", "y"))?;
            check(&i64::from(e), &i64::from(f), spec, ("", "$0"))?;
        }
        for spec in specs(3) {
            check(&e, &f, spec, ("", ""))?;
        }
        for spec in specs(39) {
            check(&(i128::from(a) * i128::from(b)), &(i128::from(c) - i128::from(d)), spec, ("a", "b"))?;
            check(&(u128::from(c) * u128::from(d)), &u128::from(d), spec, ("a", "b"))?;
        }
    }

    #[test]
    fn identifiers_and_moments_keep_their_order(a in any::<u128>(), b in any::<u128>(), c in any::<i64>(), d in any::<i64>()) {
        check(&Uuid::from_u128(a), &Uuid::from_u128(b), WIDE, ("x", "y"))?;
        check(&Ulid(a), &Ulid(b), WIDE, ("x", "y"))?;
        // The years 0000 to 9999, in milliseconds since 1970.
        let moment = |number: i64| Timestamp::from_epoch_millis(-62_167_219_200_000 + number.rem_euclid(315_569_520_000_000)).unwrap();
        check(&moment(c), &moment(d), WIDE, ("x", "y"))?;
    }

    #[test]
    fn whole_keys_have_one_reading(user in awkward(), id in awkward(), other_user in awkward(), other_id in awkward()) {
        use dynamodel_tests::model::Session;
        let key = Session::key(&user, &id);
        prop_assert_eq!(Session::parse_key(&key).unwrap(), (user.clone(), id.clone()));
        let other = Session::key(&other_user, &other_id);
        prop_assert_eq!(key == other, (user, id) == (other_user, other_id));
    }

    #[test]
    fn parsing_arbitrary_text_never_panics_and_reads_only_what_is_written(text_ in any::<String>(), awkward in awkward()) {
        fn one<T: KeySegment>(input: &str, spec: Spec) -> Result<(), TestCaseError> {
            if let Ok(value) = T::parse(input, spec) {
                prop_assert_eq!(text(&value, spec), input);
            }
            Ok(())
        }
        for input in [&text_, &awkward] {
            one::<String>(input, WIDE)?;
            one::<Uuid>(input, WIDE)?;
            one::<Ulid>(input, WIDE)?;
            one::<Timestamp>(input, WIDE)?;
            for spec in specs(5) {
                one::<i32>(input, spec)?;
                one::<u64>(input, spec)?;
            }
        }
    }
}

#[test]
fn the_ends_of_the_integers_are_written_and_read() {
    for spec in specs(19) {
        for value in [i64::MIN, -1, 0, 1, i64::MAX] {
            assert_eq!(i64::parse(&text(&value, spec), spec).unwrap(), value);
        }
    }
    assert!(i8::parse("-999", Spec { width: Some(3), ..WIDE }).is_err(), "zero has one text");
    assert_eq!(5_u8.native(), Some(KeyValue::N("5".into())));
}

#[test]
fn moments_have_one_text() {
    for (text, nanos) in [
        ("1970-01-01T00:00:00.000000000Z", 0),
        ("1969-12-31T23:59:59.999999999Z", -1),
        ("2000-02-29T12:34:56.000000789Z", 951_827_696_000_000_789),
    ] {
        let moment: Timestamp = text.parse().unwrap();
        assert_eq!((moment.epoch_nanos(), moment.to_string()), (nanos, text.to_owned()));
        assert_eq!(Timestamp::try_from(moment.to_system_time()).unwrap(), moment);
    }
    for text in [
        "1970-01-01T00:00:00Z",
        "1970-01-01 00:00:00.000000000Z",
        "1970-1-01T00:00:00.000000000Z",
        "2001-02-29T00:00:00.000000000Z",
        "1970-01-01T00.00:00:000000000Z",
        "1970-01-01T24:00:00.000000000Z",
        "",
    ] {
        assert!(text.parse::<Timestamp>().is_err(), "{text}");
    }
}

mod inverted {
    use dynamodel::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table)]
    #[dynamo(pk = "PK", sk = "SK", gsi(Inverted, pk = "SK", sk = "PK"), entities(Membership))]
    pub struct Clubs;

    #[derive(Entity, Serialize, Deserialize, Debug, PartialEq)]
    #[dynamo(table = Clubs, pk = "CLUB#{club}", sk = "MEMBER#{member}")]
    #[dynamo(index(of_member = Inverted, pk = "MEMBER#{member}", sk = "CLUB#{club}"))]
    pub struct Membership {
        pub club: String,
        pub member: String,
    }
}

#[tokio::test]
async fn an_inverted_index_shares_the_tables_keys() {
    use inverted::{Clubs, Membership};
    for clubs in both::<Clubs>(&clock()).await {
        let membership = Membership { club: "chess".into(), member: "ada".into() };
        let body = clubs.create(&membership).explain().unwrap().body;
        assert_eq!(body.matches("\"SK\":").count(), 1, "an attribute is written once: {body}");
        clubs.create(&membership).await.unwrap();
        assert_eq!(clubs.query(Membership::of_member("ada")).collect().await.unwrap(), [membership]);
    }
}
