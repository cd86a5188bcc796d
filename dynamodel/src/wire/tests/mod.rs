//! Tests of the codec, by what they are about.

#![allow(
    clippy::items_after_statements,
    clippy::zero_sized_map_values,
    clippy::option_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "a test's types stand beside it, and some of them are odd on purpose"
)]

mod enums;
mod errors;
mod hostile;
mod items;
mod keys;
mod numbers;
mod oracle;
mod reading;
mod representations;
mod sets;
mod size;
mod stored_form;
mod strictness;

use super::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// A value's wire text.
fn wire<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = Vec::new();
    write_value(&mut out, value).unwrap();
    String::from_utf8(out).unwrap()
}

/// The error that writing the value gives. Nothing of it stays in the output.
#[track_caller]
fn write_error<T: Serialize + ?Sized>(value: &T) -> CodecError {
    let mut out = b"before".to_vec();
    let error = write_value(&mut out, value).unwrap_err();
    assert_eq!(out, b"before");
    error
}

/// An item's wire text.
fn item<T: Serialize + ?Sized>(value: &T) -> String {
    patched(value, &Patch::default())
}

/// An item's wire text with a patch.
fn patched<T: Serialize + ?Sized>(value: &T, patch: &Patch<'_>) -> String {
    let mut out = b"{".to_vec();
    write_attributes(&mut out, value, patch).unwrap();
    out.push(b'}');
    String::from_utf8(out).unwrap()
}

/// The value that a wire text stands for.
fn value<T: DeserializeOwned>(text: &str) -> Result<T, CodecError> {
    let mut reader = Reader::new(text.as_bytes())?;
    let value = read_value(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// The same of an item.
fn entity<T: DeserializeOwned>(text: &str) -> Result<T, CodecError> {
    viewed(text, &ItemView::default())
}

/// The same of an item, seen in some way.
fn viewed<'a, T: serde::Deserialize<'a>>(text: &'a str, view: &ItemView<'_, 'a>) -> Result<T, CodecError> {
    let mut reader = Reader::new(text.as_bytes())?;
    let value = read_item(&mut reader, view)?;
    reader.end()?;
    Ok(value)
}

/// The value has this text, and the text reads as the value.
#[track_caller]
fn both<T: Serialize + DeserializeOwned + PartialEq + Debug>(original: &T, text: &str) {
    assert_eq!(wire(original), text);
    assert_eq!(&value::<T>(text).unwrap(), original);
}

/// The item has this text, and the text reads as the item.
#[track_caller]
fn both_items<T: Serialize + DeserializeOwned + PartialEq + Debug>(original: &T, text: &str) {
    assert_eq!(item(original), text);
    assert_eq!(&entity::<T>(text).unwrap(), original);
}
