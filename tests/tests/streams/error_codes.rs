//! A poller takes DynamoDB's error responses for what the verbs take them for.

use super::faulty::{failing, hasty, tapped_streams};
use super::model::{Order, Position, Seen, Shop, World, note};
use dynamodel::stream::Poller;
use dynamodel::{Client, Error, ErrorKind};
use dynamodel_tests::tap::{Do, error_body, tapped};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const REQUESTS: [&str; 4] = ["DescribeTable", "DescribeStream", "GetShardIterator", "GetRecords"];

/// A status, a code if there is one, and the kind of the error that it leads to.
const RESPONSES: [(u16, Option<&str>, ErrorKind); 14] = [
    (400, Some("ProvisionedThroughputExceededException"), ErrorKind::Throttled),
    (400, Some("ThrottlingException"), ErrorKind::Throttled),
    (400, Some("ThrottlingError"), ErrorKind::Throttled),
    (400, Some("RequestLimitExceeded"), ErrorKind::Throttled),
    (400, Some("TooManyRequestsException"), ErrorKind::Throttled),
    (500, Some("InternalServerError"), ErrorKind::Unavailable),
    (500, Some("InternalFailure"), ErrorKind::Unavailable),
    (503, Some("ServiceUnavailable"), ErrorKind::Unavailable),
    (500, Some("CodeOfALaterVersion"), ErrorKind::Unavailable),
    (503, None, ErrorKind::Unavailable),
    (400, Some("CodeOfALaterVersion"), ErrorKind::Service),
    (400, Some("AccessDeniedException"), ErrorKind::Service),
    (400, Some("UnrecognizedClientException"), ErrorKind::Service),
    (400, Some("ValidationException"), ErrorKind::Service),
];

/// The error of a poller one of whose requests gets this response each time, and how often it sent that request.
async fn poll(
    world: &World,
    request: &'static str,
    respond: impl Fn() -> Do + Clone + Send + Sync + 'static,
) -> (Error, usize) {
    let left = Arc::new(AtomicUsize::new(usize::MAX));
    let streams = tapped_streams(world, failing(request, &left, respond.clone()));
    let shop = tapped(&hasty(&world.shop, 1), failing(request, &left, respond));
    let mut poller = Poller::<Position, Shop>::new(&streams, &shop, "mail");
    let error = poller.catch_up(note(&Seen::default())).await.unwrap_err();
    (error, usize::MAX - left.load(Ordering::SeqCst))
}

async fn get(shop: &Client<Shop>, respond: impl Fn() -> Do + Send + Sync + 'static) -> Error {
    let shop = tapped(&hasty(shop, 1), move |_, _| respond());
    shop.get(Order::key("1")).await.unwrap_err()
}

#[tokio::test]
async fn a_poller_and_the_verbs_agree_on_lasting_errors() {
    let world = World::new().await;
    world.shop.create(&Order::new("1")).await.unwrap();
    for (status, code, kind) in RESPONSES {
        let respond = move || Do::Respond(status, code.map_or_else(String::new, |code| error_body(code, "not now")));
        let of_verb = get(&world.shop, respond).await;
        assert_eq!((of_verb.kind(), of_verb.code()), (kind, code), "{of_verb}");
        for request in REQUESTS {
            let (error, sent) = poll(&world, request, respond).await;
            assert_eq!((error.kind(), error.code()), (kind, code), "{request} {status} {code:?}: {error}");
            let why = code.map_or_else(|| format!("(HTTP {status})"), |code| format!("({code})"));
            assert!(error.to_string().contains(&why), "{request}: {error}");
            // What may pass is waited out, as often as the policy says; the rest ends the run.
            assert_eq!(sent > 1, kind != ErrorKind::Service, "{request} {status} {code:?}: {sent}");
        }
    }
}

#[tokio::test]
async fn a_stream_that_is_read_too_often_is_throttled() {
    let world = World::new().await;
    world.shop.create(&Order::new("1")).await.unwrap();
    for request in ["DescribeStream", "GetShardIterator", "GetRecords"] {
        let respond = || Do::Respond(400, error_body("LimitExceededException", "slower"));
        let (error, sent) = poll(&world, request, respond).await;
        assert_eq!(error.kind(), ErrorKind::Throttled, "{request}: {error}");
        assert!(sent > 1, "{request}: {sent}");
    }
}

#[tokio::test]
async fn a_table_or_stream_that_does_not_exist_is_told_apart() {
    let world = World::new().await;
    world.shop.create(&Order::new("1")).await.unwrap();
    let respond = || Do::Respond(400, error_body("ResourceNotFoundException", "no such thing"));
    for (request, kind) in [("DescribeTable", ErrorKind::TableNotFound), ("DescribeStream", ErrorKind::Service)] {
        let (error, _) = poll(&world, request, respond).await;
        assert_eq!(error.kind(), kind, "{request}: {error}");
    }
}
