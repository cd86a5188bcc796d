//! Whole items: patches on writing, views on reading.

use super::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
struct Entity {
    id: String,
    version: u64,
    note: Option<String>,
}

fn sample() -> Entity {
    Entity { id: "x".into(), version: 3, note: None }
}

#[test]
fn a_comma_stands_before_each_attribute_but_the_first() {
    let mut out = br#"{"PK":{"S":"k"}"#.to_vec();
    write_attributes(&mut out, &sample(), &Patch::default()).unwrap();
    assert_eq!(out, br#"{"PK":{"S":"k"},"id":{"S":"x"},"version":{"N":"3"}"#);
    let first_left_out = Patch { omit: &["id"], replace: &[] };
    assert_eq!(patched(&sample(), &first_left_out), r#"{"version":{"N":"3"}}"#);
}

#[test]
fn a_patch_omits_and_replaces() {
    let patch = Patch { omit: &["id", "unheard-of"], replace: &[("version", br#"{"N":"4"}"#), ("note", b"{}")] };
    assert_eq!(patched(&sample(), &patch), r#"{"version":{"N":"4"},"note":{}}"#);
}

#[test]
fn a_patch_reaches_the_attributes_of_maps_and_flattened_structs() {
    let map = BTreeMap::from([("a", Some(1)), ("b\"", Some(2)), ("c", None), ("d", Some(4))]);
    let patch = Patch { omit: &["b\""], replace: &[("d", b"{}")] };
    assert_eq!(patched(&map, &patch), r#"{"a":{"N":"1"},"d":{}}"#);
    assert_eq!(item(&map), r#"{"a":{"N":"1"},"b\"":{"N":"2"},"d":{"N":"4"}}"#);
    #[derive(Serialize)]
    struct Flat {
        #[serde(flatten)]
        inner: Entity,
    }
    let patch = Patch { omit: &["id"], replace: &[("version", b"{}")] };
    assert_eq!(patched(&Flat { inner: sample() }, &patch), r#"{"version":{}}"#);
}

#[test]
fn a_patch_is_for_the_outermost_struct_only() {
    #[derive(Serialize)]
    struct Outer {
        inner: Entity,
    }
    let patch = Patch { omit: &["id"], replace: &[] };
    assert_eq!(patched(&Outer { inner: sample() }, &patch), r#"{"inner":{"M":{"id":{"S":"x"},"version":{"N":"3"}}}}"#);
}

#[test]
fn what_is_no_struct_is_refused_and_nothing_of_it_stays() {
    for error in [
        write_attributes(&mut Vec::new(), &1, &Patch::default()).unwrap_err(),
        write_attributes(&mut Vec::new(), "x", &Patch::default()).unwrap_err(),
        write_attributes(&mut Vec::new(), &[1], &Patch::default()).unwrap_err(),
        write_attributes(&mut Vec::new(), &None::<Entity>, &Patch::default()).unwrap_err(),
    ] {
        assert_eq!(error.expected(), Some("a struct or a map, to be stored as an item"));
    }
    let mut out = b"{".to_vec();
    let half = BTreeMap::from([("a", 1.0), ("b", f64::NAN)]);
    let error = write_attributes(&mut out, &half, &Patch::default()).unwrap_err();
    assert_eq!((error.path(), out.as_slice()), ("b", b"{".as_slice()));
}

#[test]
fn a_view_hides_and_adds() {
    let text = r#"{"PK":{"S":"USER#x"},"version":{"N":"3"},"\u0050K2":{"L":[{"M":{}}]}}"#;
    let view = ItemView { hide: &["PK", "PK2"], extra: &[("id", r#" {"S":"x"}"#)], watch: None };
    assert_eq!(viewed::<Entity>(text, &view).unwrap(), sample());
    #[derive(Deserialize, Debug, PartialEq)]
    struct Flat {
        #[serde(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    }
    let flat: Flat = viewed(text, &view).unwrap();
    assert_eq!(flat.rest.into_keys().collect::<Vec<_>>(), ["id", "version"]);
}

#[test]
fn errors_in_hidden_and_in_added_attributes_say_where() {
    let view = ItemView { hide: &["PK"], extra: &[("id", r#"{"N":"1"}"#)], watch: None };
    let error = viewed::<Entity>(r#"{"PK":{"S":x},"version":{"N":"3"}}"#, &view).unwrap_err();
    assert_eq!(error.path(), "PK");
    let error = viewed::<Entity>(r#"{"version":{"N":"3"}}"#, &view).unwrap_err();
    assert_eq!(error.to_string(), "`id`: expected a string (S), found a number (N)");
}

#[test]
fn unit_structs_are_items_without_attributes() {
    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct Marker;
    assert_eq!(item(&Marker), "{}");
    assert_eq!(entity::<Marker>(r#"{"PK":{"S":"x"}}"#).unwrap(), Marker);
}

#[test]
fn the_reader_goes_on_after_an_item() {
    let text = r#"[{"id":{"S":"x"},"version":{"N":"3"}} , {"id":{"S":"x"},"version":{"N":"3"}}]"#;
    let mut items: Vec<Entity> = Vec::new();
    let mut reader = Reader::from_str(text);
    reader
        .array(|reader| {
            items.push(read_item(reader, &ItemView::default())?);
            Ok(())
        })
        .unwrap();
    reader.end().unwrap();
    assert_eq!(items, [sample(), sample()]);
}
