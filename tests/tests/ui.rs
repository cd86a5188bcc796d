//! Mistakes that must not compile, and what the user reads then.

#[test]
fn every_mistake_is_a_compile_error_with_its_message() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
