//! What whole processes take.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// CPU time of all processes that this one has started and waited for, and of theirs.
pub fn cpu_of_children() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("this needs Linux");
    // Behind the program's name, which may hold anything.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<u64>().ok()).unwrap_or(0);
    // `cutime` and `cstime`; Linux tells user space a hundred ticks a second.
    Duration::from_millis((ticks(13) + ticks(14)) * 10)
}

/// How many instructions a program takes, by valgrind, if that is there.
pub fn instructions(program: &Path, arguments: &[&str]) -> Option<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines().find_map(|line| line.split("Collected : ").nth(1))?.trim().parse().ok()
}

/// How many instructions a program's first thread takes, by valgrind, if that is there.
pub fn instructions_of_main(program: &Path, arguments: &[&str]) -> Option<f64> {
    let file = program.with_extension("callgrind");
    let status = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", "--separate-threads=yes"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(program)
        .args(arguments)
        .output()
        .ok()?
        .status;
    // One file for each thread.
    let text = std::fs::read_to_string(format!("{}-01", file.display())).ok().filter(|_| status.success())?;
    text.lines().find_map(|line| line.strip_prefix("totals: "))?.trim().parse().ok()
}
