//! Event filters: what the patterns let through is what the engine's conditions let through.

use super::model::{Basket, Order, World};
use dynamodel::fields::AttributeType;
use dynamodel::stream::{EventFilter, Filters, Record};
use dynamodel::{Condition, Entity, ErrorKind};
use serde_json::{Value, json};

/// The pattern language, as AWS documents it: whatever is named must fit, and of a leaf's alternatives one.
fn fits(pattern: &Value, event: Option<&Value>) -> bool {
    match pattern {
        Value::Object(members) => {
            members.iter().all(|(name, inner)| fits(inner, event.and_then(|event| event.get(name))))
        }
        Value::Array(alternatives) => alternatives.iter().any(|alternative| one_fits(alternative, event)),
        other => panic!("no pattern: {other}"),
    }
}

fn one_fits(alternative: &Value, event: Option<&Value>) -> bool {
    let Value::Object(operator) = alternative else { return event == Some(alternative) };
    let (name, argument) = operator.iter().next().unwrap();
    match name.as_str() {
        "exists" => argument.as_bool() == Some(event.is_some()),
        "prefix" => event.and_then(Value::as_str).is_some_and(|text| text.starts_with(argument.as_str().unwrap())),
        "anything-but" => event.is_some_and(|event| !argument.as_array().unwrap().contains(event)),
        other => panic!("no operator of the pattern language: {other}"),
    }
}

fn event_of(record: &Record) -> Value {
    let json = |text: Option<&str>| text.map(|text| serde_json::from_str::<Value>(text).unwrap());
    let mut out = json!({"eventName": "INSERT", "dynamodb": {"Keys": json(record.keys_json())}});
    if let Some(image) = json(record.new_json()) {
        out["dynamodb"]["NewImage"] = image;
    }
    out
}

type Ask = fn(<Order as Entity>::Fields) -> Condition<Order>;

fn orders() -> Vec<Order> {
    let mut orders = Vec::new();
    for (at, status) in ["new", "paid", "newer", "", "\"odd\" \\ \u{e9}"].into_iter().enumerate() {
        for paid in [false, true] {
            for note in [None, Some("gift"), Some("g")] {
                let mut order = Order::new(&format!("{at}-{paid}-{}", note.unwrap_or("none")));
                (order.status, order.paid) = (format!("{status}!"), paid);
                order.note = note.map(str::to_owned);
                order.total = at as u64 * 7;
                if at % 2 == 0 {
                    order.data.insert("theme".into(), if paid { "dark" } else { "light" }.into());
                }
                orders.push(order);
            }
        }
    }
    orders
}

