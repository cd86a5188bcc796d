//! Ranges are asked for in values, and hold exactly the items whose values lie in them.

use dynamodel::bounds::IntoKeyRange;
use dynamodel::{Client, Codec, Entity, KeySegment, Table};
use dynamodel_tests::{clock, connect};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByPlace, pk = "country", sk = ["city", "since"]), lsi(ByScore, sk = "LSI1SK"))]
#[dynamo(entities(Visit, Other, Raw))]
struct Log;

#[derive(KeySegment, Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Page(String);

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Log, pk = "USER#{user}", sk = "VISIT#{page}#{number:04}", query = of_user)]
#[dynamo(index(in_place = ByPlace, pk = country, sk = [city, since]))]
#[dynamo(index(by_score = ByScore, sk = "{score:desc}#{user}#{page}"))]
struct Visit {
    user: String,
    page: Page,
    number: u16,
    country: String,
    city: String,
    since: i32,
    score: i32,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Log, pk = "USER#{user}", sk = "VISITOR#{page}#{type}", query = of_user)]
struct Other {
    user: String,
    page: String,
    r#type: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Log, pk = "RAW#{user}", sk = "r|{page:raw}|{rest:raw}", query = of_user)]
struct Raw {
    user: String,
    page: String,
    rest: String,
}

/// Texts that would be out of order, or inside each other, if they were not escaped.
const PAGES: [&str; 12] = ["", "\0", " ", "#", "##", "$", "a", "a\0", "a#", "a#b", "aa", "é"];

fn visit(page: &str, number: u16) -> Visit {
    Visit {
        user: "u1".into(),
        page: Page(page.into()),
        number,
        country: "at".into(),
        city: format!("c{}", number % 2),
        since: i32::from(number) - 2,
        score: i32::from(number) * 10 - 15,
    }
}

async fn filled() -> Client<Log> {
    let log = connect::<Log>(&clock(), Codec::Wire).await;
    for (at, page) in PAGES.iter().enumerate() {
        log.create(&visit(page, u16::try_from(at % 4).unwrap())).await.unwrap();
        log.create(&visit(page, 9999)).await.unwrap();
        log.create(&Other { user: "u1".into(), page: (*page).into(), r#type: "x".into() }).await.unwrap();
        log.create(&Visit { user: "u2".into(), ..visit(page, 1) }).await.unwrap();
    }
    log
}

async fn found<R: IntoKeyRange<Item = Visit>>(log: &Client<Log>, range: R) -> Vec<(String, u16)> {
    let visits = log.query(range).collect().await.unwrap();
    visits.into_iter().map(|visit| (visit.page.0, visit.number)).collect()
}

fn expected(of: impl Fn(&str, u16) -> bool) -> Vec<(String, u16)> {
    let all = PAGES.iter().enumerate().flat_map(|(at, page)| [(*page, u16::try_from(at % 4).unwrap()), (*page, 9999)]);
    let mut all: Vec<_> = all.filter(|(page, number)| of(page, *number)).map(|(p, n)| (p.to_owned(), n)).collect();
    all.sort();
    all
}

#[tokio::test]
async fn every_range_of_the_first_field_holds_the_values_that_it_says() {
    let log = filled().await;
    let mine = || Visit::of_user("u1");
    assert_eq!(found(&log, mine()).await, expected(|_, _| true));
    for end in PAGES.into_iter().chain(["b", "#a", "a#", "a$", "\u{10ffff}"]) {
        let value = Page(end.to_owned());
        assert_eq!(found(&log, mine().page(&value)).await, expected(|page, _| page == end), "= {end:?}");
        assert_eq!(found(&log, mine().page_from(&value)).await, expected(|page, _| page >= end), ">= {end:?}");
        assert_eq!(found(&log, mine().page_after(&value)).await, expected(|page, _| page > end), "> {end:?}");
        assert_eq!(found(&log, mine().page_until(&value)).await, expected(|page, _| page <= end), "<= {end:?}");
        assert_eq!(found(&log, mine().page_before(&value)).await, expected(|page, _| page < end), "< {end:?}");
        let begun = found(&log, mine().page_begins_with(end)).await;
        assert_eq!(begun, expected(|page, _| page.starts_with(end)), "begins with {end:?}");
        for high in ["", "a", "a#", "é"] {
            let between = found(&log, mine().page_between(&value, &Page(high.to_owned()))).await;
            assert_eq!(between, expected(|page, _| end <= page && page <= high), "{end:?} to {high:?}");
        }
    }
}

#[tokio::test]
async fn the_next_field_narrows_further() {
    let log = filled().await;
    let of_page = || Visit::of_user("u1").page(&Page("a#".into())).clone();
    let of = |test: fn(u16) -> bool| expected(move |page, number| page == "a#" && test(number));
    assert_eq!(found(&log, of_page()).await, of(|_| true));
    assert_eq!(found(&log, of_page().number(9999)).await, of(|number| number == 9999));
    assert_eq!(found(&log, of_page().number_between(0, 9998)).await, of(|number| number < 9999));
    assert_eq!(found(&log, of_page().number_after(0)).await, of(|number| number > 0));
    assert_eq!(found(&log, of_page().number_before(9999)).await, of(|number| number < 9999));
    assert_eq!(found(&log, of_page().number_between(5, 4)).await, [], "ends in the wrong order");
}

#[tokio::test]
async fn several_attributes_of_their_own_types_are_asked_for_one_after_the_other() {
    let log = filled().await;
    let in_city = |city: &'static str| Visit::in_place("at").city(city);
    let since = |visits: Vec<Visit>| visits.into_iter().map(|visit| visit.since).collect::<Vec<_>>();
    let all = since(log.query(in_city("c1")).collect().await.unwrap());
    assert_eq!(all.len(), 12 + 12 + 6);
    assert!(all.is_sorted());
    let some = since(log.query(in_city("c1").since_between(-1, 1)).collect().await.unwrap());
    assert_eq!(some.len(), 12 + 6);
    assert_eq!(log.query(in_city("c1").since_after(1)).count().await.unwrap(), 12);
    assert_eq!(log.query(Visit::in_place("at").city_begins_with("c")).count().await.unwrap(), 36);
    assert_eq!(log.query(Visit::in_place("at").city_before("c1")).count().await.unwrap(), 6);
}

#[tokio::test]
async fn largest_first_and_what_the_partition_knows_is_given_by_itself() {
    let log = filled().await;
    let scores = |visits: Vec<Visit>| visits.into_iter().map(|visit| visit.score).collect::<Vec<_>>();
    let low = scores(log.query(Visit::by_score("u1").score_until(5)).collect().await.unwrap());
    assert_eq!(low, [5, 5, 5, -5, -5, -5, -15, -15, -15]);
    let high = scores(log.query(Visit::by_score("u1").score_after(15)).collect().await.unwrap());
    assert_eq!(high.len(), 12);
    // `user` stands between the two, and is known from the partition key.
    let one = log.query(Visit::by_score("u1").score(-15).page(&Page(String::new()))).collect().await.unwrap();
    assert_eq!(one, [visit("", 0)]);
    let some = log.query(Visit::by_score("u1").score(-15).page_after(&Page(String::new()))).count().await.unwrap();
    assert_eq!(some, 2);
}

#[tokio::test]
async fn other_formats_and_names_that_are_keywords() {
    let log = filled().await;
    let others = log.query(Other::of_user("u1").page("a").r#type("x")).collect().await.unwrap();
    assert_eq!(others.len(), 1);
    assert_eq!(log.query(Other::of_user("u1").page("a").type_from("y")).count().await.unwrap(), 0);
    for rest in ["x", "x#", "y"] {
        log.create(&Raw { user: "u1".into(), page: "p".into(), rest: rest.into() }).await.unwrap();
    }
    assert_eq!(log.query(Raw::of_user("u1").page("p")).count().await.unwrap(), 3);
    assert_eq!(log.query(Raw::of_user("u1").page("p").rest("x")).count().await.unwrap(), 1);
    assert_eq!(log.query(Raw::of_user("u1").page("p").rest_begins_with("x")).count().await.unwrap(), 2);
}
