//! Finding a name that occurs twice in a map, at nearly no cost where none does.

use super::error::CodecError;
use super::reader::Reader;
use std::collections::HashSet;

/// How many names are compared without an allocation.
const INLINE: usize = 16;

/// The names of a map's entries so far.
///
/// What is kept is a fingerprint per name. Equal fingerprints are only a suspicion; the text of the map decides.
pub(super) struct Names<'de> {
    /// Stands before the first name.
    start: Reader<'de>,
    near: [u64; INLINE],
    count: usize,
    /// The fingerprints after the first ones; they are compared at the end, sorted.
    far: Vec<u64>,
}

impl<'de> Names<'de> {
    /// None yet; the reader stands behind the map's opening brace.
    #[inline]
    pub(super) fn new(reader: &Reader<'de>) -> Self {
        Self { start: reader.clone(), near: [0; INLINE], count: 0, far: Vec::new() }
    }

    /// Takes the next name, and objects if it is found to have occurred.
    #[inline]
    pub(super) fn next(&mut self, name: &str) -> Result<(), CodecError> {
        let print = fingerprint(name.as_bytes());
        if self.near.get(..self.count).is_some_and(|before| before.contains(&print)) {
            self.search()?;
        }
        match self.near.get_mut(self.count) {
            Some(slot) => *slot = print,
            None => {
                if self.far.is_empty() {
                    self.far.reserve(self.room());
                }
                self.far.push(print);
            }
        }
        self.count += 1;
        Ok(())
    }

    /// How many names may follow: the text that is left bounds it, and so does what is worth reserving.
    fn room(&self) -> usize {
        /// The shortest entry: `"":{"N":"1"},`.
        const SHORTEST: usize = 13;
        const WORTH: usize = 256;
        (self.start.rest().len() / SHORTEST + INLINE).min(WORTH)
    }

    /// Objects if any name has occurred twice.
    #[inline]
    pub(super) fn end(&mut self) -> Result<(), CodecError> {
        if self.far.is_empty() { Ok(()) } else { self.compare() }
    }

    #[inline(never)]
    fn compare(&mut self) -> Result<(), CodecError> {
        self.far.extend_from_slice(&self.near);
        self.far.sort_unstable();
        let suspicious = self.far.iter().zip(self.far.iter().skip(1)).any(|(one, next)| one == next);
        if suspicious { self.search() } else { Ok(()) }
    }

    /// Reads the names so far, and the next one, once more, and compares them as they are.
    #[cold]
    #[inline(never)]
    fn search(&self) -> Result<(), CodecError> {
        let mut reader = self.start.clone();
        let mut seen = HashSet::new();
        let mut more = reader.first(b'}');
        for _ in 0..=self.count {
            if !more {
                break;
            }
            let name = reader.name()?;
            if seen.contains(&*name) {
                let found = format!("{} twice", super::messages::name("the name", &name));
                return Err(CodecError::mismatch("each name once", found));
            }
            seen.insert(name);
            reader.skip()?;
            more = reader.next(b'}')?;
        }
        Ok(())
    }
}

/// A number that is nearly always different for different names.
#[inline]
fn fingerprint(name: &[u8]) -> u64 {
    const ODD: u64 = 0x517C_C1B7_2722_0A95;
    let mix = |sum: u64, word: u64| (sum.rotate_left(5) ^ word).wrapping_mul(ODD);
    let (words, tail) = name.as_chunks::<8>();
    let sum = words.iter().fold(name.len() as u64, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    mix(sum, tail.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)))
}
