//! The page in a browser, where there is one.
//!
//! `UPDATE_PICTURES=1 cargo test -p dynamodel-tests --test tables pictures` makes the guide's pictures anew.

use dynamodel_tests::browser::{ARGUMENTS, chromium};
use std::path::Path;
use std::process::Command;

/// Opens a page, headless and without a network, and gives what the arguments ask for.
fn open(chromium: &Path, page: &str, place: &str, arguments: &[&str]) -> String {
    let folder = std::env::temp_dir().join(format!("dynamodel-page-{}-{place}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("page.html");
    std::fs::write(&file, page).unwrap();
    let output = Command::new(chromium)
        .args(ARGUMENTS)
        .args(["--virtual-time-budget=8000", "--host-resolver-rules=MAP * ~NOTFOUND"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(arguments)
        .arg(format!("file://{}#{place}", file.display()))
        .output()
        .unwrap();
    // What the browser leaves running for a moment may still write there.
    let _left = std::fs::remove_dir_all(&folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The page with a script of the test's at its end, which the page's own policy would not let run.
fn with_script(page: &str, script: &str) -> String {
    let (before, policy) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let (_, after) = policy.split_once('>').unwrap();
    format!("{before}{}", after.replace("</body>", &format!("<script>{script}</script></body>")))
}

#[test]
fn the_page_can_be_used() {
    let Some(chromium) = chromium("the page") else { return };
    let page = dynamodel_examples::cloudformation::page().unwrap();
    let as_it_is = open(&chromium, &page, "t0v0", &["--dump-dom"]);
    assert!(as_it_is.contains("<html lang=\"en\" class=\"js\">"), "its policy lets its own script run");
    let strange = page.replace("</body>", "<script>document.title = 'ran'</script></body>");
    assert!(!open(&chromium, &strange, "t0v0", &["--dump-dom"]).contains("<title>ran</title>"), "and no other");
    let hostile = with_script(&super::page::page(), "document.title = `${document.images.length} images`");
    assert!(
        open(&chromium, &hostile, "t0v2", &["--dump-dom"]).contains("<title>0 images</title>"),
        "values are no markup"
    );

    let dom = open(&chromium, &with_script(&page, include_str!("browser.js")), "t1v0", &["--dump-dom"]);
    let said = dom.split("<pre id=\"said\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    assert_eq!(said, Some("done\n"), "{dom}");
}

#[test]
fn the_pictures_are_made_anew() {
    if std::env::var_os("UPDATE_PICTURES").is_none() {
        return;
    }
    let Some(chromium) = chromium("the page") else { return };
    let page = with_script(&dynamodel_examples::cloudformation::page().unwrap(), include_str!("picture.js"));
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dynamodel/docs");
    for (name, scheme) in [("page-light.png", 1), ("page-dark.png", 0)] {
        let file = format!("--screenshot={}", docs.join(name).display());
        let scheme = format!("--blink-settings=preferredColorScheme={scheme}");
        open(&chromium, &page, "t1v0", &[&file, &scheme, "--window-size=1200,730"]);
    }
}
