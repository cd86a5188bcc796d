//! Marks never hide a pair that clashes: whole random tables, each pair of which is also looked at by itself.

use super::{check_among, check_pair, marks};
use crate::schema::{
    AccessPattern, EntitySchema, Form, IndexKind, IndexSchema, KeyAttribute, KeyKind, Pattern, Piece, Position,
    ProjectionSchema, Spec, TableSchema, TextForm,
};
use proptest::prelude::*;
use proptest::sample::select;
use std::panic::catch_unwind;

const ENTITIES: usize = 6;

const TEXT: Form = Form { kind: KeyKind::S, native: true, text: TextForm::Text, optional: false };
const DATE: Form = Form { text: TextForm::Fixed(3), ..TEXT };
const NUMBER: Form = Form { kind: KeyKind::N, text: TextForm::Integer { digits: 3, signed: false }, ..TEXT };
const BYTES: Form = Form { kind: KeyKind::B, ..TEXT };

const fn field(form: Form) -> Piece {
    Piece::Field { name: "f", spec: Spec::PLAIN, form }
}

const fn own(form: Form) -> Pattern {
    Pattern::Native { name: "f", stored: "f", form }
}

const PADDED: Piece =
    Piece::Field { name: "f", spec: Spec { width: Some(3), descending: false, raw: false }, form: NUMBER };
const RAW: Piece = Piece::Field { name: "f", spec: Spec { width: None, descending: false, raw: true }, form: TEXT };

/// All ways to begin: alike, alike up to the field, with a field, with a field of a length, with another type.
const PATTERNS: &[Pattern] = &[
    Pattern::Template(&[Piece::Literal("A")]),
    Pattern::Template(&[Piece::Literal("B")]),
    Pattern::Template(&[Piece::Literal("ORDERS#OF")]),
    Pattern::Template(&[Piece::Literal("A#"), field(TEXT)]),
    Pattern::Template(&[Piece::Literal("B#"), field(TEXT)]),
    Pattern::Template(&[Piece::Literal("C#"), field(DATE), Piece::Literal("#X")]),
    Pattern::Template(&[Piece::Literal("C#"), field(DATE), Piece::Literal("#Y")]),
    Pattern::Template(&[Piece::Literal("AB")]),
    Pattern::Template(&[Piece::Literal("AB#"), field(TEXT)]),
    Pattern::Template(&[Piece::Literal("A"), field(TEXT)]),
    Pattern::Template(&[Piece::Literal("A"), PADDED]),
    Pattern::Template(&[Piece::Literal("#"), field(TEXT)]),
    Pattern::Template(&[Piece::Literal("#")]),
    Pattern::Template(&[field(TEXT), Piece::Literal("#A")]),
    Pattern::Template(&[PADDED]),
    Pattern::Template(&[RAW]),
    Pattern::Template(&[Piece::Literal("A#"), RAW]),
    own(TEXT),
    own(DATE),
    own(NUMBER),
    own(BYTES),
];

const INDEXES: &[IndexSchema] = &[
    IndexSchema { name: "bare", kind: IndexKind::Global, partition_key: &["gp"], sort_key: &[] },
    IndexSchema { name: "sorted", kind: IndexKind::Global, partition_key: &["hp"], sort_key: &["hs"] },
    IndexSchema { name: "shared", kind: IndexKind::Global, partition_key: &["gp"], sort_key: &["hs"] },
    IndexSchema { name: "local", kind: IndexKind::Local, partition_key: &[], sort_key: &["ls"] },
    IndexSchema { name: "wide", kind: IndexKind::Global, partition_key: &["w1", "w2"], sort_key: &["w3", "w4"] },
];

/// More indexes than marks tell apart.
fn many() -> Vec<IndexSchema> {
    let name = |at: usize, what: &str| -> &'static str { format!("{what}{at}").leak() };
    let index = |at| IndexSchema {
        name: name(at, "index"),
        kind: IndexKind::Global,
        partition_key: vec![name(at, "p")].leak(),
        sort_key: vec![name(at, "s")].leak(),
    };
    (0..20).map(index).collect()
}

