//! Which file of a crate imports from which, read from the sources' text: paths that begin with `crate`, `super` or `self`,
//! and `use` of a file's own modules. A name that a `mod.rs` gives on (`pub use`) counts for the file that has it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The files of a crate's `src`, by the path of their module, and their imports.
#[derive(Debug)]
pub struct Imports {
    files: BTreeMap<Vec<String>, String>,
    /// What the front door of a module gives on: its name, and where that is.
    given_on: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>,
}

impl Imports {
    /// Of the crate whose `src` this is.
    pub fn of(source: &Path) -> Self {
        let mut paths = Vec::new();
        files(source, &mut paths);
        let files = paths.iter().map(|path| (module_of(source, path), code_of(path))).collect();
        let mut imports = Self { files, given_on: BTreeMap::new() };
        for (module, code) in &imports.files {
            let mut names = BTreeMap::new();
            for statement in statements(code).filter(|statement| statement.is_public) {
                for path in leaves(&statement.tree) {
                    let Some(name) = path.last().cloned() else { continue };
                    names.insert(name, absolute(&path, module, &imports.files));
                }
            }
            imports.given_on.insert(module.clone(), names);
        }
        imports
    }

    /// From which files each file imports; modules by their paths (`client::send::call`). A file may always use what the
    /// front doors of the rooms around it define, which counts for nothing.
    pub fn arrows(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut arrows = BTreeMap::new();
        for (module, code) in &self.files {
            let private: BTreeSet<Vec<String>> = statements(code)
                .filter(|statement| !statement.is_public)
                .flat_map(|statement| leaves(&statement.tree))
                .map(|path| absolute(&path, module, &self.files))
                .chain(inline(code).map(|path| absolute(&path, module, &self.files)))
                .collect();
            let targets = private.iter().filter_map(|path| self.file_of(path));
            let targets = targets.filter(|target| target != module && !module.starts_with(target));
            arrows.insert(module.join("::"), targets.map(|target| target.join("::")).collect());
        }
        arrows
    }

    /// The file that has what a path names.
    fn file_of(&self, path: &[String]) -> Option<Vec<String>> {
        let mut path = path.to_vec();
        // Names are given on a few times at most.
        for _ in 0..8 {
            let known = (0..=path.len()).rev().map(|end| &path[..end]).find(|start| self.files.contains_key(*start))?;
            let (module, rest) = (known.to_vec(), &path[known.len()..]);
            let Some(name) = rest.first() else { return Some(module) };
            match self.given_on.get(&module).and_then(|names| names.get(name)) {
                Some(on) if *on != path => path = on.iter().chain(&rest[1..]).cloned().collect(),
                _ => return Some(module),
            }
        }
        None
    }
}

/// The circles of an import graph: the files of each, sorted.
pub fn circles(arrows: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|from| (from.as_str(), reachable(arrows, from))).collect();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for from in arrows.keys() {
        let circle: Vec<String> = reach[from.as_str()]
            .iter()
            .filter(|to| reach.get(*to).is_some_and(|back| back.contains(from.as_str())))
            .map(|to| (*to).to_owned())
            .collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

fn reachable<'a>(arrows: &'a BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> = arrows.get(from).into_iter().flatten().map(String::as_str).collect();
    while let Some(module) = next.pop() {
        if seen.insert(module) {
            next.extend(arrows.get(module).into_iter().flatten().map(String::as_str));
        }
    }
    seen
}

/// All Rust files of a folder.
pub fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

fn module_of(source: &Path, file: &Path) -> Vec<String> {
    let inside = file.strip_prefix(source).unwrap().with_extension("");
    let mut module: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
        module.pop();
    }
    module
}

/// Without comments, and without unit tests, which stand last.
fn code_of(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let code: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    code.join("\n")
}

struct Statement {
    is_public: bool,
    tree: String,
}

fn statements(code: &str) -> impl Iterator<Item = Statement> {
    code.split('\n').enumerate().filter_map(move |(at, line)| {
        let begin = line.trim_start();
        let is_public = begin.starts_with("pub");
        let rest = begin
            .strip_prefix("use ")
            .or_else(|| begin.split_once(" use ").filter(|_| is_public).map(|(_, rest)| rest))?;
        let whole: Vec<&str> = code.split('\n').skip(at + 1).collect();
        let mut tree = rest.to_owned();
        for line in whole {
            if tree.contains(';') {
                break;
            }
            tree.push_str(line.trim());
        }
        Some(Statement { is_public, tree: tree.split(';').next().unwrap_or_default().to_owned() })
    })
}

/// The paths of a `use` tree: `a::{b, c::d}` is two.
fn leaves(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        let path = path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty() && part != "*");
        return vec![path.collect()];
    };
    let group = group.strip_suffix('}').unwrap_or(group);
    let before: Vec<String> =
        before.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    let (mut depth, mut begin, mut parts) = (0, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[begin..]);
    let inner = parts.into_iter().filter(|part| !part.trim().is_empty()).flat_map(leaves);
    inner.map(|path| before.iter().cloned().chain(path.into_iter().filter(|part| part != "self")).collect()).collect()
}

/// Paths in expressions and types, and in `use` that gives nothing on.
fn inline(code: &str) -> impl Iterator<Item = Vec<String>> {
    let starts = ["crate::", "super::"];
    starts.into_iter().flat_map(move |start| {
        let given_on = |at: usize| {
            let line = code.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
            line.trim_start().starts_with("pub") && line.contains(" use ")
        };
        code.match_indices(start).filter(move |(at, _)| !given_on(*at)).map(move |(at, _)| {
            let path: String =
                code[at..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
            path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
        })
    })
}

/// The path from the crate's root.
fn absolute(path: &[String], module: &[String], files: &BTreeMap<Vec<String>, String>) -> Vec<String> {
    let mut base = module.to_vec();
    let mut rest = path;
    match rest.first().map(String::as_str) {
        Some("crate") => return rest[1..].to_vec(),
        Some("self" | "super") => {}
        Some(first) => {
            let own: Vec<String> = module.iter().cloned().chain([first.to_owned()]).collect();
            // Of another crate: no file has it.
            return if files.contains_key(&own) { [module, path].concat() } else { vec!["?".to_owned()] };
        }
        None => return base,
    }
    while let Some(first) = rest.first() {
        match first.as_str() {
            "super" => {
                base.pop();
            }
            "self" => {}
            _ => break,
        }
        rest = &rest[1..];
    }
    [base.as_slice(), rest].concat()
}
