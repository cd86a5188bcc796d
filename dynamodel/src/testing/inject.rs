//! Requests and their fates.

use super::fault::Fault;
use super::faults::Faults;
use super::response::{INJECTED, answer, conflict, exception};
use super::split::split;
use super::state::Fate;
use super::truncated_body::Broken;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

/// Lets a request meet its fate.
pub(super) async fn meet(
    faults: &Faults,
    behind: &SharedHttpConnector,
    fate: Fate,
    operation: &str,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let exception = |status, name| answer(status, exception(name, INJECTED));
    let lot = Lot { share: fate.unprocessed, least: usize::from(fate.fault == Fault::Unprocessed) };
    match fate.fault {
        Fault::Throttle => exception(400, "ProvisionedThroughputExceededException"),
        Fault::ServerError => exception(500, "InternalServerError"),
        Fault::Timeout => Err(ConnectorError::timeout("injected: no answer in time".into())),
        Fault::CutBefore => Err(ConnectorError::io("injected: the connection broke".into())),
        Fault::Refused => {
            let nobody = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "injected: nobody listens");
            Err(ConnectorError::io(nobody.into()))
        }
        Fault::Answer(status, body) => answer(status, body),
        Fault::CutWithin => {
            let mut answered = carry_out(faults, behind, lot, operation, request).await?;
            faults.lock().injected.lost += u64::from(answered.status().is_success());
            *answered.body_mut() = SdkBody::from_body_1_x(Broken);
            Ok(answered)
        }
        Fault::ServerErrorAfter | Fault::TimeoutAfter | Fault::CutAfter => {
            let answered = carry_out(faults, behind, lot, operation, request).await?;
            faults.lock().injected.lost += u64::from(answered.status().is_success());
            match fate.fault {
                Fault::ServerErrorAfter => exception(500, "InternalServerError"),
                Fault::TimeoutAfter => Err(ConnectorError::timeout("injected: the answer came too late".into())),
                _ => Err(ConnectorError::io("injected: the connection broke before the answer".into())),
            }
        }
        Fault::TransactionConflict => {
            let met = {
                let mut state = faults.lock();
                let met = conflict(operation, request.body().bytes().unwrap_or_default(), &mut state.random);
                state.injected.conflicts += u64::from(met.is_some());
                met
            };
            match met {
                Some((status, body)) => answer(status, body),
                None => carry_out(faults, behind, lot, operation, request).await,
            }
        }
        Fault::None | Fault::Unprocessed | Fault::Slow(_) => carry_out(faults, behind, lot, operation, request).await,
    }
}

/// How many items of a batch come back: each by this share, and so many at least.
#[derive(Debug, Clone, Copy)]
struct Lot {
    share: f64,
    least: usize,
}

/// Gives a request to the server, of a batch perhaps not all.
async fn carry_out(
    faults: &Faults,
    behind: &SharedHttpConnector,
    Lot { share, least }: Lot,
    operation: &str,
    mut request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    if !matches!(operation, "BatchWriteItem" | "BatchGetItem") || (share <= 0.0 && least == 0) {
        return behind.call(request).await;
    }
    let whole = request.body().bytes().unwrap_or_default().to_vec();
    let parts = {
        let mut state = faults.lock();
        split(&whole, least, || state.random.share() < share).map_err(broken)?
    };
    if parts.count() == 0 {
        return behind.call(request).await;
    }
    let told = || faults.lock().injected.unprocessed += u64::try_from(parts.count()).unwrap_or(u64::MAX);
    let Some(body) = parts.request() else {
        told();
        return answer(200, parts.merge(operation, None).map_err(broken)?);
    };
    request.headers_mut().insert("content-length", body.len().to_string());
    *request.body_mut() = SdkBody::from(body);
    let mut response = behind.call(request).await?;
    if !response.status().is_success() {
        return Ok(response);
    }
    let read =
        ByteStream::new(response.take_body()).collect().await.map_err(|error| ConnectorError::io(error.into()))?;
    told();
    answer(200, parts.merge(operation, Some(&read.into_bytes())).map_err(broken)?)
}

fn broken(error: impl Into<BoxError>) -> ConnectorError {
    ConnectorError::user(error.into())
}
