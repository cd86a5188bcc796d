//! One of several items that share what is too much for one.

use super::{KeyPart, KeySegment, KeyValue, SegmentFault};
use crate::schema::{Form, KeyKind, Spec, TextForm};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::hash::{BuildHasher, Hasher, RandomState};

/// Which of `N` items a write goes to, where one item would be too hot: DynamoDB takes 1,000 write units a second on
/// one partition.
///
/// A field of this type stands in the key. Writers [`pick`](Self::pick) one at random, readers ask for
/// [`all`](Self::all) of them and add them up. `N` may grow; when it shrinks, the items beyond it are no longer read.
///
/// # Examples
/// A counter that many write to, and that reads as one number:
/// ```
/// # use dynamodel::{Entity, Sharded, Table};
/// # #[derive(Table)]
/// # #[dynamo(pk = "PK", sk = "SK", entities(Views))]
/// # pub struct Site;
/// #[derive(Entity, serde::Serialize, serde::Deserialize)]
/// #[dynamo(table = Site, pk = "VIEWS#{page}#{shard}", sk = "VIEWS")]
/// struct Views {
///     page: String,
///     shard: Sharded<16>,
///     count: u64,
/// }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let site = Site::embedded().await?;
/// for _ in 0..100 {
///     let one = Views { page: "home".to_owned(), shard: Sharded::pick(), count: 1 };
///     site.upsert(&one).add(|v| v.count, 1).await?;
/// }
/// let keys: Vec<_> = Sharded::all().map(|shard| Views::key("home", shard)).collect();
/// let views: u64 = site.batch_get(keys).await?.into_iter().flatten().map(|v| v.count).sum();
/// assert_eq!(views, 100);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sharded<const N: u32>(u32);

impl<const N: u32> Sharded<N> {
    /// How many digits the last one has. Also what stops the build when there is none at all.
    const DIGITS: u8 = {
        assert!(N > 0, "`Sharded<0>` has no item to write to: say how many there are, `Sharded<16>`");
        let (mut last, mut digits) = (N - 1, 1);
        while last >= 10 {
            last /= 10;
            digits += 1;
        }
        digits
    };

    /// Any one of them.
    pub fn pick() -> Self {
        // Every `RandomState` has keys of its own, which the system's randomness seeds.
        let number = RandomState::new().build_hasher().finish().checked_rem(u64::from(N));
        Self(number.and_then(|number| u32::try_from(number).ok()).unwrap_or(0))
    }

    /// All of them.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        (0..N as usize).map(|number| Self(u32::try_from(number).unwrap_or(0)))
    }

    /// Its number, from 0 to `N - 1`.
    pub fn number(self) -> u32 {
        self.0
    }
}

impl<const N: u32> KeyPart for Sharded<N> {
    fn text(&self, _: Spec, out: &mut String) -> Result<bool, SegmentFault> {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(self.0);
        out.extend(std::iter::repeat_n('0', usize::from(Self::DIGITS).saturating_sub(digits.len())));
        out.push_str(digits);
        Ok(true)
    }

    fn native(&self) -> Option<KeyValue> {
        Some(KeyValue::N(itoa::Buffer::new().format(self.0).to_owned()))
    }
}

impl<const N: u32> KeySegment for Sharded<N> {
    type Borrowed<'a> = Self;

    const FORM: Form = Form { kind: KeyKind::N, native: true, text: TextForm::Fixed(Self::DIGITS), optional: false };

    fn parse(text: &str, _: Spec) -> Result<Self, SegmentFault> {
        let number = text
            .parse()
            .ok()
            .filter(|_| text.len() == usize::from(Self::DIGITS) && text.bytes().all(|byte| byte.is_ascii_digit()));
        number.map(Self).ok_or_else(|| {
            SegmentFault::new(format!("expected the number of a shard in {} digits, found {text:?}", Self::DIGITS))
        })
    }

    fn from_native(value: &KeyValue) -> Result<Self, SegmentFault> {
        match value {
            KeyValue::N(digits) => digits
                .parse()
                .map(Self)
                .map_err(|_| SegmentFault::new(format!("expected the number of a shard, found {digits:?}"))),
            other => Err(SegmentFault::wrong_kind(KeyKind::N, other)),
        }
    }
}

impl<const N: u32> Serialize for Sharded<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

impl<'de, const N: u32> Deserialize<'de> for Sharded<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // One beyond `N` was written when there were more: it can still be read by itself.
        u32::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_them_have_texts_of_one_length_in_their_order() {
        let texts: Vec<_> = Sharded::<101>::all()
            .map(|shard| {
                let mut out = String::new();
                assert!(shard.text(Spec::PLAIN, &mut out).unwrap());
                assert_eq!(Sharded::<101>::parse(&out, Spec::PLAIN).unwrap(), shard);
                out
            })
            .collect();
        assert_eq!((texts.len(), texts[0].as_str(), texts[100].as_str()), (101, "000", "100"));
        assert!(texts.is_sorted());
        assert!(Sharded::<16>::parse("7", Spec::PLAIN).is_err());
    }

    #[test]
    fn every_one_is_picked() {
        let mut seen = [0; 4];
        for _ in 0..1000 {
            seen[Sharded::<4>::pick().number() as usize] += 1;
        }
        assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
        assert_eq!(Sharded::<1>::pick().number(), 0);
    }
}
