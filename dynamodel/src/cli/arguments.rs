//! Reading the arguments of the command line.

use super::errors::invalid;
use super::format::Format;
use crate::error::Result;
use std::fmt::Write as _;

/// What the arguments ask for.
#[derive(Debug)]
pub(super) enum Command {
    Help,
    Print(Arguments),
}

#[derive(Debug)]
pub(super) struct Arguments {
    pub(super) format: Format,
    /// The type of a table, if it is given, and the table's name.
    pub(super) names: Vec<(Option<String>, String)>,
    pub(super) file: Option<String>,
}

const KNOWN: [&str; 4] = ["--format", "--table", "--output", "--help"];

/// Reads `--name value` and `--name=value`.
pub(super) fn read(arguments: Vec<String>) -> Result<Command> {
    let mut parsed = Arguments { format: Format::Yaml, names: Vec::new(), file: None };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if matches!(argument.as_str(), "--help" | "-h") {
            return Ok(Command::Help);
        }
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        if !KNOWN.contains(&name.as_str()) {
            return Err(invalid(format!("unknown argument `{name}` (known: {})", KNOWN.join(", "))));
        }
        let Some(value) = value.or_else(|| arguments.next()) else {
            return Err(invalid(format!("`{name}` needs a value")));
        };
        match name.as_str() {
            "--format" => parsed.format = format(&value)?,
            "--table" => parsed.names.push(match value.split_once('=') {
                Some((table, name)) => (Some(table.to_owned()), name.to_owned()),
                None => (None, value),
            }),
            _ => parsed.file = Some(value),
        }
    }
    Ok(Command::Print(parsed))
}

fn format(word: &str) -> Result<Format> {
    let known = || Format::ALL.iter().map(|(known, ..)| *known);
    let found = Format::ALL.iter().find(|(known, ..)| *known == word);
    found
        .map(|(_, format, _)| *format)
        .ok_or_else(|| invalid(format!("`{word}` is not a format (known: {})", known().collect::<Vec<_>>().join(", "))))
}

/// The text of `--help`.
pub(super) fn help(program: &str) -> String {
    let mut formats = String::new();
    for (word, _, what) in Format::ALL {
        // Writing into text cannot fail.
        let _ = writeln!(formats, "  {word:<10} {what}");
    }
    format!(
        "usage: {program} [--format FORMAT] [--table [TYPE=]NAME]... [--output FILE]\n\n\
         formats:\n{formats}\n\
         --table    the name of a table in AWS; with several tables, TYPE is its name in Rust\n\
         --output   the file to write to, instead of standard output\n\n\
         exit code: 0 success, 1 `check` found a difference or `plan` something to do, 2 error\n"
    )
}
