//! The pages: a greeting that counts, logging in, logging out.

use super::store::USER;
use super::{DynamoSessions, Site, WebSession};
use axum::Router;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use dynamodel::Client;
use serde::Deserialize;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, Session, SessionManagerLayer};

/// How sessions are handed out.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// For how many seconds a session lives after the last page.
    pub lifetime: u32,
    /// Whether the cookie goes over HTTPS only: wherever the world can reach it.
    pub secure: bool,
}

/// The website.
pub fn service(site: Client<Site>, settings: Settings) -> Router {
    let sessions = SessionManagerLayer::new(DynamoSessions::new(site.clone()))
        .with_name("session")
        .with_secure(settings.secure)
        .with_same_site(SameSite::Strict)
        .with_expiry(Expiry::OnInactivity(Duration::seconds(settings.lifetime.into())));
    Router::new()
        .route("/", get(home))
        .route("/login", post(login))
        .route("/logout", post(logout))
        .route("/logout-everywhere", post(logout_everywhere))
        .layer(sessions)
        .with_state(site)
}

/// The longest name, in bytes. It is a part of a key, which holds 2,048, and some characters take two there.
const LONGEST_NAME: usize = 256;

enum Failure {
    /// What goes wrong on the way to the store is the server's fault; the browser learns no more.
    Store,
    /// No name is so long.
    Name,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Store => (StatusCode::INTERNAL_SERVER_ERROR, "the sessions cannot be reached").into_response(),
            Self::Name => (StatusCode::BAD_REQUEST, "the name is too long").into_response(),
        }
    }
}

impl From<tower_sessions::session::Error> for Failure {
    fn from(_: tower_sessions::session::Error) -> Self {
        Self::Store
    }
}

impl From<dynamodel::Error> for Failure {
    fn from(_: dynamodel::Error) -> Self {
        Self::Store
    }
}

async fn home(State(site): State<Client<Site>>, session: Session) -> Result<Html<String>, Failure> {
    let Some(user) = session.get::<String>(USER).await? else {
        return Ok(Html(page(
            "<p id=\"greeting\">Nobody is logged in.</p>\
             <form method=\"post\" action=\"/login\"><input name=\"user\" id=\"user\"><button id=\"login\">Log in</button></form>",
        )));
    };
    let pages = session.get::<u64>("pages").await?.unwrap_or(0).saturating_add(1);
    session.insert("pages", pages).await?;
    let browsers = site.query(WebSession::of_user(&user)).count().await?;
    Ok(Html(page(&format!(
        "<p id=\"greeting\">Hello {}, this is page {pages}.</p><p id=\"browsers\">{browsers}</p>\
         <form method=\"post\" action=\"/logout\"><button id=\"logout\">Log out</button></form>\
         <form method=\"post\" action=\"/logout-everywhere\"><button id=\"everywhere\">Log out everywhere</button></form>",
        escaped(&user)
    ))))
}

#[derive(Deserialize)]
struct Login {
    user: String,
}

/// Believes everybody: what is shown here are sessions, not passwords.
async fn login(session: Session, Form(Login { user }): Form<Login>) -> Result<Redirect, Failure> {
    if user.len() > LONGEST_NAME {
        return Err(Failure::Name);
    }
    if !user.is_empty() {
        // A new identifier, so that one that an attacker has put into the browser is of no use.
        session.cycle_id().await?;
        session.insert(USER, user).await?;
    }
    Ok(Redirect::to("/"))
}

async fn logout(session: Session) -> Result<Redirect, Failure> {
    session.flush().await?;
    Ok(Redirect::to("/"))
}

/// Ends this session, and all others of the same user, as far as the index shows them: it is updated with a delay, so one that
/// was begun just now may go on.
async fn logout_everywhere(State(site): State<Client<Site>>, session: Session) -> Result<Redirect, Failure> {
    if let Some(user) = session.get::<String>(USER).await? {
        for theirs in site.query(WebSession::of_user(&user)).collect().await? {
            site.delete(WebSession::key(&theirs.id)).await?;
        }
    }
    session.flush().await?;
    Ok(Redirect::to("/"))
}

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sessions</title><body>{body}</body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
