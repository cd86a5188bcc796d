//! The way to the benchmarks that need other libraries. Those stand in a package with a lock file of its own, so that
//! nobody builds them along with the tests.

use std::path::{Path, PathBuf};
use std::process::{Command, exit};

/// Builds and runs one of them: the whole of it where `cargo bench` asks for it, else nothing.
pub fn bench(name: &str) {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("figures come from: cargo bench -p dynamodel-tests --bench {name}");
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    // Beside the workspace's own.
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("peers");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["bench", "--locked", "--bench", name])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .status()
        .expect("cargo runs");
    exit(status.code().unwrap_or(1));
}