/// Mostly one that meets few others: in a table where every pair clashes nothing can be missed.
fn pattern() -> impl Strategy<Value = Pattern> {
    let literal = |number| Piece::Literal(format!("T{number}#").leak());
    let of_its_own = (0..60_u32).prop_map(move |number| Pattern::Template(vec![literal(number), field(TEXT)].leak()));
    prop_oneof![2 => select(PATTERNS), 3 => of_its_own]
}

/// The keys of an entity on an index, which it may not lie on.
fn on_index(index: IndexSchema) -> impl Strategy<Value = Vec<KeyAttribute>> {
    let partition = index.partition_key.iter().map(|name| (*name, Position::Partition));
    let sort = index.sort_key.iter().map(|name| (*name, Position::Sort));
    let attributes: Vec<_> = partition.chain(sort).collect();
    let patterns = proptest::collection::vec(pattern(), attributes.len());
    proptest::option::weighted(0.6, patterns).prop_map(move |patterns| {
        let of =
            |((attribute, position), pattern)| KeyAttribute { attribute, index: Some(index.name), position, pattern };
        attributes.iter().copied().zip(patterns.into_iter().flatten()).map(of).collect()
    })
}

fn entity(has_sort: bool, indexes: &'static [IndexSchema]) -> impl Strategy<Value = &'static EntitySchema> {
    let on_indexes: Vec<_> = indexes.iter().map(|index| on_index(*index)).collect();
    let ttl = select(
        &[None, None, None, None, None, None, Some("expires"), Some("expires"), Some("ends"), Some("until")][..],
    );
    (0..40_u32, ttl, pattern(), pattern(), on_indexes, any::<bool>()).prop_map(
        move |(name, ttl, partition, sort, on_indexes, mixed)| {
            let primary = |attribute, position, pattern| KeyAttribute { attribute, index: None, position, pattern };
            let mut keys = vec![primary("pk", Position::Partition, partition)];
            keys.extend(has_sort.then(|| primary("sk", Position::Sort, sort)));
            let mut patterns = vec![None];
            for of_index in on_indexes {
                patterns.extend(of_index.first().map(|key| key.index));
                keys.extend(of_index);
            }
            let pattern = |index| AccessPattern { name: "list", index, projection: ProjectionSchema::All, mixed };
            let name: &str = format!("E{name}").leak();
            &*Box::leak(Box::new(EntitySchema {
                name,
                type_name: name,
                keys: keys.leak(),
                attributes: &[],
                version: None,
                lock: false,
                ttl,
                created_at: None,
                updated_at: None,
                patterns: patterns.into_iter().map(pattern).collect::<Vec<_>>().leak(),
                unique: &[],
            }))
        },
    )
}

fn table() -> impl Strategy<Value = TableSchema> {
    let indexes = prop_oneof![
        2 => Just(Vec::new()),
        4 => proptest::sample::subsequence(INDEXES, 1..=3),
        1 => Just(many()),
    ];
    (any::<bool>(), indexes).prop_flat_map(|(has_sort, mut indexes)| {
        indexes.retain(|index| has_sort || index.kind == IndexKind::Global);
        let indexes: &[IndexSchema] = indexes.leak();
        proptest::collection::vec(entity(has_sort, indexes), ENTITIES).prop_map(move |entities| TableSchema {
            name: "Shop",
            partition_key: "pk",
            sort_key: has_sort.then_some("sk"),
            type_attribute: "_type",
            indexes,
            entities: entities.leak(),
        })
    })
}

fn refuses(check: impl Fn() + std::panic::UnwindSafe) -> bool {
    catch_unwind(check).is_err()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn an_entity_is_refused_exactly_where_it_clashes_with_one_before_it(table in table()) {
        let marks = marks::<ENTITIES>(&table);
        for (place, entity) in table.entities.iter().enumerate() {
            let clashes = table.entities[..place].iter().any(|other| refuses(|| check_pair(&table, other, entity)));
            let found = refuses(|| check_among(&table, &marks, place));
            prop_assert_eq!(found, clashes, "place {} of {:?}", place, table.entities);
        }
    }
}
