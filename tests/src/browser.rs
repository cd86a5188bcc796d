//! Chromium, where there is one: `CHROMIUM`, or `chromium`, `chromium-browser` or `google-chrome` on the path.
//!
//! Where there is none, a test that needs it says that it is skipped. With `DYNAMODEL_BROWSER=1` it fails: so does CI, which
//! has one.

use std::path::PathBuf;

/// The browser; `None`, loudly, where there is none and none is asked for.
///
/// `unseen`: what nobody looked at then.
pub fn chromium(unseen: &str) -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let on_path = || std::env::split_paths(&paths).flat_map(|path| names.map(|name| path.join(name)));
    let found = named.or_else(|| on_path().find(|path| path.is_file()));
    let wanted = std::env::var_os("DYNAMODEL_BROWSER").is_some_and(|value| value == "1");
    assert!(
        found.is_some() || !wanted,
        "DYNAMODEL_BROWSER=1 asks for a browser, and there is no Chromium here: install one, or say where it is in CHROMIUM"
    );
    if found.is_none() {
        eprintln!(
            "SKIPPED: no Chromium here, so nobody looked at {unseen}; install one, or say where it is in CHROMIUM"
        );
    }
    found
}

/// How it is started: without a window, a sandbox (which containers do not allow) or errands of its own.
pub const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];
