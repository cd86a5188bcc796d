//! The schema's collision check against the keys that are really rendered: it misses none, and claims none that cannot
//! be.

use super::{KeyPart, KeySegment};
use crate::schema::{Form, KeyKind, Pattern, Piece, Spec, TextForm, may_collide};
use proptest::prelude::*;

/// What stands between two `#`: a literal, and perhaps a field behind it.
#[derive(Debug, Clone)]
pub(super) struct Component {
    pub(super) literal: &'static str,
    pub(super) field: Option<Field>,
}

/// A field as a pattern sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    form: Form,
    spec: Spec,
}

const TEXT: Form = Form { kind: KeyKind::S, native: true, text: TextForm::Text, optional: false };

const fn fixed(length: u8) -> Form {
    Form { text: TextForm::Fixed(length), ..TEXT }
}

fn field() -> impl Strategy<Value = Field> {
    let text = Just(Field { form: TEXT, spec: Spec::PLAIN });
    let fixed = (1..=3_u8).prop_map(|length| Field { form: fixed(length), spec: Spec::PLAIN });
    // Widths far below the type's digits: then every number of the width is a value.
    let integer = (any::<bool>(), 1..=2_u8, any::<bool>()).prop_map(|(signed, width, descending)| Field {
        form: if signed { i16::FORM } else { u16::FORM },
        spec: Spec { width: Some(width), descending, raw: false },
    });
    prop_oneof![text, fixed, integer]
}

pub(super) fn component() -> impl Strategy<Value = Component> {
    const LITERALS: &[&str] =
        &["", "A", "B", "AB", "$", "$$", "$0", "$z", "A$", "0", "00", "9", "-", "-9", "-99", "n", "n0", ".", "é"];
    let literal = proptest::sample::select(LITERALS);
    (literal, proptest::option::of(field())).prop_map(|(literal, field)| Component { literal, field })
}

/// The components of a template, of which one is enough to be none of DynamoDB's empty keys.
pub(super) fn components() -> impl Strategy<Value = Vec<Component>> {
    proptest::collection::vec(component(), 1..=3)
}

/// The pieces as the derive cuts them.
pub(super) fn template(components: &[Component]) -> Pattern {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut literal = String::new();
    for (at, component) in components.iter().enumerate() {
        literal.push_str(if at == 0 { "" } else { "#" });
        literal.push_str(component.literal);
        if let Some(Field { form, spec }) = component.field {
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal).leak()));
            }
            pieces.push(Piece::Field { name: "field", spec, form });
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal.leak()));
    }
    Pattern::Template(pieces.leak())
}

/// Texts that values of a field have, the short ones over a small alphabet.
pub(super) fn texts(field: Field) -> Vec<String> {
    let Field { form, spec } = field;
    match form.text {
        TextForm::Text => {
            words("AB#$\0\u{14}09-n.é", 0..=2).iter().map(|value| rendered(value.as_str(), spec)).collect()
        }
        TextForm::Fixed(length) => words("AB09-n.", usize::from(length)..=usize::from(length)),
        TextForm::Integer { signed, .. } => {
            let most = 10_i16.pow(u32::from(spec.width.unwrap()));
            let least = if signed { 1 - most } else { 0 };
            (least..most).map(|value| rendered(&value, spec)).collect()
        }
    }
}

fn rendered<T: KeyPart + ?Sized>(value: &T, spec: Spec) -> String {
    let mut out = String::new();
    assert!(value.text(spec, &mut out).unwrap());
    out
}

/// All words over an alphabet.
fn words(alphabet: &str, lengths: std::ops::RangeInclusive<usize>) -> Vec<String> {
    let mut longest = vec![String::new()];
    let mut out = Vec::new();
    for length in 0..=*lengths.end() {
        if lengths.contains(&length) {
            out.extend_from_slice(&longest);
        }
        longest = longest.iter().flat_map(|word| alphabet.chars().map(move |c| format!("{word}{c}"))).collect();
    }
    out
}

/// Whether a component can be this text, by what reads keys back.
pub(super) fn is_of(component: &Component, text: &str) -> bool {
    let Some(rest) = text.strip_prefix(component.literal) else { return false };
    let Some(Field { form, spec }) = component.field else { return rest.is_empty() };
    match form.text {
        TextForm::Text => String::parse(rest, spec).is_ok(),
        TextForm::Fixed(length) => {
            rest.len() == usize::from(length) && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:".contains(&b))
        }
        TextForm::Integer { signed: true, .. } => i16::parse(rest, spec).is_ok(),
        TextForm::Integer { .. } => u16::parse(rest, spec).is_ok(),
    }
}

/// A text that both components can be.
fn witness(a: &Component, b: &Component) -> Option<String> {
    let of = |component: &Component| {
        let texts = component.field.map_or_else(|| vec![String::new()], texts);
        texts.into_iter().map(|text| format!("{}{text}", component.literal)).collect::<Vec<_>>()
    };
    of(a).into_iter().chain(of(b)).find(|text| is_of(a, text) && is_of(b, text))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// Components are independent of each other, so a key that both patterns can have is put together from theirs.
    #[test]
    fn patterns_meet_exactly_if_a_key_can_be_both(a in components(), b in components()) {
        let possible = a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| witness(a, b).is_some());
        prop_assert_eq!(may_collide(&template(&a), &template(&b)), possible);
        prop_assert_eq!(may_collide(&template(&b), &template(&a)), possible);
    }

    /// The same on single components, which is where the decision is made.
    #[test]
    fn components_meet_exactly_if_a_text_can_be_both(a in component(), b in component()) {
        let (x, y) = (template(std::slice::from_ref(&a)), template(std::slice::from_ref(&b)));
        prop_assert_eq!(may_collide(&x, &y), witness(&a, &b).is_some(), "{:?}", witness(&a, &b));
    }

    /// A field of one length and its own type is its own text.
    #[test]
    fn a_native_field_of_one_length_meets_what_has_its_text(components in components(), length in 1..=3_u8) {
        let native = Pattern::Native { name: "field", stored: "field", form: fixed(length) };
        let own = Component { literal: "", field: Some(Field { form: fixed(length), spec: Spec::PLAIN }) };
        let possible = components.len() == 1 && witness(&components[0], &own).is_some();
        prop_assert_eq!(may_collide(&template(&components), &native), possible);
        prop_assert_eq!(may_collide(&native, &template(&components)), possible);
    }

    /// A string by itself can be any key.
    #[test]
    fn a_native_string_meets_every_template(components in components()) {
        let native = Pattern::Native { name: "field", stored: "field", form: TEXT };
        prop_assert!(may_collide(&native, &template(&components)));
    }
}

#[test]
fn nothing_is_claimed_of_raw_segments() {
    let raw = Field { form: TEXT, spec: Spec { raw: true, ..Spec::PLAIN } };
    let pattern = template(&[Component { literal: "A", field: Some(raw) }]);
    assert!(!may_collide(&pattern, &pattern));
}

#[test]
fn types_that_dynamodb_tells_apart_do_not_meet() {
    let native = |form| Pattern::Native { name: "field", stored: "field", form };
    assert!(!may_collide(&native(u16::FORM), &native(TEXT)));
    assert!(may_collide(&native(u16::FORM), &native(i16::FORM)));
    assert!(!may_collide(&native(u16::FORM), &template(&[Component { literal: "1", field: None }])));
}
