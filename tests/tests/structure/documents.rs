//! What the documents for maintainers name is there: files, folders, types, chapters, addresses.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Those that lead a maintainer through the source.
const FOR_MAINTAINERS: [&str; 2] = [".github/CONTRIBUTING.md", "dynamodel/docs/architecture.md"];

/// From where they name files.
const ROOTS: [&str; 3] = ["", "dynamodel/src", "dynamodel-derive/src"];

/// Words of other people's, or of the reader's own program.
const FOREIGN: [&str; 3] = ["Account", "HashMap", "TransactWriteItems"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// What stands between backticks, outside blocks of code.
fn quoted(text: &str) -> BTreeSet<String> {
    let mut in_block = false;
    let mut out = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            out.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    out
}

fn is_name(text: &str, more: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
}

/// Whether it is meant to be a file or a folder: `src/lib.rs`, `op/update`, `Cargo.toml`.
fn is_path(text: &str) -> bool {
    let ends = [".rs", ".md", ".toml", ".yml", ".sh"];
    is_name(text, "_-./") && (text.contains('/') || ends.iter().any(|end| text.ends_with(end)))
}

/// Whether it is meant to be a type: `ScanCheckpoint`.
fn is_type(text: &str) -> bool {
    is_name(text, "") && text.starts_with(|c: char| c.is_ascii_uppercase()) && text.contains(char::is_lowercase)
}

fn sources(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_file_that_maintainers_are_sent_to_is_there() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for document in FOR_MAINTAINERS {
        for name in quoted(&read(document)) {
            // A command's first word is a file too.
            let path = name.split(' ').next().unwrap_or_default();
            if !is_path(path) {
                continue;
            }
            seen += 1;
            // `oracle.rs` beside a file that was just named is looked for anywhere.
            let is_bare = !path.contains('/');
            let is_there = ROOTS.iter().any(|base| root().join(base).join(path).exists());
            let is_beside = is_bare && is_anywhere(&root(), path);
            if !is_there && !is_beside {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(seen > 50, "the paths were not found at all: {seen}");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn is_anywhere(folder: &Path, name: &str) -> bool {
    std::fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        if entry.file_name() == *name {
            return true;
        }
        let hidden = entry.file_name().to_string_lossy().starts_with('.') || entry.file_name() == "target";
        !hidden && path.is_dir() && is_anywhere(&path, name)
    })
}

#[test]
fn every_type_that_maintainers_are_told_of_is_there() {
    let mut source = String::new();
    for crate_ in ["dynamodel/src", "dynamodel-derive/src"] {
        sources(&root().join(crate_), &mut source);
    }
    let words: BTreeSet<&str> = source.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    for document in FOR_MAINTAINERS {
        let names = quoted(&read(document)).into_iter().flat_map(|name| {
            let parts = name.split("::").map(str::to_owned).collect::<Vec<_>>();
            parts.into_iter().filter(|part| is_type(part) && !FOREIGN.contains(&part.as_str()))
        });
        let missing: Vec<_> = names.filter(|name| !words.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "{document} names types that are nowhere: {missing:?}");
    }
}

#[test]
fn every_room_stands_in_the_picture() {
    let text = read("dynamodel/docs/architecture.md");
    let first_words = |begin: &str| -> BTreeSet<&str> {
        let lines = text.lines().filter(|line| line.starts_with(begin));
        let words = lines.map(|line| line.trim_start_matches([' ', '|', '`']).split([' ', '`']).next());
        words.flatten().collect()
    };
    for (folder, begin) in [("dynamodel/src", "|"), ("dynamodel/src/client", "   "), ("dynamodel/src/define", "   ")] {
        let told = first_words(begin);
        let rooms = std::fs::read_dir(root().join(folder)).unwrap().map(Result::unwrap);
        let names = rooms.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name());
        let missing: Vec<_> = names.filter(|name| !told.contains(&*name.to_string_lossy())).collect();
        assert!(missing.is_empty(), "not in the picture, of {folder}: {missing:?}");
    }
}

#[test]
fn every_chapter_is_in_the_guide_and_in_its_table() {
    let (guide, overview) = (read("dynamodel/src/guide.rs"), read("dynamodel/docs/overview.md"));
    for entry in std::fs::read_dir(root().join("dynamodel/docs")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let Some(chapter) = name.strip_suffix(".md").filter(|name| *name != "overview") else { continue };
        assert!(guide.contains(&format!("docs/{name}")), "{name} is not in guide.rs");
        assert!(overview.contains(&format!("guide::{chapter}`")) || chapter == "streams", "{name} is not in the table");
    }
}

#[test]
fn the_readme_has_one_address_and_its_files_are_there() {
    let (readme, manifest) = (read("README.md"), read("Cargo.toml"));
    let line = manifest.lines().find(|line| line.starts_with("repository = ")).expect("a repository");
    let repository = line.trim_start_matches("repository = ").trim_matches('"');
    let raw = repository.replace("github.com", "raw.githubusercontent.com");
    let mut seen = 0;
    for (address, between) in [(repository, "/blob/main/"), (raw.as_str(), "/main/")] {
        for rest in readme.split(&format!("{address}{between}")).skip(1) {
            let file: String = rest.chars().take_while(|c| !"#\"\n )".contains(*c)).collect();
            assert!(root().join(&file).exists(), "the README leads to {file}, which is not there");
            seen += 1;
        }
    }
    assert!(seen > 20, "the addresses were not found at all: {seen}");
    let elsewhere = ["](dynamodel/", "](tests/", "](examples/", "=\"dynamodel/"];
    assert!(
        !elsewhere.iter().any(|begin| readme.contains(begin)),
        "a relative link leads nowhere on crates.io: use a whole address, as at the README's end"
    );
    let others = readme.match_indices("https://github.com/").filter(|(at, _)| !readme[*at..].starts_with(repository));
    assert_eq!(others.count(), 0, "the README has another repository than Cargo.toml");
}
