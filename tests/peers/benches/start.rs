//! What it costs to have this library at all, beside the SDK alone: one program each (`start/ours`, `start/sdk`) that puts
//! one item, with the SDK's default HTTP client.
//!
//! - `start.wall`, `start.cpu`: from the start of the process to its end, one put in between, on a server that answers at once;
//! - `start.instructions`: the same in instructions, where valgrind is installed;
//! - `start.size`: the program's size, stripped of symbols;
//! - `start.crates`: what is compiled for it, build-time crates included;
//! - `start.build`: CPU time of a clean debug build.
//!
//! All as this library's part over the SDK's.

use dynamodel_peers::harness::effort::median;
use dynamodel_peers::harness::process::{cpu_of_children, instructions};
use dynamodel_peers::harness::{Effort, Report};
use dynamodel_peers::server::{Answers, Server};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const SIDES: [&str; 2] = ["start-ours", "start-sdk"];

/// How often each program is started, and how many starts share one look at the clock of CPU time, which counts in
/// hundredths of a second.
const ROUNDS: usize = 11;
const STARTS: u32 = 50;

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let whole = effort == Effort::Full;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    // `release/deps/start-…`: three up.
    let target = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().to_owned();
    let mut report = Report::default();

    let programs = SIDES.map(|side| build(folder, &target, side));
    let server = Server::start(Answers::new());
    let endpoint = server.endpoint();
    let (rounds, starts) = if whole { (ROUNDS, STARTS) } else { (1, 1) };
    let mut walls: [Vec<f64>; 2] = [vec![], vec![]];
    let mut cpus: [Vec<f64>; 2] = [vec![], vec![]];
    for _ in 0..rounds {
        for (side, program) in programs.iter().enumerate() {
            let (before, begun) = (cpu_of_children(), Instant::now());
            for _ in 0..starts {
                assert!(Command::new(program).arg(&endpoint).status().unwrap().success());
            }
            walls[side].push(begun.elapsed().as_secs_f64() * 1e3 / f64::from(starts));
            cpus[side].push((cpu_of_children() - before).as_secs_f64() * 1e3 / f64::from(starts));
        }
    }
    show(&mut report, "start.wall", "ms", walls.map(|times| median(times.into_iter())));
    show(&mut report, "start.cpu", "ms", cpus.map(|times| median(times.into_iter())));
    if let [Some(ours), Some(theirs)] = [&programs[0], &programs[1]].map(|program| instructions(program, &[&endpoint]))
    {
        show(&mut report, "start.instructions", "", [ours, theirs]);
    }
    show(&mut report, "start.size", "bytes", [&programs[0], &programs[1]].map(|program| size(program)));
    show(&mut report, "start.crates", "", SIDES.map(|side| crates(folder, side)));
    if whole {
        show(&mut report, "start.build", "s CPU", SIDES.map(|side| clean_build(folder, &target, side)));
    }
    report.print();
}

fn show(report: &mut Report, name: &str, unit: &str, [ours, theirs]: [f64; 2]) {
    println!("{name:<20} ours {ours:>14.1} {unit}, the SDK alone {theirs:>14.1} {unit}");
    report.ratio(name, ours / theirs);
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(folder);
    cargo
}

/// Builds the program, as it would be shipped.
fn build(folder: &Path, target: &Path, side: &str) -> PathBuf {
    let built = cargo(folder)
        .args(["build", "--locked", "--quiet", "--release", "-p", side])
        .env("CARGO_TARGET_DIR", target)
        .status()
        .unwrap();
    assert!(built.success());
    target.join("release").join(side)
}

/// The program's size without symbols.
fn size(program: &Path) -> f64 {
    let stripped = program.with_extension("stripped");
    let done = Command::new("strip").arg("-o").arg(&stripped).arg(program).status();
    let measured = if done.is_ok_and(|status| status.success()) { stripped.as_path() } else { program };
    f64::from(u32::try_from(std::fs::metadata(measured).unwrap().len()).unwrap())
}

/// How many crates are compiled for it.
fn crates(folder: &Path, side: &str) -> f64 {
    let output = cargo(folder)
        .args(["tree", "--locked", "-p", side, "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let names: BTreeSet<&str> =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    f64::from(u32::try_from(names.len()).unwrap())
}

/// CPU seconds of a debug build from nothing.
fn clean_build(folder: &Path, target: &Path, side: &str) -> f64 {
    let fresh = target.join("fresh");
    let _ = std::fs::remove_dir_all(&fresh);
    let before = cpu_of_children();
    let built = cargo(folder)
        .args(["build", "--locked", "--quiet", "-p", side])
        .env("CARGO_TARGET_DIR", &fresh)
        .status()
        .unwrap();
    assert!(built.success());
    let spent = cpu_of_children() - before;
    let _ = std::fs::remove_dir_all(&fresh);
    spent.as_secs_f64()
}
