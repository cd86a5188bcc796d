//! The website in browsers, where there is Chromium: log in, reload, a second browser, a forged cookie, log out, expiry.

use super::devtools::Browser;
use super::{HOUR, NOBODY, stored};
use dynamodel::{Clock, Codec, ManualClock};
use dynamodel_examples::web_sessions::{Settings, Site, service};
use dynamodel_tests::browser::chromium;
use dynamodel_tests::connect;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn seconds(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH).unwrap().as_secs_f64()
}

/// The same cookie with another value, or for as long as the browser runs.
fn with(cookie: &Value, url: &str, value: &str) -> Value {
    json!({ "url": url, "name": "session", "value": value, "path": cookie["path"], "httpOnly": true })
}

#[test]
fn sessions_begin_and_end_as_in_a_browser() {
    let Some(chromium) = chromium("the website") else { return };
    // The website responds on threads of its own while this one waits for browsers.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let clock = ManualClock::stopped();
    let site = runtime.block_on(connect::<Site>(&clock, Codec::Wire));
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let website = service(site.clone(), Settings { lifetime: HOUR, secure: false });
    runtime.spawn(async move { axum::serve(listener, website).await });

    let (mut desk, mut phone) = (Browser::start(&chromium, "desk"), Browser::start(&chromium, "phone"));
    desk.open(&url);
    assert_eq!((desk.text("greeting").as_str(), desk.cookie("session")), (NOBODY, None));
    let before = SystemTime::now();
    desk.write("user", "ada");
    desk.press("login");
    assert_eq!(desk.text("greeting"), "Hello ada, this is page 1.");
    desk.reload();
    assert_eq!(desk.text("greeting"), "Hello ada, this is page 2.");
    let cookie = desk.cookie("session").unwrap();
    assert_eq!((&cookie["sameSite"], &cookie["httpOnly"]), (&json!("Strict"), &json!(true)), "{cookie}");
    assert_eq!(desk.evaluate("document.cookie"), "", "no script sees it");
    let (from, until) = (seconds(before) - 1.0, seconds(SystemTime::now()) + 1.0);
    let begun = cookie["expires"].as_f64().unwrap() - f64::from(HOUR);
    assert!((from..=until).contains(&begun), "the browser forgets it in time: {cookie}");

    // A second browser of the same user.
    phone.open(&url);
    assert_eq!(phone.text("greeting"), NOBODY);
    phone.write("user", "ada");
    phone.press("login");
    assert_eq!((phone.text("greeting").as_str(), phone.text("browsers").as_str()), ("Hello ada, this is page 1.", "2"));
    let real = phone.cookie("session").unwrap();
    assert_ne!(real["value"], cookie["value"]);

    // Forged.
    let value = real["value"].as_str().unwrap();
    let last = if value.ends_with('A') { "g" } else { "A" };
    for forged in [format!("{}{last}", &value[..value.len() - 1]), "x".to_owned(), "A".repeat(22)] {
        phone.set_cookie(&with(&real, &url, &forged));
        phone.reload();
        assert_eq!(phone.text("greeting"), NOBODY, "{forged}");
    }
    phone.set_cookie(&with(&real, &url, value));
    phone.reload();
    assert_eq!(phone.text("greeting"), "Hello ada, this is page 2.");

    // Logged out, in one of the two.
    desk.reload();
    let stolen = desk.cookie("session").unwrap();
    desk.press("logout");
    assert_eq!((desk.text("greeting").as_str(), desk.cookie("session")), (NOBODY, None));
    desk.set_cookie(&with(&stolen, &url, stolen["value"].as_str().unwrap()));
    desk.reload();
    assert_eq!(desk.text("greeting"), NOBODY, "with the old cookie");
    phone.reload();
    assert_eq!((phone.text("greeting").as_str(), phone.text("browsers").as_str()), ("Hello ada, this is page 3.", "1"));

    // Expired, with a cookie that the browser has kept.
    let kept = phone.cookie("session").unwrap();
    let left = runtime.block_on(stored(&site)).pop().unwrap().expires_at.epoch_seconds();
    let now = clock.now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    clock.advance(Duration::from_secs(left - now));
    phone.set_cookie(&with(&kept, &url, kept["value"].as_str().unwrap()));
    phone.reload();
    assert_eq!(phone.text("greeting"), NOBODY);
}
