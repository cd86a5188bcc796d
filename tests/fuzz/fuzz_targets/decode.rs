//! Arbitrary bytes as the answer of GetItem and of Query.
#![no_main]

mod everything;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _decoded = everything::decode(bytes);
});
