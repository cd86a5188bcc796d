//! The website of the example, visited by clients that keep cookies: what a browser meets, without a browser.

mod browser;
mod devtools;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{Request, StatusCode};
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, Clock as _, Codec, ManualClock};
use dynamodel_examples::web_sessions::{Settings, Site, WebSession, service};
use dynamodel_tests::connect;
use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, SystemTime};
use tower::ServiceExt as _;

const HOUR: u32 = 3600;

/// A website, its table, and the clock by which sessions expire. tower-sessions goes by the wall's, so ours begins there.
async fn website() -> (Router, Client<Site>, ManualClock) {
    let clock = ManualClock::stopped();
    let site = connect::<Site>(&clock, Codec::Wire).await;
    (service(site.clone(), Settings { lifetime: HOUR, secure: true }), site, clock)
}

/// A browser, as far as cookies go.
#[derive(Default)]
struct Browser {
    cookie: Option<String>,
    /// Whether the last response changed it.
    set: Option<String>,
}

impl Browser {
    async fn ask(&mut self, website: &Router, method: &str, path: &str, form: &str) -> (StatusCode, String) {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let response = website.clone().oneshot(request.body(Body::from(form.to_owned())).unwrap()).await.unwrap();
        self.set = response.headers().get(SET_COOKIE).map(|set| set.to_str().unwrap().to_owned());
        if let Some(set) = &self.set {
            let cookie = set.split(';').next().unwrap().to_owned();
            self.cookie = (!cookie.ends_with('=')).then_some(cookie);
        }
        let status = response.status();
        let body = to_bytes(response.into_body(), 65_536).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn page(&mut self, website: &Router) -> String {
        let (status, body) = self.ask(website, "GET", "/", "").await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let greeting = body.split("id=\"greeting\">").nth(1).unwrap();
        greeting.split('<').next().unwrap().to_owned()
    }

    async fn log_in(&mut self, website: &Router, user: &str) {
        let (status, _) = self.ask(website, "POST", "/login", &format!("user={user}")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }

    async fn log_out(&mut self, website: &Router) {
        assert_eq!(self.ask(website, "POST", "/logout", "").await.0, StatusCode::SEE_OTHER);
    }

    fn id(&self) -> &str {
        self.cookie.as_deref().unwrap().strip_prefix("session=").unwrap()
    }
}

async fn stored(site: &Client<Site>) -> Vec<WebSession> {
    site.scan::<WebSession>().include_expired().collect().await.unwrap()
}

const NOBODY: &str = "Nobody is logged in.";

#[tokio::test]
async fn log_in_and_reload() {
    let (website, site, _) = website().await;
    let mut browser = Browser::default();
    assert_eq!(browser.page(&website).await, NOBODY);
    assert_eq!((browser.cookie.as_deref(), stored(&site).await.len()), (None, 0), "visitors leave nothing behind");
    browser.log_in(&website, "ada").await;
    let set = browser.set.clone().unwrap();
    for rule in ["HttpOnly", "SameSite=Strict", "Secure", "Max-Age=3600"] {
        assert!(set.contains(rule), "{set}");
    }
    for page in 1..=3 {
        assert_eq!(browser.page(&website).await, format!("Hello ada, this is page {page}."));
    }
    let session = site.get(WebSession::key(browser.id())).await.unwrap().unwrap();
    assert_eq!((session.user.as_deref(), session.data["pages"].as_u64()), (Some("ada"), Some(3)));
}

#[tokio::test]
async fn a_page_count_that_goes_no_further_is_a_page_nevertheless() {
    let (website, site, _) = website().await;
    let mut browser = Browser::default();
    browser.log_in(&website, "ada").await;
    let mut session = site.get(WebSession::key(browser.id())).await.unwrap().unwrap();
    session.data.insert("pages".into(), u64::MAX.into());
    site.put(&session).await.unwrap();
    assert_eq!(browser.page(&website).await, format!("Hello ada, this is page {}.", u64::MAX));
}

#[tokio::test]
async fn a_second_browser_has_a_session_of_its_own() {
    let (website, site, _) = website().await;
    let (mut desk, mut phone) = (Browser::default(), Browser::default());
    desk.log_in(&website, "ada").await;
    assert_eq!(desk.page(&website).await, "Hello ada, this is page 1.");
    assert_eq!(phone.page(&website).await, NOBODY);
    phone.log_in(&website, "ada").await;
    assert_eq!(phone.page(&website).await, "Hello ada, this is page 1.");
    assert_eq!(desk.page(&website).await, "Hello ada, this is page 2.");
    assert_ne!(desk.id(), phone.id());
    assert_eq!(site.query(WebSession::of_user("ada")).count().await.unwrap(), 2);
    let (_, everywhere) = (phone.ask(&website, "POST", "/logout-everywhere", "").await, stored(&site).await);
    assert_eq!(everywhere, []);
    assert_eq!((desk.page(&website).await, phone.page(&website).await), (NOBODY.to_owned(), NOBODY.to_owned()));
}

#[tokio::test]
async fn a_session_expires_and_is_seen_by_nobody_though_it_is_stored() {
    let (website, site, clock) = website().await;
    let mut browser = Browser::default();
    browser.log_in(&website, "ada").await;
    assert_eq!(browser.page(&website).await, "Hello ada, this is page 1.");
    clock.advance(Duration::from_secs(u64::from(HOUR) - 60));
    assert_eq!(browser.page(&website).await, "Hello ada, this is page 2.");
    clock.advance(Duration::from_secs(120));
    let cookie = browser.cookie.clone();
    assert_eq!(browser.page(&website).await, NOBODY);
    let stored = stored(&site).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(site.query(WebSession::of_user("ada")).count().await.unwrap(), 0);
    // The old cookie does not come back to life by logging in.
    browser.cookie.clone_from(&cookie);
    browser.log_in(&website, "ada").await;
    assert_ne!(browser.cookie, cookie);
}

#[tokio::test]
async fn whoever_has_logged_out_is_out_with_every_copy_of_the_cookie() {
    let (website, site, _) = website().await;
    let mut browser = Browser::default();
    browser.log_in(&website, "ada").await;
    let mut copy = Browser { cookie: browser.cookie.clone(), set: None };
    assert_eq!(copy.page(&website).await, "Hello ada, this is page 1.");
    let kept = browser.cookie.clone();
    browser.log_out(&website).await;
    assert!(browser.set.as_deref().unwrap().contains("Max-Age=0"), "{:?}", browser.set);
    assert_eq!((browser.cookie.clone(), stored(&site).await), (None, Vec::new()));
    copy.cookie = kept;
    assert_eq!(copy.page(&website).await, NOBODY);
    assert_eq!(stored(&site).await, [], "and nothing brings it back");
}

#[tokio::test]
async fn a_page_that_was_under_way_does_not_bring_back_a_session_that_was_ended() {
    use dynamodel_examples::web_sessions::DynamoSessions;
    use tower_sessions::SessionStore as _;
    use tower_sessions::session::{Id, Record};

    let (website, site, _) = website().await;
    let mut browser = Browser::default();
    browser.log_in(&website, "ada").await;
    let store = DynamoSessions::new(site.clone());
    let id: Id = browser.id().parse().unwrap();
    let loaded = store.load(&id).await.unwrap().unwrap();
    browser.log_out(&website).await;
    store.save(&loaded).await.unwrap();
    assert_eq!(stored(&site).await, []);

    // An identifier that is taken is not taken over.
    let mut first = Record { id, ..loaded };
    store.create(&mut first).await.unwrap();
    let mut second = Record { id, data: HashMap::new(), expiry_date: first.expiry_date };
    store.create(&mut second).await.unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!(store.load(&first.id).await.unwrap(), Some(first));
}

#[tokio::test]
async fn a_page_that_was_under_way_does_not_bring_back_a_session_that_has_expired() {
    use dynamodel_examples::web_sessions::DynamoSessions;
    use tower_sessions::SessionStore as _;

    let (website, site, clock) = website().await;
    let mut browser = Browser::default();
    browser.log_in(&website, "ada").await;
    let store = DynamoSessions::new(site.clone());
    let mut brief = store.load(&browser.id().parse().unwrap()).await.unwrap().unwrap();
    let before = stored(&site).await;
    clock.advance(Duration::from_secs(u64::from(HOUR) + 60));
    brief.expiry_date = SystemTime::from(brief.expiry_date).checked_add(Duration::from_secs(7200)).unwrap().into();
    store.save(&brief).await.unwrap();
    assert_eq!(stored(&site).await, before);
    assert_eq!(browser.page(&website).await, NOBODY);
}

#[tokio::test]
async fn a_forged_cookie_opens_nothing() {
    let (website, site, _) = website().await;
    let mut ada = Browser::default();
    ada.log_in(&website, "ada").await;
    let real = ada.id().to_owned();
    // Another one's with one letter changed; one of the right form; none of the right form; a key of the table.
    let last = if real.ends_with('A') { "g" } else { "A" };
    let near = format!("{}{last}", &real[..real.len() - 1]);
    let forged =
        [near.as_str(), "AAAAAAAAAAAAAAAAAAAAAA", "x", "SESSION%23", "$", &real.to_lowercase(), &format!("{real}x")];
    let before: BTreeSet<_> = stored(&site).await.into_iter().map(|session| session.id).collect();
    for forged in forged {
        let mut eve = Browser { cookie: Some(format!("session={forged}")), set: None };
        assert_eq!(eve.page(&website).await, NOBODY, "{forged}");
        // Logging in with it gives another identifier: no attacker can put their own into another user's browser.
        eve.cookie = Some(format!("session={forged}"));
        eve.log_in(&website, "eve").await;
        assert_ne!(eve.id(), forged);
        eve.log_out(&website).await;
    }
    let after: BTreeSet<_> = stored(&site).await.into_iter().map(|session| session.id).collect();
    assert_eq!(before, after);
    assert_eq!(ada.page(&website).await, "Hello ada, this is page 1.");
}

#[tokio::test]
async fn logging_in_changes_the_identifier_and_names_are_text() {
    let (website, site, _) = website().await;
    let mut browser = Browser::default();
    browser.log_in(&website, "ada").await;
    let before = browser.id().to_owned();
    browser.log_in(&website, "%3Cb%3E%23").await;
    assert_ne!(browser.id(), before);
    assert_eq!(browser.page(&website).await, "Hello &lt;b&gt;#, this is page 1.");
    assert_eq!(stored(&site).await.len(), 1);
    assert_eq!(site.query(WebSession::of_user("<b>#")).count().await.unwrap(), 1);
}

#[tokio::test]
async fn whoever_logs_in_while_a_response_is_lost_is_logged_in_with_one_session() {
    for fault in [Fault::CutAfter, Fault::CutWithin, Fault::ServerErrorAfter] {
        let (_, site, _) = website().await;
        let faults = Faults::script([fault.clone()]);
        let website = service(site.clone().with_faults(&faults), Settings { lifetime: HOUR, secure: false });
        let mut browser = Browser::default();
        browser.log_in(&website, "ada").await;
        assert_eq!((faults.injected().lost, stored(&site).await.len()), (1, 1), "{fault:?}");
        assert_eq!(stored(&site).await[0].id, browser.id(), "{fault:?}");
        assert_eq!(browser.page(&website).await, "Hello ada, this is page 1.");
    }
}

#[tokio::test]
async fn an_identifier_that_is_taken_is_left_alone_also_after_a_lost_response() {
    use dynamodel_examples::web_sessions::DynamoSessions;
    use tower_sessions::SessionStore as _;
    use tower_sessions::session::{Id, Record};

    let (_, site, clock) = website().await;
    let expiry_date = (clock.now() + Duration::from_secs(60)).into();
    let mut first = Record { id: Id::default(), data: HashMap::from([("a".into(), 1.into())]), expiry_date };
    DynamoSessions::new(site.clone()).create(&mut first).await.unwrap();
    let faults = Faults::script([Fault::CutBefore]);
    let mut second = Record { data: HashMap::new(), ..first.clone() };
    let store = DynamoSessions::new(site.clone().with_faults(&faults));
    store.create(&mut second).await.unwrap();
    // The second one's first try was lost, its retry met the first one, and a new identifier was free.
    assert_eq!((faults.requests(), stored(&site).await.len()), (3, 2));
    assert_eq!(store.load(&first.id).await.unwrap(), Some(first));
    assert_eq!(store.load(&second.id).await.unwrap(), Some(second));
}

#[tokio::test]
async fn a_name_that_is_too_long_is_the_browsers_mistake() {
    let (website, site, _) = website().await;
    let mut browser = Browser::default();
    for length in [257, 3000] {
        let (status, text) = browser.ask(&website, "POST", "/login", &format!("user={}", "a".repeat(length))).await;
        assert_eq!((status, text.as_str()), (StatusCode::BAD_REQUEST, "the name is too long"));
    }
    assert_eq!((browser.cookie.as_deref(), stored(&site).await.len()), (None, 0));
    // The longest one that there may be, of letters that take most room in a key.
    browser.log_in(&website, &"%23".repeat(256)).await;
    assert_eq!(browser.page(&website).await, format!("Hello {}, this is page 1.", "#".repeat(256)));
}

#[tokio::test]
async fn a_store_that_cannot_be_reached_is_an_error_and_no_logout() {
    let (_, site, _) = website().await;
    let faults = Faults::seeded(1).throttle(1.0);
    faults.stop();
    let website = service(site.with_faults(&faults), Settings { lifetime: HOUR, secure: false });
    let mut browser = Browser::default();
    browser.log_in(&website, "ada").await;
    faults.resume();
    let (status, _) = browser.ask(&website, "GET", "/", "").await;
    assert_eq!((status, browser.set.as_ref()), (StatusCode::INTERNAL_SERVER_ERROR, None));
    faults.stop();
    assert_eq!(browser.page(&website).await, "Hello ada, this is page 1.");
}
