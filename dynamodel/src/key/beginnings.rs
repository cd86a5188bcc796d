//! Whether a pattern can begin with a literal, against the keys that are really rendered: what an access pattern reads
//! beside its own items.

use super::collisions::{Component, component, components, is_of, template, texts};
use crate::schema::{Form, KeyKind, Pattern, Spec, TextForm, may_begin};
use proptest::prelude::*;

/// Literals that begin sort keys: components' own, cut anywhere, and such as values are made of.
fn literal() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(&["", "A", "AB", "$", "$0", "$z", "0", "09", "-9", "-99", "n0", "n", ".", "é"]);
    let joined = proptest::collection::vec(word, 1..=3).prop_map(|words| words.join("#"));
    let cut = (components(), 0..8_usize).prop_map(|(components, length)| {
        let text: String = components.iter().map(|component| example(component)).collect::<Vec<_>>().join("#");
        text.chars().take(length).collect()
    });
    prop_oneof![joined, cut]
}

/// One text of a component.
fn example(component: &Component) -> String {
    let value = component.field.map(texts).and_then(|texts| texts.into_iter().next_back()).unwrap_or_default();
    format!("{}{value}", component.literal)
}

/// Whether one of the component's texts begins so.
fn begins(component: &Component, text: &str) -> bool {
    let all = component.field.map_or_else(|| vec![String::new()], texts);
    let listed = all.iter().any(|value| format!("{}{value}", component.literal).starts_with(text));
    // Text and characters of one length may be any: then what begins so is completed.
    let completions = ["", "0", "A", "00", "AA", "000", "AAA"];
    listed || completions.iter().any(|end| is_of(component, &format!("{text}{end}")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn patterns_begin_exactly_as_one_of_their_keys_does(components in components(), text in literal()) {
        let words: Vec<&str> = text.split('#').collect();
        let (last, whole) = words.split_last().unwrap();
        let possible = whole.len() < components.len()
            && whole.iter().zip(&components).all(|(word, component)| is_of(component, word))
            && begins(&components[whole.len()], last);
        prop_assert_eq!(may_begin(&template(&components), &text), possible, "{:?}", text);
    }

    #[test]
    fn components_begin_exactly_as_one_of_their_texts_does(component in component(), text in literal()) {
        let text = text.split('#').next().unwrap_or_default();
        let pattern = template(std::slice::from_ref(&component));
        prop_assert_eq!(may_begin(&pattern, text), begins(&component, text), "{:?}", text);
    }
}

#[test]
fn native_strings_begin_in_every_way_and_numbers_in_none() {
    let text = Form { kind: KeyKind::S, native: true, text: TextForm::Text, optional: false };
    let native = |form| Pattern::Native { name: "field", stored: "field", form };
    assert!(may_begin(&native(text), "ORDER#"));
    assert!(!may_begin(&native(Form { kind: KeyKind::N, ..text }), "ORDER#"));
    assert!(may_begin(&native(Form { text: TextForm::Fixed(3), ..text }), "ABC"));
    assert!(!may_begin(&native(Form { text: TextForm::Fixed(3), ..text }), "ABCD"));
    assert!(!may_begin(&native(Form { text: TextForm::Fixed(3), ..text }), "A#"));
}

#[test]
fn nothing_is_claimed_of_raw_segments() {
    let raw = crate::schema::Piece::Field {
        name: "field",
        spec: Spec { raw: true, ..Spec::PLAIN },
        form: Form { kind: KeyKind::S, native: true, text: TextForm::Text, optional: false },
    };
    let pattern = Pattern::Template(vec![crate::schema::Piece::Literal("A"), raw].leak());
    assert!(!may_begin(&pattern, "A"));
}
