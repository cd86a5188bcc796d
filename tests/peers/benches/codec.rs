//! What encoding and decoding cost here, beside everybody else: from the value to the bytes of a PutItem, and from the
//! bytes of an answer of GetItem, or of a Query with 100 items, back to values.
//!
//! - **ours**: from entity to bytes and back, keys rendered and looked after.
//! - **serde**: `serde_dynamo` to the SDK's items, and the SDK's own serializer.
//! - **byhand**: the same with conversions written by hand. Keys are ready on both of these sides.
//! - **kaicoh**: its conversions to the SDK's items, and the SDK's serializer. Keys are ready.
//! - **modyne**: as far as `put()` and `reduce()` go, which render keys, and the SDK's serializer.
//! - **json**: `serde_json` on the same struct as plain JSON: no DynamoDB takes that, it is a yardstick.
//!
//! What takes its value away from the user is given copies that were made beforehand.

use dynamodel::__private::bench;
use dynamodel_peers::check::normal;
use dynamodel_peers::entities::{Cart, Escapes, Floats, Plain, Session, Wide};
use dynamodel_peers::harness::{Effort, Lane, Report, race, report::mean};
use dynamodel_peers::sdk::{Item, Sdk, TABLE, response};
use dynamodel_peers::shapes::{ByHand, Shape};
use modyne::{Aggregate, EntityExt, ProjectionExt};
use std::hint::black_box;

/// How many items an answer of Query holds here. (DynamoDB would spread the largest shapes over two pages.)
const MANY: u32 = 100;

const PEERS: [&str; 5] = ["serde", "byhand", "kaicoh", "modyne", "json"];
const OPERATIONS: [&str; 3] = ["encode", "decode1", "decode100"];

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let mut report = Report::default();
    let shapes = [
        measure::<Session>(effort, &mut report),
        measure::<Cart>(effort, &mut report),
        measure::<Wide>(effort, &mut report),
        measure::<Plain>(effort, &mut report),
        measure::<Escapes>(effort, &mut report),
        measure::<Floats>(effort, &mut report),
    ];
    for peer in PEERS {
        let suffix = if peer == "serde" { String::new() } else { format!(".{peer}") };
        let times = |shape: &str, operation: &str| report.times(&format!("{shape}.{operation}"), peer).map(|t| t.times);
        let of = |operations: &[&str]| {
            mean(shapes.iter().flat_map(|shape| operations.iter().filter_map(|operation| times(shape, operation))))
        };
        let (encode, decode) = (of(&["encode"]), of(&["decode1", "decode100"]));
        report.ratio(format!("geomean.encode{suffix}"), encode);
        report.ratio(format!("geomean.decode{suffix}"), decode);
    }
    report.print();
}

