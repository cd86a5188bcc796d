//! The keys of maps.

use super::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

#[derive(Serialize, Deserialize, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Id(u32);
#[derive(Serialize, Deserialize, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Day {
    Mon,
}

#[test]
fn keys_are_text() {
    both(&BTreeMap::from([("a\"\n".to_owned(), 1)]), r#"{"M":{"a\"\n":{"N":"1"}}}"#);
    both(&BTreeMap::from([(-5_i64, 1), (7, 2)]), r#"{"M":{"-5":{"N":"1"},"7":{"N":"2"}}}"#);
    both(&BTreeMap::from([(u128::MAX, ())]), r#"{"M":{"340282366920938463463374607431768211455":{"NULL":true}}}"#);
    both(&BTreeMap::from([(i128::MIN, ())]), r#"{"M":{"-170141183460469231731687303715884105728":{"NULL":true}}}"#);
    both(&BTreeMap::from([('ß', true)]), r#"{"M":{"ß":{"BOOL":true}}}"#);
    both(&BTreeMap::from([(true, 1), (false, 2)]), r#"{"M":{"false":{"N":"2"},"true":{"N":"1"}}}"#);
    both(&BTreeMap::from([(Id(3), 1)]), r#"{"M":{"3":{"N":"1"}}}"#);
    both(&BTreeMap::from([(Day::Mon, 1)]), r#"{"M":{"Mon":{"N":"1"}}}"#);
    both(&BTreeMap::from([("1.5".parse::<Number>().unwrap(), 1)]), r#"{"M":{"1.5":{"N":"1"}}}"#);
}

#[test]
fn other_keys_are_refused() {
    for error in [
        write_error(&BTreeMap::from([((1, 2), 1)])),
        write_error(&BTreeMap::from([(vec![1], 1)])),
        write_error(&BTreeMap::from([(Some(1), 1)])),
        write_error(&BTreeMap::from([((), 1)])),
        write_error(&BTreeMap::from([(Bytes::new(), 1)])),
    ] {
        assert_eq!(error.expected(), Some("a map key that is text, an integer, a boolean or a unit variant"));
    }
    assert!(value::<BTreeMap<u8, u8>>(r#"{"M":{"256":{"N":"1"}}}"#).is_err());
    assert!(value::<BTreeMap<bool, u8>>(r#"{"M":{"yes":{"N":"1"}}}"#).is_err());
}

#[test]
fn empty_names_are_refused_at_every_depth() {
    #[derive(Serialize)]
    struct Nameless {
        #[serde(rename = "")]
        field: u8,
    }
    #[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
    enum Variant {
        #[serde(rename = "")]
        Unit,
        #[serde(rename = "")]
        Newtype(u8),
    }
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    struct Shown;
    impl Serialize for Shown {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str("")
        }
    }
    let map = BTreeMap::from([(String::new(), 1)]);
    let errors = [
        write_error(&map),
        write_error(&vec![Some(&map)]),
        write_error(&Nameless { field: 1 }),
        write_error(&BTreeMap::from([(Variant::Unit, 1)])),
        write_error(&Variant::Newtype(1)),
        write_error(&BTreeMap::from([(Shown, 1)])),
        write_attributes(&mut b"{".to_vec(), &map, &Patch::default()).unwrap_err(),
        write_attributes(&mut b"{".to_vec(), &Nameless { field: 1 }, &Patch::default()).unwrap_err(),
    ];
    for error in errors {
        assert!(error.message().contains("an empty name"), "{error}");
    }
    assert_eq!(write_error(&BTreeMap::from([("a", vec![map])])).path(), "a[0]");
    // As a value it is text like any other.
    both(&BTreeMap::from([("a".to_owned(), String::new())]), r#"{"M":{"a":{"S":""}}}"#);
    assert_eq!(wire(&Variant::Unit), r#"{"S":""}"#);
}

fn object(names: impl Iterator<Item = String>) -> String {
    let members: Vec<_> = names.map(|name| format!("\"{name}\":{{\"NULL\":true}}")).collect();
    format!("{{\"M\":{{{}}}}}", members.join(","))
}

#[test]
fn a_name_that_occurs_twice_is_an_error_in_maps_of_any_size() {
    for count in [1, 2, 15, 16, 17, 18, 40, 1000] {
        let names = || (0..count).map(|at| format!("name-{at}"));
        assert_eq!(value::<HashMap<String, ()>>(&object(names())).unwrap().len(), count);
        for (first, second) in [(0, count), (count / 2, count), (count - 1, count), (0, 1.min(count))] {
            let mut twice: Vec<_> = names().collect();
            twice.insert(second, format!("name-{first}"));
            let error = value::<HashMap<String, ()>>(&object(twice.into_iter())).unwrap_err();
            assert_eq!(error.expected(), Some("each name once"));
            assert_eq!(error.found().unwrap(), format!("the name `name-{first}` twice"));
        }
    }
}

#[test]
fn escapes_do_not_hide_a_repeated_name() {
    let text = r#"{"M":{"a":{"NULL":true},"\u0061":{"NULL":true}}}"#;
    assert!(value::<HashMap<String, ()>>(text).is_err());
    assert!(entity::<HashMap<String, ()>>(r#"{"a":{"NULL":true},"\u0061":{"NULL":true}}"#).is_err());
}

#[test]
fn a_repeated_field_of_a_struct_is_an_error() {
    #[derive(Deserialize, Debug)]
    struct One {
        #[serde(rename = "a")]
        _a: u8,
    }
    assert!(entity::<One>(r#"{"a":{"N":"1"},"a":{"N":"1"}}"#).is_err());
    assert!(value::<One>(r#"{"M":{"a":{"N":"1"},"a":{"N":"1"}}}"#).is_err());
}
