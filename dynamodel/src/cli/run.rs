//! Running the program: reading its arguments, printing, and the exit code.

use super::arguments::{self, Arguments, Command};
use super::errors::invalid;
use super::output::{self, Report};
use super::program::Cli;
use crate::error::{Error, Result};
use std::error::Error as StdError;
use std::io::Write as _;
use std::process::ExitCode;

/// Exit codes.
const DRIFTED: u8 = 1;
const FAILED: u8 = 2;

impl Cli {
    /// Runs the command in the process's arguments: output goes to standard output or a file, errors to standard error.
    pub async fn run(self) -> ExitCode {
        let mut arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
        let program = arguments.next().unwrap_or_default();
        let program = std::path::Path::new(&program).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match self.execute(&program, arguments.collect()).await {
            Ok(Report { drifted: false, .. }) => ExitCode::SUCCESS,
            Ok(Report { drifted: true, .. }) => DRIFTED.into(),
            Err(error) => {
                print_error(&error);
                FAILED.into()
            }
        }
    }

    async fn execute(self, program: &str, arguments: Vec<String>) -> Result<Report> {
        let arguments = match arguments::read(arguments)? {
            Command::Help => {
                let report = Report { text: arguments::help(program), drifted: false };
                write(&report.text, None)?;
                return Ok(report);
            }
            Command::Print(arguments) => arguments,
        };
        let cli = self.with_names(&arguments)?;
        let report = output::print(&cli, arguments.format).await?;
        write(&report.text, arguments.file.as_deref())?;
        Ok(report)
    }

    /// The program with the table names that `--table` gives.
    fn with_names(mut self, arguments: &Arguments) -> Result<Self> {
        for (table, name) in &arguments.names {
            let known: Vec<_> = self.tables.iter().map(|own| format!("`{}`", own.table())).collect();
            let place = match (table, self.tables.len()) {
                (None, 1) => Some(0),
                (None, _) => {
                    let message = format!(
                        "`--table {name}` does not name one of {}: write `--table TYPE={name}`",
                        known.join(", ")
                    );
                    return Err(invalid(message));
                }
                (Some(table), _) => self.tables.iter().position(|own| own.table() == table),
            };
            let Some(definition) = place.and_then(|place| self.tables.get_mut(place)) else {
                let table = table.as_deref().unwrap_or_default();
                return Err(invalid(format!("`{table}` is not a table of this program (known: {})", known.join(", "))));
            };
            *definition = definition.clone().named(name);
            let table = definition.table();
            self.policies = self.policies.into_iter().map(|policy| policy.named(table, name)).collect();
        }
        Ok(self)
    }
}

/// To the file, or to standard output.
fn write(text: &str, file: Option<&str>) -> Result<()> {
    let written = match file {
        Some(file) => std::fs::write(file, text),
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(text.as_bytes()).and_then(|()| out.flush())
        }
    };
    match written {
        // The reader of the pipe has closed it, which is not an error.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            let place = file.unwrap_or("standard output");
            Err(invalid(format!("cannot write to {place} ({})", error.kind())).with_source(error))
        }
        Ok(()) => Ok(()),
    }
}

fn print_error(error: &Error) {
    let mut err = std::io::stderr().lock();
    let mut lines = vec![format!("error: {error}")];
    let mut source = error.source();
    while let Some(cause) = source {
        lines.push(format!("  because: {cause}"));
        source = cause.source();
    }
    // If standard error is closed, the exit code still reports the error.
    let _ = writeln!(err, "{}", lines.join("\n"));
}
