//! The domain code of the examples.

use dynamodel::{Clock, Expiry, ManualClock};
use dynamodel_examples::sessions::{SaveError, Sessions, Shop};
use dynamodel_tests::{both, clock};
use std::time::Duration;
use ulid::Ulid;

const HOUR: Duration = Duration::from_secs(3600);

fn now(clock: &ManualClock) -> Expiry {
    Expiry::at(clock.now()).unwrap()
}

#[tokio::test]
async fn sessions_live_as_the_example_tells_it() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let sessions = Sessions::new(shop, HOUR);
        let id = Ulid::from_datetime(clock.now());
        let mut session = sessions.begin("ada", id, "t1", now(&clock)).await.unwrap();
        assert!(sessions.begin("ada", id, "t2", now(&clock)).await.unwrap_err().is_already_exists());

        let mut stale = sessions.load("ada", id).await.unwrap().unwrap();
        assert_eq!(stale, session);
        session.data.insert("theme".into(), "dark".into());
        sessions.save(&mut session).await.unwrap();
        match sessions.save(&mut stale).await {
            Err(SaveError::Mismatch(current)) => assert_eq!(*current, session),
            other => panic!("{other:?}"),
        }

        clock.advance(HOUR / 2);
        sessions.touch(&session, now(&clock)).await.unwrap();
        clock.advance(HOUR / 2);
        assert_eq!(sessions.by_token("t1").await.unwrap().unwrap().session_id, id, "touched, so it lives on");
        assert_eq!(sessions.by_token("t2").await.unwrap(), None);

        clock.advance(HOUR / 2);
        assert_eq!(sessions.load("ada", id).await.unwrap(), None);
        assert_eq!(sessions.by_token("t1").await.unwrap(), None);
        assert_eq!(sessions.of_user("ada").await.unwrap(), []);
        assert_eq!(sessions.stored("ada").await.unwrap().len(), 1, "still stored");
        assert!(sessions.touch(&session, now(&clock)).await.unwrap_err().is_gone());

        let other = sessions.begin("ada", Ulid::from_datetime(clock.now()), "t3", now(&clock)).await.unwrap();
        sessions.end(&other).await.unwrap();
        assert_eq!(sessions.load("ada", other.session_id).await.unwrap(), None);
    }
}
