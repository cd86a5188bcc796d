//! The public items by module, as a list that is looked at when it changes: `public.txt`.
//!
//! Read from the sources' text: what `lib.rs` and the doors of its public modules give on or define, hidden items left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How to bring the list up to date.
const UPDATE: &str = "DYNAMODEL_PUBLIC=write";

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../dynamodel/src")
}

/// The public names of one file, and its public modules.
fn names_of(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap();
    let (mut names, mut hidden) = (Vec::new(), false);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        // Items of modules inside the file, and of functions, are indented.
        if line.starts_with("#[doc(hidden)]") {
            hidden = true;
        }
        let Some(rest) = line.strip_prefix("pub ") else {
            hidden &= line.starts_with('#') || line.starts_with("//");
            continue;
        };
        let mut rest = rest.to_owned();
        while !rest.contains([';', '{', '(']) || (rest.starts_with("use ") && !rest.contains(';')) {
            let Some(more) = lines.next() else { break };
            rest.push(' ');
            rest.push_str(more.trim());
        }
        if !std::mem::take(&mut hidden) {
            names.extend(names_in(&rest));
        }
    }
    names.sort();
    names
}

/// The names that one item makes: `use a::{b, c as d};`, `struct S {`.
fn names_in(item: &str) -> Vec<String> {
    let Some(tree) = item.strip_prefix("use ") else {
        let mut words = item.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let kind = words.find(|word| matches!(*word, "struct" | "enum" | "trait" | "type" | "const" | "mod" | "fn"));
        return kind.and_then(|kind| words.next().map(|name| format!("{kind} {name}"))).into_iter().collect();
    };
    let tree = tree.trim_end_matches(';');
    let group = tree.split_once('{').map_or(tree, |(_, group)| group).trim_end_matches('}');
    let last =
        |path: &str| path.rsplit("::").next().unwrap_or_default().rsplit(" as ").next().unwrap_or_default().to_owned();
    group.split(',').map(str::trim).filter(|name| !name.is_empty()).map(last).collect()
}

/// All public modules, from `lib.rs` down.
fn modules() -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut next = vec![("dynamodel".to_owned(), source().join("lib.rs"))];
    while let Some((module, file)) = next.pop() {
        let (inner, names): (Vec<_>, Vec<_>) = names_of(&file).into_iter().partition(|name| name.starts_with("mod "));
        let folder = if file.ends_with("lib.rs") || file.ends_with("mod.rs") {
            file.parent().unwrap().to_owned()
        } else {
            file.with_extension("")
        };
        for name in inner.iter().filter_map(|name| name.strip_prefix("mod ")) {
            let paths = [folder.join(name).join("mod.rs"), folder.join(name).with_extension("rs")];
            if let Some(path) = paths.into_iter().find(|path| path.exists()) {
                next.push((format!("{module}::{name}"), path));
            }
        }
        found.insert(module, names);
    }
    found
}

#[test]
fn the_public_items_are_those_of_the_list() {
    let mut list = String::new();
    for (module, names) in modules() {
        writeln!(list, "{module} ({})", names.len()).unwrap();
        for name in names {
            writeln!(list, "  {name}").unwrap();
        }
    }
    println!("{list}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/structure/public.txt");
    if std::env::var("DYNAMODEL_PUBLIC").is_ok_and(|what| what == "write") {
        std::fs::write(&file, &list).unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (known, found) = (lines(&known), lines(&list));
    let new: Vec<_> = found.iter().filter(|line| !known.contains(line)).collect();
    let gone: Vec<_> = known.iter().filter(|line| !found.contains(line)).collect();
    assert!(known == found, "new: {new:#?}, gone: {gone:#?}; if that is wanted: {UPDATE} cargo test --test structure");
}

#[test]
fn the_root_holds_what_most_programs_need_and_no_more() {
    let root = modules().remove("dynamodel").unwrap();
    // The derives share the names of their traits.
    let mut names: Vec<_> = root.clone();
    names.dedup();
    assert!(names.len() <= 31, "{}: {names:?}", names.len());
}

#[test]
fn no_name_is_public_twice() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, mut names) in modules() {
        names.dedup();
        for name in names.into_iter().filter(|name| name.chars().next().is_some_and(char::is_uppercase)) {
            places.entry(name).or_default().push(module.clone());
        }
    }
    places.retain(|name, modules| modules.len() > 1 && !SAME_NAME.contains(&name.as_str()));
    assert!(places.is_empty(), "{places:#?}");
}

/// Names that mean the same thing in a module as elsewhere, of another kind of thing.
const SAME_NAME: [&str; 0] = [];
