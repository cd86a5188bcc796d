//! The runtime's rooms: each uses only what stands before it.

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
    ("stream", &["client", "define", "entity", "error", "expr", "op", "path", "schema", "wire"]),
    ("testing", &["client", "entity", "wire"]),
];

/// What stands beside is unknown to the rooms, but for the client, which creates tables from definitions.
const EXCEPTIONS: [(&str, &str); 1] = [("client", "define")];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../dynamodel/src")
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
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
                    if !may_use(room, &other) {
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
