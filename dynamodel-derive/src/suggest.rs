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

/// How many letters must be inserted, removed, replaced or swapped with their neighbour (Damerau and Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Row by row: how far the first letters of `a` are from the first letters of `b`.
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    let cell = |rows: &[Vec<usize>], i: usize, j: usize| rows.get(i).and_then(|row| row.get(j)).copied();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = a.get(i - 1) == b.get(j - 1);
            let swapped = i > 1 && j > 1 && a.get(i - 1) == b.get(j - 2) && a.get(i - 2) == b.get(j - 1);
            let ways = [
                cell(&rows, i - 1, j).map(|above| above + 1),
                row.last().map(|left| left + 1),
                cell(&rows, i - 1, j - 1).map(|diagonal| diagonal + usize::from(!same)),
                if swapped { cell(&rows, i - 2, j - 2).map(|before| before + 1) } else { None },
            ];
            row.push(ways.into_iter().flatten().min().unwrap_or_default());
        }
        rows.push(row);
    }
    cell(&rows, a.len(), b.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        assert_eq!(did_you_mean("tabel", ["table", "pk"]), "; did you mean `table`?");
        assert_eq!(did_you_mean("versoin", ["version", "ttl"]), "; did you mean `version`?");
        assert_eq!(did_you_mean("ks", ["pk", "sk"]), "; did you mean `sk`?");
        assert_eq!(did_you_mean("banana", ["table", "pk"]), "");
    }

    #[test]
    fn distances_count_slips() {
        for (a, b, expected) in
            [("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0), ("ab", "ba", 1), ("ks", "sk", 1)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
