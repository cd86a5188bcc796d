//! The runtime's rooms: each uses only what stands before it.

use super::imports::{Imports, circles, files};
use std::path::{Path, PathBuf};

/// Room by room, lowest first. A room may use those before it in the list, and itself.
const ROOMS: [&str; 11] =
    ["error", "wire", "schema", "cost", "key", "path", "entity", "expr", "op", "response", "client"];

/// Beside them, each with the rooms that it may use.
const BESIDE: [(&str, &[&str]); 6] = [
    ("cli", &["client", "define", "entity", "error"]),
    // Items to look at are written by `op`, as they would be stored.
    ("define", &["cost", "entity", "error", "key", "op", "schema", "wire"]),
    ("embedded", &["client", "define", "entity", "error"]),
    ("lock", &["client", "entity", "error", "expr", "op", "path", "wire"]),
    // A poller sends requests that are no verbs: what their errors mean stands in `response`, as for every other sender.
    ("stream", &["client", "define", "entity", "error", "expr", "op", "path", "response", "schema", "wire"]),
    ("testing", &["client", "entity", "wire"]),
];

/// What stands beside is unknown to the rooms, but for the client, which creates tables from definitions.
const EXCEPTIONS: [(&str, &str); 1] = [("client", "define")];

/// What a room's door gives on of rooms above it, so that a public module is one: it uses nothing of them.
const GIVEN_ON: [(&str, &[&str]); 1] = [("op/mod.rs", &["client", "response"])];

/// The rooms inside two of them, lowest first. What stands beside them there (`client/clock.rs`) is lower than all.
const INNER: [(&str, &[&str]); 2] = [
    ("client", &["send", "outcome", "transact", "item", "read", "bulk", "admin"]),
    ("define", &["document", "definition", "diff", "request", "plan", "iam", "render"]),
];

/// Circles of files that are in the nature of what they do, each with the reason.
const CIRCLES: [(&[&str], &str); 4] = [
    (
        &[
            "entity::decode",
            "entity::item",
            "entity::key",
            "entity::primary_key",
            "entity::projection",
            "entity::table",
            "entity::traits",
        ],
        "an entity has a table and a key, a table lists its entities, a key is made of an entity: the traits name each other",
    ),
    (
        &[
            "wire::read::element",
            "wire::read::key",
            "wire::read::list",
            "wire::read::map",
            "wire::read::set",
            "wire::read::value",
        ],
        "a value holds lists and maps, and these hold values",
    ),
    (
        &["wire::write::list", "wire::write::map", "wire::write::value"],
        "a value holds lists and maps, and these hold values",
    ),
    (
        &["model::entity", "model::field", "model::pattern", "model::unique"],
        "an entity has fields and patterns, and each of these is read from the entity's attributes",
    ),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../dynamodel/src")
}

/// Every room that a file names by `crate::`.
fn used(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>())
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

fn may_use(room: &str, other: &str) -> bool {
    let place = |name: &str| ROOMS.iter().position(|known| *known == name);
    if room == other || EXCEPTIONS.contains(&(room, other)) {
        return true;
    }
    match (place(room), place(other)) {
        (Some(room), Some(other)) => other < room,
        _ => BESIDE.iter().any(|(name, allowed)| *name == room && allowed.contains(&other)),
    }
}

#[test]
fn no_room_uses_what_stands_above_it() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    let rooms: Vec<&str> = ROOMS.iter().copied().chain(BESIDE.iter().map(|(name, _)| *name)).collect();
    for room in &rooms {
        let mut found = Vec::new();
        files(&source().join(room), &mut found);
        for file in found {
            for other in used(&std::fs::read_to_string(&file).unwrap()) {
                if rooms.contains(&other.as_str()) {
                    seen += 1;
                    let given_on =
                        GIVEN_ON.iter().any(|(door, rooms)| file.ends_with(door) && rooms.contains(&other.as_str()));
                    if !given_on && !may_use(room, &other) {
                        wrong.push(format!("{}: `{room}` uses `{other}`", file.display()));
                    }
                }
            }
        }
    }
    assert!(seen > 50, "the imports were not found at all: {seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_is_a_folder_and_says_what_it_is_for() {
    let mut rooms: Vec<_> = std::fs::read_dir(source())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    rooms.sort();
    let mut known: Vec<_> =
        ROOMS.iter().map(|room| (*room).to_owned()).chain(BESIDE.iter().map(|(name, _)| (*name).to_owned())).collect();
    known.sort();
    assert_eq!(rooms, known);
    for room in rooms {
        let text = std::fs::read_to_string(source().join(&room).join("mod.rs")).unwrap();
        assert!(text.starts_with("//! "), "{room}/mod.rs does not say what the room is for");
    }
}

