//! The escapes of one letter, as tables: in text full of escapes a branch per letter is guessed wrongly half of the time.

/// The letter of a character's escape; nothing for characters that have none.
#[inline]
pub(super) fn escape_of(character: u8) -> Option<u8> {
    found(&WRITTEN, character)
}

/// The character that such an escape stands for; nothing for letters that make none.
#[inline]
pub(super) fn unescaped(letter: u8) -> Option<u8> {
    found(&READ, letter)
}

#[inline]
fn found(table: &[u8; 256], byte: u8) -> Option<u8> {
    table.get(usize::from(byte)).copied().filter(|found| *found != 0)
}

static WRITTEN: [u8; 256] = table(&[(b'"', b'"'), (b'\\', b'\\'), (b'\n', b'n'), (b'\r', b'r'), (b'\t', b't')]);

static READ: [u8; 256] = table(&[
    (b'"', b'"'),
    (b'\\', b'\\'),
    (b'/', b'/'),
    (b'n', b'\n'),
    (b'r', b'\r'),
    (b't', b'\t'),
    (b'b', 8),
    (b'f', 12),
]);

/// A table from each pair's first to its second; 0 elsewhere.
const fn table(pairs: &[(u8, u8)]) -> [u8; 256] {
    let mut table = [0; 256];
    let (mut slots, mut byte): (&mut [u8], u8) = (&mut table, 0);
    while let [slot, rest @ ..] = slots {
        let mut left = pairs;
        while let [(from, to), more @ ..] = left {
            if *from == byte {
                *slot = *to;
            }
            left = more;
        }
        byte = byte.wrapping_add(1);
        slots = rest;
    }
    table
}
