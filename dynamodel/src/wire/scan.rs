//! Finding the bytes that end or interrupt a JSON string, eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The high bit of every byte that is a quote, a backslash or a control character.
///
/// Bytes *after* the first such one may be marked wrongly (the subtractions borrow), so only "is there any" and "where
/// is the first" may be asked.
#[inline]
const fn marks(word: u64) -> u64 {
    // With its second bit flipped a quote is 0x20, so that it and the control characters are what is below 0x21.
    let below = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
    let slash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (below | slash) & !word & HIGH
}

/// Whether this byte cannot stand in a JSON string as it is.
#[inline]
const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// How many bytes at the front are neither quote, backslash nor control character.
#[inline]
pub(super) fn plain_run(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks::<8>();
    let mut run = 0;
    for word in words {
        let found = marks(u64::from_le_bytes(*word));
        if found != 0 {
            return run + (found.trailing_zeros() / 8) as usize;
        }
        run += 8;
    }
    run + tail.iter().take_while(|byte| !is_special(**byte)).count()
}

/// The same of one word: at most 8.
#[inline]
pub(super) const fn word_run(word: [u8; 8]) -> usize {
    // Without a mark there are 64 zeros.
    (marks(u64::from_le_bytes(word)).trailing_zeros() / 8) as usize
}

/// Where the first quote is.
#[inline]
pub(super) fn quote(bytes: &[u8]) -> Option<usize> {
    let (words, tail) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let others = u64::from_le_bytes(*word) ^ (ONES * u64::from(b'"'));
        // Where the first zero is; what comes after it may be marked wrongly.
        let found = others.wrapping_sub(ONES) & !others & HIGH;
        if found != 0 {
            return Some(at * 8 + (found.trailing_zeros() / 8) as usize);
        }
    }
    tail.iter().position(|byte| *byte == b'"').map(|at| words.len() * 8 + at)
}

/// Whether the text can be written between quotes as it is.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let (words, tail) = bytes.as_chunks::<8>();
    // No early exit: nearly all text is plain, and without a branch in it the loop is vectorised.
    let mut found = 0;
    for word in words {
        found |= marks(u64::from_le_bytes(*word));
    }
    let mut special = false;
    for byte in tail {
        special |= is_special(*byte);
    }
    found == 0 && !special
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn the_first_quote_is_found_wherever_it_stands() {
        // Neighbours of the quote by their bits, and bytes with their high bit set.
        for filler in [b'#', b'!', 0x00, 0xA2, 0xFF, b'\\'] {
            for length in 0..40 {
                let mut bytes = vec![filler; length];
                assert_eq!(quote(&bytes), None);
                for at in (0..length).rev() {
                    bytes[at] = b'"';
                    assert_eq!(quote(&bytes), Some(at), "{filler} {length}");
                }
            }
        }
    }
}
