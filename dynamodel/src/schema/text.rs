//! Comparing texts in constants.

/// Whether a text is one of several.
pub(crate) const fn is_among(name: &str, mut names: &[&str]) -> bool {
    while let [first, rest @ ..] = names {
        if same(name, first) {
            return true;
        }
        names = rest;
    }
    false
}

/// `==` for text in constants.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    same_bytes(a.as_bytes(), b.as_bytes())
}

/// The same for bytes. The compiler takes its time for every step of a constant: most texts that differ have different
/// lengths, and of the others eight bytes are one number.
pub(super) const fn same_bytes(mut a: &[u8], mut b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first_chunk(), b.split_first_chunk()) {
        if u64::from_ne_bytes(*x) != u64::from_ne_bytes(*y) {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    true
}
