//! The table's three sides: verbs, columns, faults.

use dynamodel::testing::Fault;

/// What the library is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    Create,
    Put,
    /// A put that is told not to check.
    Overwrite,
    Save,
    /// `update(key)`, and the value that it sets holds afterwards.
    Set,
    /// The same on the condition that it does not hold yet: which its own first try makes false.
    Seal,
    Add,
    Append,
    /// `SET value = value + 1`
    Plus,
    /// `update(key)` that gives the new item.
    SetNew,
    AddNew,
    /// `update(key)` that gives the old item.
    SetOld,
    /// `update(&e)`
    SetOf,
    AddOf,
    UpsertSet,
    UpsertAdd,
    Modify,
    GetOrCreate,
    Delete,
    /// `delete(&e)`
    DeleteOf,
}

impl Verb {
    pub const ALL: [Self; 20] = [
        Self::Create,
        Self::Put,
        Self::Overwrite,
        Self::Save,
        Self::Set,
        Self::Seal,
        Self::Add,
        Self::Append,
        Self::Plus,
        Self::SetNew,
        Self::AddNew,
        Self::SetOld,
        Self::SetOf,
        Self::AddOf,
        Self::UpsertSet,
        Self::UpsertAdd,
        Self::Modify,
        Self::GetOrCreate,
        Self::Delete,
        Self::DeleteOf,
    ];

    /// Whether it is given a value that was read before.
    pub fn takes_a_copy(self) -> bool {
        matches!(self, Self::Put | Self::Overwrite | Self::Save | Self::SetOf | Self::AddOf | Self::DeleteOf)
    }

    /// Whether it can be part of a transaction.
    pub fn is_single(self) -> bool {
        use Verb::{AddNew, GetOrCreate, Modify, SetNew, SetOld, UpsertAdd, UpsertSet};
        !matches!(self, SetNew | AddNew | SetOld | UpsertSet | UpsertAdd | Modify | GetOrCreate)
    }

    /// Whether doing it twice is more than doing it once.
    pub fn counts(self) -> bool {
        use Verb::{Add, AddNew, AddOf, Append, Modify, Plus, UpsertAdd};
        matches!(self, Add | Append | Plus | AddNew | AddOf | UpsertAdd | Modify)
    }

    /// Whether it stores a version that it chose itself, if that is a random one.
    pub fn stores_a_version(self) -> bool {
        !matches!(self, Self::Delete | Self::DeleteOf)
    }
}

/// What lies under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    Absent,
    Present,
    Expired,
}

/// What the caller has of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// A value that was never stored.
    Fresh,
    /// The item as it is; as it was, where it has been deleted since.
    Current,
    /// The item before somebody else wrote.
    Stale,
}

/// The columns for a verb.
pub fn columns(verb: Verb, is_versioned: bool) -> Vec<(Start, Copied)> {
    let mut out = Vec::new();
    for start in [Start::Absent, Start::Present, Start::Expired] {
        out.push((start, Copied::Fresh));
        if verb.takes_a_copy() && is_versioned {
            out.push((start, Copied::Current));
            if start != Start::Absent {
                out.push((start, Copied::Stale));
            }
        }
    }
    out
}

/// What somebody else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meddling {
    /// Adds 100, if the item is there.
    Write,
    Delete,
    /// Deletes the item, and creates one anew.
    Recreate,
}

/// What goes wrong.
#[derive(Debug, Clone)]
pub struct Case {
    pub name: &'static str,
    /// What happens to the writes, one after the other; nothing to those behind.
    pub script: Vec<Fault>,
    /// What somebody else does, before which request.
    pub meddling: Option<(Meddling, usize)>,
}

/// More than are ever sent.
const ALL: usize = 40;

pub fn cases() -> Vec<Case> {
    use Fault::{CutAfter, CutBefore, CutWithin, None as Fine, Refused, ServerError, ServerErrorAfter};
    use Fault::{Throttle, Timeout, TimeoutAfter};
    let plain: Vec<(&str, Vec<Fault>)> = vec![
        ("nothing", vec![]),
        ("throttled, then fine", vec![Throttle]),
        ("throttled to the end", vec![Throttle; ALL]),
        ("500, then fine", vec![ServerError]),
        ("nobody listens, then fine", vec![Refused]),
        ("nobody listens to the end", vec![Refused; ALL]),
        ("lost before acting", vec![CutBefore]),
        ("no answer in time, not acted", vec![Timeout]),
        ("lost after acting", vec![CutAfter]),
        ("500 after acting", vec![ServerErrorAfter]),
        ("no answer in time, acted", vec![TimeoutAfter]),
        ("cut within the answer", vec![CutWithin]),
        ("lost after acting, twice", vec![CutAfter, CutWithin]),
        ("lost before acting, then after", vec![CutBefore, CutAfter]),
        ("lost after acting, then throttled", vec![CutAfter, Throttle]),
        ("lost after acting, then nobody listens to the end", [vec![CutAfter], vec![Refused; ALL]].concat()),
        ("lost after acting, then throttled to the end", [vec![CutAfter], vec![Throttle; ALL]].concat()),
        ("every answer lost after acting", vec![CutAfter; ALL]),
        ("every request lost before acting", vec![CutBefore; ALL]),
        ("500 every time, acted", vec![ServerErrorAfter; ALL]),
        ("the second request lost after acting", vec![Fine, CutAfter]),
        ("the second request lost before acting", vec![Fine, CutBefore]),
    ];
    let between = [("lost after acting", CutAfter), ("lost before acting", CutBefore), ("fine", Fine)];
    let mut out: Vec<Case> = plain.into_iter().map(|(name, script)| Case { name, script, meddling: None }).collect();
    for meddling in [Meddling::Write, Meddling::Delete, Meddling::Recreate] {
        out.push(Case { name: "somebody else before", script: vec![], meddling: Some((meddling, 0)) });
        for (name, fault) in between.clone() {
            out.push(Case { name, script: vec![fault], meddling: Some((meddling, 1)) });
        }
    }
    out
}

/// Whether the server carried a request out that met this.
pub fn reaches(fault: &Fault) -> bool {
    use Fault::{CutAfter, CutWithin, ServerErrorAfter, TimeoutAfter};
    matches!(fault, Fault::None | CutAfter | CutWithin | ServerErrorAfter | TimeoutAfter)
}

/// Whether nobody can know then what became of it.
pub fn is_doubt(fault: &Fault) -> bool {
    !matches!(fault, Fault::None | Fault::Throttle | Fault::Refused)
}

/// Whether no response came at all to what may have been carried out: then it may still arrive.
pub fn is_silent(fault: &Fault) -> bool {
    use Fault::{CutAfter, CutBefore, Timeout, TimeoutAfter};
    matches!(fault, CutBefore | CutAfter | Timeout | TimeoutAfter)
}
