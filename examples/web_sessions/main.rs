//! Sessions of a website: `cargo run --example web_sessions` visits it by itself and ends;
//! `cargo run --example web_sessions -- --serve 127.0.0.1:3000` is for your browser.
//!
//! Runs on an engine inside the process. `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one.
//! `SESSION_SECONDS=10` lets sessions live for so long after the last page.

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{Request, Response};
use dynamodel_examples::show;
use dynamodel_examples::web_sessions::{Settings, Site, WebSession, service};
use std::error::Error;
use tower::ServiceExt as _;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = Site::local("web-sessions-example").await?;
    let lifetime = std::env::var("SESSION_SECONDS").ok().map_or(Ok(3600), |seconds| seconds.parse())?;
    // On this machine there is no HTTPS.
    let website = service(site.clone(), Settings { lifetime, secure: false });
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("--serve") {
        let address = arguments.next().unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let listener = tokio::net::TcpListener::bind(address).await?;
        println!("listening on http://{}", listener.local_addr()?);
        return Ok(axum::serve(listener, website).await?);
    }

    println!("1. Somebody comes. Nobody is logged in, and no session is kept.");
    let first = visit(&website, "GET", "/", None).await?;
    println!("   cookie: {:?}\n", cookie(&first));

    println!("2. Ada logs in, and loads the page twice.");
    let desk = cookie(&visit(&website, "POST", "/login", None).await?).ok_or("no cookie")?;
    visit(&website, "GET", "/", Some(&desk)).await?;
    visit(&website, "GET", "/", Some(&desk)).await?;

    println!("\n3. In a second browser she logs in too.");
    let phone = cookie(&visit(&website, "POST", "/login", None).await?).ok_or("no cookie")?;
    visit(&website, "GET", "/", Some(&phone)).await?;
    let mut rows = Vec::new();
    for session in site.query(WebSession::of_user("ada")).collect().await? {
        let pages = session.data.get("pages").map(ToString::to_string).unwrap_or_default();
        rows.push(vec![
            format!("SESSION#{}", session.id),
            "ada".to_owned(),
            pages,
            session.expires_at.epoch_seconds().to_string(),
        ]);
    }
    println!("{}", show::table(&["PK", "user", "pages", "expires_at"], &rows));

    println!("4. She logs out at her desk. The old cookie is worth nothing; the phone goes on.");
    visit(&website, "POST", "/logout", Some(&desk)).await?;
    for cookie in [&desk, &phone] {
        visit(&website, "GET", "/", Some(cookie)).await?;
        println!("   sessions left: {}", site.query(WebSession::of_user("ada")).count().await?);
    }
    visit(&website, "POST", "/logout-everywhere", Some(&phone)).await?;
    Ok(())
}

async fn visit(
    site: &Router,
    method: &str,
    path: &str,
    cookie: Option<&str>,
) -> Result<Response<Body>, Box<dyn Error>> {
    let mut request =
        Request::builder().method(method).uri(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    let response = site.clone().oneshot(request.body(Body::from("user=ada"))?).await?;
    println!("   {method} {path}: {}", response.status());
    Ok(response)
}

/// What the browser keeps of a response.
fn cookie(response: &Response<Body>) -> Option<String> {
    response.headers().get(SET_COOKIE)?.to_str().ok()?.split(';').next().map(str::to_owned)
}
