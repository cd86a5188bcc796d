//! Mistakes that must not compile, and what the user reads then. `TRYBUILD=overwrite` writes the messages again: read
//! them as the one who made the mistake. They are compared with the Rust of `.ci/toolchain` only.

mod promises;
mod toolchain;

use promises::PROMISES;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn every_mistake_is_a_compile_error_with_its_message() {
    if !toolchain::wrote_the_messages() {
        return;
    }
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

#[test]
fn every_promise_has_a_file() {
    let listed = PROMISES.iter().flat_map(|(_, mistakes)| mistakes.iter());
    for (file, fragment) in listed.clone() {
        assert!(folder().join(format!("{file}.rs")).exists(), "{file}.rs is missing");
        let message = std::fs::read_to_string(folder().join(format!("{file}.stderr"))).unwrap_or_default();
        let first = message.lines().find(|line| line.starts_with("error")).unwrap_or_default();
        assert!(first.contains(fragment), "{file} should say {fragment:?}, and begins with {first:?}");
    }
    let names: Vec<String> = listed.map(|(file, _)| (*file).to_owned()).collect();
    let unique: BTreeSet<String> = names.iter().cloned().collect();
    assert_eq!(names.len(), unique.len(), "a file is listed twice");
    assert_eq!(unique, files(), "what stands in the folder is what is listed");
}

#[test]
fn messages_name_no_place_of_this_machine() {
    for file in files() {
        let message = std::fs::read_to_string(folder().join(format!("{file}.stderr"))).unwrap_or_default();
        assert!(!message.contains(env!("CARGO_MANIFEST_DIR")), "{file}");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui")
}

/// The programs in the folder, as `kind/mistake`.
fn files() -> BTreeSet<String> {
    let entries = |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let programs = entries(folder()).filter(|path| path.is_dir()).flat_map(entries);
    let programs = programs.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    programs
        .filter_map(|path| {
            let relative = path.with_extension("");
            let relative = relative.strip_prefix(folder()).ok()?.to_str()?;
            Some(relative.replace('\\', "/"))
        })
        .collect()
}
