//! Tests of the codec, by what they are about.

mod stored_form;

use super::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value's wire text.
fn wire<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = Vec::new();
    write_value(&mut out, value).unwrap();
    String::from_utf8(out).unwrap()
}

/// The error that writing the value gives.
fn write_error<T: Serialize + ?Sized>(value: &T) -> CodecError {
    let mut out = b"before".to_vec();
    let error = write_value(&mut out, value).unwrap_err();
    assert_eq!(out, b"before");
    error
}

/// An item's wire text.
fn item<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = b"{".to_vec();
    write_attributes(&mut out, value, &Patch::default()).unwrap();
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
    let mut reader = Reader::new(text.as_bytes())?;
    let value = read_item(&mut reader, &View::default())?;
    reader.end()?;
    Ok(value)
}