#[test]
fn only_the_client_is_async_and_holds_an_sdk_client() {
    for room in ROOMS.iter().filter(|room| **room != "client") {
        let mut found = Vec::new();
        files(&source().join(room), &mut found);
        for file in found {
            let text = std::fs::read_to_string(&file).unwrap();
            let code: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let code = code.join("\n");
            for word in ["async ", ".await", "aws_sdk_dynamodb"] {
                assert!(!code.contains(word), "{} has `{word}`", file.display());
            }
        }
    }
}

#[test]
fn nothing_else_stands_at_the_top() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut names: Vec<_> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    names.sort();
    let folders = ["dynamodel", "dynamodel-derive", "examples", "findings", "tests"];
    assert_eq!(names, [&["Cargo.lock", "Cargo.toml", "README.md"][..], &folders[..]].concat());
}

#[test]
fn no_inner_room_uses_one_above_it() {
    let arrows = Imports::of(&source()).arrows();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (room, inner) in INNER {
        let floor = |module: &str| {
            let inside = module.strip_prefix(room)?.strip_prefix("::")?;
            let name = inside.split("::").next()?;
            Some(inner.iter().position(|known| *known == name).map_or(0, |place| place + 1))
        };
        for (from, targets) in &arrows {
            for to in targets {
                let (Some(low), Some(high)) = (floor(to), floor(from)) else { continue };
                seen += 1;
                if low > high {
                    wrong.push(format!("{from} uses {to}"));
                }
            }
        }
        let folders = std::fs::read_dir(source().join(room)).unwrap().map(|entry| entry.unwrap().path());
        let folders = folders.filter(|path| path.is_dir()).map(|path| path.file_name().unwrap().to_owned());
        for folder in folders {
            assert!(inner.iter().any(|known| folder == *known), "{room}/{} has no place", folder.display());
        }
    }
    assert!(seen > 100, "the imports were not found at all: {seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_that_import_each_other_in_a_circle_are_known_with_a_reason() {
    let mut found = circles(&Imports::of(&source()).arrows());
    let derive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dynamodel-derive/src");
    found.extend(circles(&Imports::of(&derive).arrows()));
    let known: Vec<Vec<String>> =
        CIRCLES.iter().map(|(files, _)| files.iter().map(|file| (*file).to_owned()).collect()).collect();
    let new: Vec<_> = found.iter().filter(|circle| !known.contains(circle)).collect();
    let gone: Vec<_> = known.iter().filter(|circle| !found.contains(circle)).collect();
    assert!(new.is_empty(), "new circles: {new:#?}");
    assert!(gone.is_empty(), "circles that are no more: {gone:#?}");
}

/// Printed with `--nocapture`: what the tree looks like, in numbers.
#[test]
fn rooms_and_arrows_are_counted() {
    let arrows = Imports::of(&source()).arrows();
    for (room, inner) in [("", &[][..])].into_iter().chain(INNER) {
        let name = |module: &str| {
            let inside = if room.is_empty() { module } else { module.strip_prefix(room)?.strip_prefix("::")? };
            inside.split("::").next().map(str::to_owned)
        };
        let mut between: Vec<_> = arrows
            .iter()
            .flat_map(|(from, targets)| targets.iter().filter_map(move |to| Some((name(from)?, name(to)?))))
            .filter(|(from, to)| from != to && !from.is_empty() && !to.is_empty())
            .collect();
        between.sort();
        between.dedup();
        let rooms: std::collections::BTreeSet<_> = between.iter().flat_map(|(from, to)| [from, to]).collect();
        println!("{}: {} rooms, {} arrows", if room.is_empty() { "crate" } else { room }, rooms.len(), between.len());
        assert!(rooms.len() >= inner.len());
    }
}