#[tokio::test]
async fn patterns_let_through_what_the_engines_conditions_do() {
    let asks: &[Ask] = &[
        |o| o.status.eq("new!"),
        |o| o.status.ne("new!"),
        |o| !o.status.eq("\"odd\" \\ \u{e9}!"),
        |o| o.status.is_in(["new!", "paid!", "none"]),
        |o| !o.status.is_in(["new!", "paid!"]),
        |o| o.status.begins_with("new"),
        |o| o.total.eq(7) | o.total.eq(14),
        |o| o.total.ne(7),
        |o| o.paid.eq(true),
        |o| o.paid.ne(true),
        |o| !o.paid.is_in([true, false]),
        |o| o.note.eq("gift"),
        |o| o.note.ne("gift"),
        |o| o.note.has_type(AttributeType::S),
        |o| !o.note.has_type(AttributeType::S),
        |o| o.data.key("theme").eq("dark"),
        |o| o.data.key("theme").ne("dark"),
        |o| o.status.begins_with("new") & o.paid.eq(true) & o.note.ne("g"),
        |o| o.status.begins_with("new") & (o.paid.eq(true) | o.note.eq("g")),
        |o| !(o.status.eq("new!") & o.paid.eq(true)),
        |o| !(o.status.eq("new!") | o.paid.eq(true)),
        |o| o.status.is_in(["new!", "paid!"]) & o.status.ne("paid!"),
        |o| (o.status.eq("new!") | o.status.eq("paid!")) & (o.status.eq("paid!") | o.status.begins_with("newer")),
        |o| o.status.begins_with("x") | !o.status.is_in(Vec::<&str>::new()),
    ];
    let world = World::new().await;
    for order in orders() {
        world.shop.create(&order).await.unwrap();
    }
    let records = world.records().await;
    let mut passed = 0;
    for ask in asks.iter().copied() {
        let shown = ask(Order::fields());
        let patterns =
            EventFilter::insert().new_image(ask).patterns().unwrap_or_else(|error| panic!("{shown:#}: {error}"));
        let patterns: Vec<Value> = patterns.iter().map(|pattern| serde_json::from_str(pattern).unwrap()).collect();
        let mut ours: Vec<String> = Vec::new();
        for record in &records {
            if patterns.iter().any(|pattern| fits(pattern, Some(&event_of(record)))) {
                ours.push(record.keys_json().unwrap().to_owned());
            }
        }
        let mut theirs = Vec::new();
        let mut scan = world.shop.scan::<Order>().filter(ask).stream();
        while let Some(order) = scan.next().await {
            theirs.push(order.unwrap());
        }
        let mut ours: Vec<_> =
            ours.iter().map(|keys| keys.split('"').find(|part| part.starts_with("ORDER#")).unwrap()).collect();
        let mut theirs: Vec<_> =
            theirs.iter().map(|order| Order::key(&order.id).values().unwrap().0.to_string()).collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{shown:#} as {patterns:#?}");
        passed += ours.len();
    }
    assert!(passed > 100, "{passed}");
}

#[test]
fn what_patterns_cannot_express_is_a_typed_error_with_the_attribute() {
    let asks: &[(Ask, &str, &str)] = &[
        (|o| o.total.gt(5), "total", "cannot order"),
        (|o| o.total.between(1, 5), "total", "cannot order"),
        (|o| o.status.size().eq(3), "status", "cannot order"),
        (|o| o.note.exists(), "note", "use `has_type` instead"),
        (|o| o.note.not_exists(), "note", "use `has_type` instead"),
        (|o| o.status.contains_text("x"), "status", "no such function"),
        (|o| !o.status.begins_with("x"), "status", "not its negation"),
        (|o| o.tags.has_type(AttributeType::Ss), "tags", "at this level"),
    ];
    for (ask, attribute, why) in asks.iter().copied() {
        let error = EventFilter::<Order>::insert().new_image(ask).patterns().unwrap_err();
        assert_eq!((error.kind(), error.entity()), (ErrorKind::NotExpressible, Some("Order")));
        assert_eq!(error.attribute(), Some(attribute), "{error}");
        assert!(error.to_string().contains(why) && error.to_string().contains("in the handler"), "{error}");
    }
    let both = EventFilter::<Order>::insert().new_image(|o| o.status.begins_with("a") & o.status.begins_with("ab"));
    assert!(both.patterns().unwrap_err().to_string().contains("two conditions on `status` at once"));
    let never = EventFilter::<Order>::insert().new_image(|o| o.status.eq("a") & o.status.eq("b"));
    assert!(never.patterns().unwrap_err().to_string().contains("no event can pass"));
    let imageless = [
        EventFilter::<Order>::insert().old_image(|o| o.status.eq("a")),
        EventFilter::<Order>::remove().new_image(|o| o.status.eq("a")),
    ];
    for never in imageless {
        assert!(never.patterns().unwrap_err().to_string().contains("no event can pass: a new item has no old image"));
    }
    let list = EventFilter::<Basket>::insert().new_image(|b| b.lines.index(0).eq(1));
    assert!(list.patterns().unwrap_err().to_string().contains("do not count the elements"));
    let unfit =
        EventFilter::<Order>::insert().new_image(|o| o.data.eq(std::collections::BTreeMap::<String, String>::new()));
    assert!(unfit.patterns().unwrap_err().to_string().contains("no lists, maps or sets"));
}

#[test]
fn a_filter_says_the_entity_the_operation_and_who_deleted() {
    let only = |filter: EventFilter<Order>| {
        let patterns = filter.patterns().unwrap();
        assert_eq!(patterns.len(), 1);
        serde_json::from_str::<Value>(&patterns[0]).unwrap()
    };
    assert_eq!(
        only(EventFilter::<Order>::modify().old_image(|o| o.paid.eq(false)).new_image(|o| o.paid.eq(true))),
        json!({"eventName": ["MODIFY"], "dynamodb": {
            "NewImage": {"_type": {"S": ["Order"]}, "paid": {"BOOL": [true]}},
            "OldImage": {"paid": {"BOOL": [false]}},
        }})
    );
    assert_eq!(
        only(EventFilter::<Order>::modify().old_image(|o| o.paid.eq(false))),
        json!({"eventName": ["MODIFY"], "dynamodb": {"OldImage": {"_type": {"S": ["Order"]}, "paid": {"BOOL": [false]}}}})
    );
    assert_eq!(
        only(EventFilter::<Order>::remove().by_time_to_live().by_key()),
        json!({
            "eventName": ["REMOVE"],
            "dynamodb": {"Keys": {"PK": {"S": [{"prefix": "ORDER#"}]}, "SK": {"S": ["ORDER"]}}},
            "userIdentity": {"type": ["Service"], "principalId": ["dynamodb.amazonaws.com"]},
        })
    );
}

#[test]
fn the_filters_of_a_mapping_are_few() {
    let filters = Filters::new().or(&EventFilter::<Order>::insert()).unwrap();
    let filters = filters.or(&EventFilter::<Basket>::remove().by_time_to_live()).unwrap();
    let json: Value = serde_json::from_str(&filters.to_json()).unwrap();
    let patterns = json["Filters"].as_array().unwrap();
    assert_eq!(patterns.len(), 2);
    for (pattern, text) in patterns.iter().zip(filters.patterns()) {
        assert_eq!(pattern["Pattern"].as_str(), Some(text.as_str()));
    }
    // Every alternative on another attribute is a pattern of its own.
    let many = |o: <Order as Entity>::Fields| {
        (o.status.eq("a") | o.total.eq(1) | o.paid.eq(true) | o.note.eq("n"))
            & (o.data.key("a").eq("1") | o.data.key("b").eq("1") | o.data.key("c").eq("1"))
    };
    let error = Filters::new().or(&EventFilter::<Order>::insert().new_image(many)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotExpressible);
    assert!(error.to_string().contains("12 patterns, and a mapping takes 5"), "{error}");
    let long: Vec<String> = (0..500).map(|n| format!("status-{n}")).collect();
    let wide = EventFilter::<Order>::insert().new_image(|o| {
        o.status.is_in(long.iter().take(100))
            | o.status.is_in(long.iter().skip(400))
            | o.note.is_in(long.iter().take(100).map(String::as_str))
    });
    assert_eq!(wide.patterns().unwrap().len(), 2, "what is of one attribute is one pattern");
    let long = "x".repeat(5000);
    let error = EventFilter::<Order>::insert().new_image(|o| o.status.eq(&*long)).patterns().unwrap_err();
    assert!(error.to_string().contains("over 4096 characters"), "{error}");
}

#[test]
fn filters_of_many_values_places_and_alternatives_are_refused_at_the_cost_of_the_list() {
    let o = Order::fields();
    let refused = |filter: EventFilter<Order>| {
        let error = filter.patterns().unwrap_err();
        assert_eq!((error.kind(), error.entity()), (ErrorKind::NotExpressible, Some("Order")), "{error}");
        error.to_string()
    };
    // 15,000 values of one attribute.
    let values = |from: u64| o.total.is_in(from..from + 100);
    let many = (0..150).map(|at| values(at * 100)).reduce(|all, one| one | all).unwrap();
    assert!(refused(EventFilter::insert().new_image(|_| many)).contains("over 4096 characters"));
    // 2 to the 75th alternatives, said within 300 operators.
    let two = |at: usize| o.data.key(&format!("a{at}")).eq("1") | o.data.key(&format!("b{at}")).eq("2");
    let exploding = (0..75).map(two).reduce(|all, one| all & one).unwrap();
    assert!(refused(EventFilter::insert().new_image(|_| exploding)).contains("more patterns than a mapping takes"));
    let filter = (0..20_000)
        .fold(EventFilter::<Order>::insert(), |filter, at| filter.new_image(|o| o.data.key(&format!("k{at}")).eq("x")));
    assert!(refused(filter).contains("over 4096 characters"));
    // What is over a limit of conditions is no filter either.
    let long = (0..20_000).map(|at| o.total.eq(at)).reduce(|all, one| all | one).unwrap();
    let error = EventFilter::<Order>::insert().new_image(|_| long).patterns().unwrap_err();
    assert_eq!((error.kind(), error.entity()), (ErrorKind::InvalidRequest, Some("Order")), "{error}");
    assert!(error.to_string().contains("`is_in`"), "{error}");
    let short = EventFilter::insert().new_image(|_| values(0) | values(100) | values(300)).patterns().unwrap();
    assert_eq!(short.len(), 1);
    refused(EventFilter::<Order>::insert().new_image(|o| o.data.key("").eq("x")));
}
