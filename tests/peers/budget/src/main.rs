//! How many instructions the codec may take. They are counted by valgrind, and are the same from run to run, whatever
//! else the machine does; times are checked nowhere.
//!
//! Without an argument every operation is counted and compared with the budget. A word that is an operation's name
//! and a number do it that often, which is what valgrind is given. `--write` writes the budget anew.

#[path = "../../../src/codec.rs"]
mod codec;
#[path = "../../../src/shapes.rs"]
#[allow(dead_code, reason = "what derives make of fields is not all used here")]
mod shapes;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// By how much the count may differ, in percent: another libc, another processor, another compiler.
const MARGIN: u64 = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [name, times] => {
            let times: u32 = times.parse().expect("how often");
            let cases = codec::cases();
            let case = cases.iter().find(|case| case.name == *name).expect("an operation's name");
            (0..times).for_each(|_| (case.call)());
            ExitCode::SUCCESS
        }
        [word] if word == "--write" => check(true),
        [] => check(false),
        _ => panic!("say nothing, `--write`, or an operation and a number"),
    }
}

fn check(write: bool) -> ExitCode {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("SKIPPED: valgrind is not installed, so no instructions were counted");
        return ExitCode::SUCCESS;
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/structure/budget/codec.txt");
    let budget = std::fs::read_to_string(&path).expect("the budget");
    let (mut over, mut out) = (0, String::from("# operation, allocations, instructions\n"));
    for case in codec::cases() {
        let line = budget.lines().find_map(|line| line.strip_prefix(&case.name)?.strip_prefix(' ')).unwrap_or("0 0");
        let (allocations, allowed) = line.split_once(' ').unwrap_or((line, "0"));
        // What has no budget may do nothing.
        let allowed: u64 = allowed.parse().unwrap_or(0);
        let counted = instructions(&case.name);
        let _ = writeln!(out, "{} {allocations} {counted}", case.name);
        let verdict = if write {
            ""
        } else if counted * 100 > allowed * (100 + MARGIN) {
            over += 1;
            "OVER"
        } else if counted * (100 + MARGIN) < allowed * 100 {
            "less: write the budget anew with `--write`"
        } else {
            ""
        };
        println!("{:<22} {counted:>12} instructions, budget {allowed:>12} {verdict}", case.name);
    }
    if write {
        std::fs::write(path, out).expect("the budget is written");
    } else if over > 0 {
        println!("{over} operations take more than {MARGIN} % over their budget");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Instructions of one call: the difference between doing it a few times and more often, so that all that is prepared
/// drops out.
fn instructions(name: &str) -> u64 {
    let (few, many) = if name.ends_with("100") { (2, 7) } else { (20, 70) };
    let (few_counted, many_counted) = (collected(name, few), collected(name, many));
    (many_counted - few_counted) / (many - few)
}

/// Instructions of the whole process, by callgrind.
fn collected(name: &str, times: u64) -> u64 {
    let this = std::env::current_exe().expect("this program");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args([name, &times.to_string()])
        .output()
        .expect("valgrind runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find_map(|line| line.split("Collected : ").nth(1));
    line.and_then(|count| count.trim().parse().ok()).unwrap_or_else(|| panic!("valgrind counted nothing: {said}"))
}
