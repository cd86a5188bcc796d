//! Crates that are written to be checked.

use super::sides::Side;
use dynamodel_peers::harness::process::cpu_of_children;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate with so many entities.
pub struct Crate {
    pub side: &'static str,
    pub count: usize,
    folder: PathBuf,
    target: PathBuf,
}

impl Crate {
    pub fn write(side: &Side, count: usize) -> Self {
        // `release/deps/compile-…`: three up.
        let target = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("compile");
        let folder = target.join(format!("{}-{count}", side.name));
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let library = here.join("../../dynamodel").canonicalize().unwrap();
        let manifest = format!(
            "[package]\nname = \"{}-{count}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}",
            side.name,
            side.dependencies.replace("{library}", library.to_str().unwrap())
        );
        write(&folder.join("Cargo.toml"), &manifest);
        let lock = here.join(side.lock);
        if lock.exists() && !folder.join("Cargo.lock").exists() {
            std::fs::copy(lock, folder.join("Cargo.lock")).unwrap();
        }
        write(&folder.join("src/lib.rs"), &(side.source)(count));
        Self { side: side.name, count, folder, target: target.join(side.name) }
    }

    /// Checks the crate anew, and gives the CPU seconds that it took.
    pub fn check(&self) -> f64 {
        let source = self.folder.join("src/lib.rs");
        let text = std::fs::read_to_string(&source).unwrap();
        std::fs::write(&source, text).unwrap();
        let before = cpu_of_children();
        assert!(
            self.cargo(&["check", "--quiet"]).status().unwrap().success(),
            "{} does not compile",
            self.folder.display()
        );
        (cpu_of_children() - before).as_secs_f64()
    }

    /// Bytes of its source after all macros.
    pub fn expanded(&self) -> f64 {
        let mut cargo = self.cargo(&["rustc", "--quiet", "--profile", "check", "--", "-Zunpretty=expanded"]);
        // What a nightly compiler does without being asked.
        let output = cargo.env("RUSTC_BOOTSTRAP", "1").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        f64::from(u32::try_from(output.stdout.len()).unwrap())
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0");
        cargo
    }
}

/// Without a change nothing is written, so that cargo keeps what it has.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    std::fs::write(path, text).unwrap();
}
