//! Did you mean?

/// `; did you mean `x`?` for the candidate closest to `given`, or nothing when none is close.
pub(crate) fn did_you_mean<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let close = candidates.into_iter().map(|candidate| (distance(given, candidate), candidate)).min();
    match close {
        Some((distance, candidate)) if distance <= 1 + given.len() / 4 => format!("; did you mean `{candidate}`?"),
        _ => String::new(),
    }
}

/// `a`, `b` or `c`, in backticks.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// How many letters must be inserted, removed or replaced (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal + usize::from(x != *y);
            left = replaced.min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        assert_eq!(did_you_mean("tabel", ["table", "pk"]), "; did you mean `table`?");
        assert_eq!(did_you_mean("versoin", ["version", "ttl"]), "; did you mean `version`?");
        assert_eq!(did_you_mean("banana", ["table", "pk"]), "");
    }

    #[test]
    fn distances_are_levenshteins() {
        for (a, b, expected) in [("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0), ("ab", "ba", 2)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
