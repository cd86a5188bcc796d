//! The Rust that the messages were written with. Another one words some of them otherwise, and no mistake of ours follows
//! from that: so the comparison is skipped there, and says so.

use std::io::Write as _;
use std::process::Command;

/// The version that the messages were written with.
const WRITTEN_WITH: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../.ci/toolchain"));

/// Whether the messages can be compared here. `DYNAMODEL_UI=1` compares them with any Rust.
pub fn wrote_the_messages() -> bool {
    let ours = WRITTEN_WITH.trim();
    let here = version();
    let forced = std::env::var_os("DYNAMODEL_UI").is_some_and(|value| value == "1");
    let comparable = forced || here == ours;
    if !comparable {
        // Not by `eprintln!`, which is not shown for a test that passes.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: the compile errors were written with Rust {ours} and this is {here}, so they were not compared. \
             `rustup run {ours} cargo test -p dynamodel-tests` compares them, DYNAMODEL_UI=1 does so with this one. \
             To move to it: TRYBUILD=overwrite with DYNAMODEL_UI=1, read what changed, and put {here} into .ci/toolchain."
        );
    }
    comparable
}

/// The second word of `rustc --version`: `1.95.0`, `1.97.0-nightly`.
fn version() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("rustc should tell its version");
    let text = String::from_utf8_lossy(&output.stdout);
    text.split_whitespace().nth(1).unwrap_or_default().to_owned()
}
