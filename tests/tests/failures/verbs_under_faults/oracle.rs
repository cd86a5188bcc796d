//! What the table of verbs says that DynamoDB does with one request, written down once more and by other means.

use super::cases::{Copied, Meddling, Start, Verb};
use dynamodel::ErrorKind;

/// Which versions the entity has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Plain,
    Counted,
    Random,
}

/// A version: a number, or for a random one who made it.
pub type Version = u64;

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub value: i64,
    pub log: Vec<String>,
    pub expired: bool,
    pub version: Version,
}

/// What whole items hold that the verbs write.
pub const WRITTEN: i64 = 10;
/// What updates set.
pub const SET: i64 = 42;

/// Random versions by who made them: requests are counted from here.
pub const REQUESTS: Version = 1000;
const OTHERS: Version = 900;

impl Kind {
    pub fn first(self, by: Version) -> Version {
        self.next(0, by)
    }

    pub fn next(self, version: Version, by: Version) -> Version {
        match self {
            Self::Plain => 0,
            Self::Counted => version + 1,
            Self::Random => by,
        }
    }
}

/// What is there before the verb, and the version that the caller's copy has: 0 for a fresh one.
pub fn start(kind: Kind, start: Start, copied: Copied) -> (Option<Row>, Version) {
    let first = kind.first(1);
    let second = kind.next(first, 2);
    let (row, current) = match (start, copied) {
        (Start::Absent, _) => (None, first),
        (Start::Present, Copied::Stale) => (Some((false, second)), second),
        (Start::Present, _) => (Some((false, first)), first),
        (Start::Expired, _) => (Some((true, second)), second),
    };
    let row = row.map(|(expired, version)| Row { value: 1, log: Vec::new(), expired, version });
    let copy = match copied {
        Copied::Fresh => 0,
        Copied::Current => current,
        Copied::Stale => first,
    };
    (row, copy)
}

/// What somebody else makes of it.
pub fn meddle(kind: Kind, how: Meddling, row: Option<Row>) -> Option<Row> {
    match how {
        Meddling::Write => row.map(|row| {
            if row.expired {
                return row;
            }
            Row { value: row.value + 100, version: kind.next(row.version, OTHERS), ..row }
        }),
        Meddling::Delete => None,
        Meddling::Recreate => {
            Some(Row { value: 500, log: Vec::new(), expired: false, version: kind.first(OTHERS + 1) })
        }
    }
}

/// One request of the verb, by which the version `by` is made if it is random. `copy` is the version and the value that the
/// caller has. `creates` is the second half of an upsert.
pub fn apply(
    kind: Kind,
    verb: Verb,
    creates: bool,
    copy: (Version, i64),
    row: Option<&Row>,
    by: Version,
) -> Result<Option<Row>, ErrorKind> {
    use ErrorKind::{AlreadyExists, ConditionFailed, Conflict, Expired, InvalidRequest, NotFound};
    let (version, value) = copy;
    let is_fresh = kind != Kind::Plain && version == 0;
    let is_versioned = kind != Kind::Plain;
    let written = |value, version| Ok(Some(Row { value, log: Vec::new(), expired: false, version }));
    let create = || match row {
        Some(row) if !row.expired => Err(AlreadyExists),
        _ => written(WRITTEN, kind.first(by)),
    };
    let next = kind.next(version, by);
    let differs = |row: &Row| is_versioned && row.version != version;
    let update = |checked: bool, change: &dyn Fn(&mut Row)| {
        if checked && is_fresh {
            return Err(InvalidRequest);
        }
        let row = row.ok_or(NotFound)?;
        if row.expired {
            return Err(Expired);
        }
        if checked && differs(row) {
            return Err(Conflict);
        }
        let mut row = Row { version: kind.next(row.version, by), ..row.clone() };
        change(&mut row);
        Ok(Some(row))
    };
    match verb {
        Verb::Create | Verb::GetOrCreate => create(),
        Verb::UpsertSet | Verb::UpsertAdd if creates => create(),
        Verb::Overwrite => written(WRITTEN, next),
        Verb::Put if !is_versioned => written(WRITTEN, next),
        Verb::Put if is_fresh => create(),
        Verb::Put => match row {
            None => Err(NotFound),
            Some(row) if differs(row) => Err(Conflict),
            Some(_) => written(WRITTEN, next),
        },
        Verb::Save | Verb::Modify => match row {
            Some(row) if row.expired => Err(Expired),
            Some(_) if is_fresh => Err(AlreadyExists),
            Some(row) if differs(row) => Err(Conflict),
            None if is_versioned && !is_fresh => Err(NotFound),
            _ => written(if verb == Verb::Modify { value + 1 } else { WRITTEN }, next),
        },
        Verb::Set | Verb::SetNew | Verb::SetOld | Verb::UpsertSet => update(false, &|row| row.value = SET),
        Verb::Seal => match row {
            Some(row) if !row.expired && row.value == SET => Err(ConditionFailed),
            _ => update(false, &|row| row.value = SET),
        },
        Verb::Add | Verb::Plus | Verb::AddNew | Verb::UpsertAdd => update(false, &|row| row.value += 1),
        Verb::Append => update(false, &|row| row.log.push("me".to_owned())),
        Verb::SetOf => update(true, &|row| row.value = SET),
        Verb::AddOf => update(true, &|row| row.value += 1),
        Verb::Delete => Ok(None),
        Verb::DeleteOf if is_fresh => Err(InvalidRequest),
        Verb::DeleteOf => match row {
            None if is_versioned => Err(NotFound),
            Some(row) if differs(row) => Err(Conflict),
            _ => Ok(None),
        },
    }
}