/// All that is measured of one shape.
fn measure<S: Shape>(effort: Effort, report: &mut Report) -> &'static str {
    agree::<S>();
    let entity = S::sample(7);
    let one = response(&answer_of_get(&entity));
    let many = response(&answer_of_query::<S>());
    let bytes = |response: &aws_smithy_runtime_api::client::orchestrator::HttpResponse| {
        response.body().bytes().unwrap().to_vec()
    };
    let (one_bytes, many_bytes) = (bytes(&one), bytes(&many));
    let (row, kaicoh, modyne) = (entity.row(), entity.kaicoh(), entity.modyne());
    let sdk = Sdk::default();
    let put = |item: Item| drop(black_box(sdk.put(item)));

    let encode = race(
        effort,
        vec![
            Lane::new("ours", || drop(black_box(bench::put_body(black_box(&entity), TABLE).unwrap()))),
            Lane::new("serde", || put(serde_dynamo::to_item(black_box(&row)).unwrap())),
            Lane::new("byhand", || put(black_box(&row).to_item())),
            Lane::fed("kaicoh", || kaicoh.clone(), |value| put(value.into())),
            Lane::fed("modyne", || modyne.clone(), |value| put(value.into_item())),
            Lane::new("json", || drop(black_box(serde_json::to_vec(black_box(&row)).unwrap()))),
        ],
    );

    let json = serde_json::to_vec(&row).unwrap();
    let decode1 = race(
        effort,
        vec![
            Lane::new("ours", || drop(black_box(bench::get_answer::<S>(black_box(&one_bytes)).unwrap()))),
            Lane::new("serde", || drop(black_box(serde_dynamo::from_item::<_, S::Row>(sdk.item(&one)).unwrap()))),
            Lane::new("byhand", || drop(black_box(S::Row::from_item(sdk.item(&one)).unwrap()))),
            Lane::new("kaicoh", || drop(black_box(S::Kaicoh::try_from(sdk.item(&one)).unwrap()))),
            Lane::new("modyne", || drop(black_box(S::Modyne::from_item(sdk.item(&one)).unwrap()))),
            Lane::new("json", || drop(black_box(serde_json::from_slice::<S::Row>(black_box(&json)).unwrap()))),
        ],
    );

    let rows: Vec<S::Row> = (0..MANY).map(|number| S::sample(number).row()).collect();
    let json = serde_json::to_vec(&rows).unwrap();
    let decode100 = race(
        effort,
        vec![
            Lane::new("ours", || drop(black_box(bench::query_answer::<S>(black_box(&many_bytes)).unwrap()))),
            Lane::new("serde", || drop(black_box(serde_dynamo::from_items::<_, S::Row>(sdk.items(&many)).unwrap()))),
            Lane::new("byhand", || {
                let rows: Vec<_> = sdk.items(&many).into_iter().map(|item| S::Row::from_item(item).unwrap()).collect();
                drop(black_box(rows));
            }),
            Lane::new("kaicoh", || {
                let rows: Vec<_> =
                    sdk.items(&many).into_iter().map(|item| S::Kaicoh::try_from(item).unwrap()).collect();
                drop(black_box(rows));
            }),
            Lane::new("modyne", || {
                let mut rows: Vec<S::Modyne> = Vec::new();
                rows.reduce(sdk.items(&many)).unwrap();
                drop(black_box(rows));
            }),
            Lane::new("json", || drop(black_box(serde_json::from_slice::<Vec<S::Row>>(black_box(&json)).unwrap()))),
        ],
    );

    for (operation, times) in OPERATIONS.into_iter().zip([encode, decode1, decode100]) {
        for time in &times[1..] {
            let suffix = if time.name == "serde" { String::new() } else { format!(".{}", time.name) };
            report.ratio(format!("{}.{operation}{suffix}", S::NAME), time.times);
        }
        report.ratio(format!("{}.{operation}.allocs", S::NAME), times[0].allocs);
        report.add(format!("{}.{operation}", S::NAME), times);
    }
    // What decoding cannot do without: the entity's own memory.
    let own = race(Effort::Once, vec![Lane::new("ours", || drop(black_box(black_box(&entity).clone())))]);
    report.ratio(format!("{}.clone.allocs", S::NAME), own[0].allocs);
    S::NAME
}

/// All sides write the same item, keys included, and read the same values.
fn agree<S: Shape>() {
    let entity = S::sample(7);
    let sdk = Sdk::default();
    let said = |item: Item| normal(sdk.put(item).body().bytes().unwrap());
    let ours = normal(bench::put_body(&entity, TABLE).unwrap().as_ref());
    assert_eq!(ours, said(serde_dynamo::to_item(entity.row()).unwrap()));
    assert_eq!(ours, said(entity.row().to_item()));
    assert_eq!(ours, said(entity.kaicoh().into()));
    assert_eq!(ours, said(entity.modyne().into_item()));

    let one = answer_of_get(&entity);
    let answered = response(&one);
    assert_eq!(bench::get_answer::<S>(&one).unwrap().as_ref(), Some(&entity));
    assert_eq!(serde_dynamo::from_item::<_, S::Row>(sdk.item(&answered)).unwrap(), entity.row());
    assert_eq!(S::Row::from_item(sdk.item(&answered)), Some(entity.row()));
    // These give back what they were made of.
    assert_eq!(ours, said(S::Kaicoh::try_from(sdk.item(&answered)).unwrap().into()));
    assert_eq!(ours, said(S::Modyne::from_item(sdk.item(&answered)).unwrap().into_item()));

    let many = answer_of_query::<S>();
    let entities = bench::query_answer::<S>(&many).unwrap();
    assert_eq!(entities, (0..MANY).map(S::sample).collect::<Vec<_>>());
    assert_eq!(sdk.items(&response(&many)).len(), entities.len());
}

/// An item's text.
fn item<S: Shape>(entity: &S) -> String {
    let body: serde_json::Value = serde_json::from_slice(bench::put_body(entity, TABLE).unwrap().as_ref()).unwrap();
    body["Item"].to_string()
}

fn answer_of_get<S: Shape>(entity: &S) -> Vec<u8> {
    format!("{{\"Item\":{}}}", item(entity)).into_bytes()
}

fn answer_of_query<S: Shape>() -> Vec<u8> {
    let items: Vec<String> = (0..MANY).map(|number| item(&S::sample(number))).collect();
    format!("{{\"Count\":{MANY},\"Items\":[{}],\"ScannedCount\":{MANY}}}", items.join(",")).into_bytes()
}
