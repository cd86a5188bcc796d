//! Carrying out what was drawn for a request.

use super::fault::Fault;
use super::faults::Faults;
use super::response::{INJECTED, conflict, error_body, response};
use super::split::split;
use super::state::Injection;
use super::truncated_body::TruncatedBody;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

/// Lets the fault happen to the request, or forwards it.
pub(super) async fn inject(
    faults: &Faults,
    behind: &SharedHttpConnector,
    injection: Injection,
    operation: &str,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let exception = |status, name| response(status, error_body(name, INJECTED));
    let unprocessed =
        Unprocessed { share: injection.unprocessed, least: usize::from(injection.fault == Fault::Unprocessed) };
    match injection.fault {
        Fault::Throttle => exception(400, "ProvisionedThroughputExceededException"),
        Fault::ServerError => exception(500, "InternalServerError"),
        Fault::Timeout => Err(ConnectorError::timeout("injected: no response in time".into())),
        Fault::CutBefore => Err(ConnectorError::io("injected: the connection broke".into())),
        Fault::Refused => {
            let nobody = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "injected: connection refused");
            Err(ConnectorError::io(nobody.into()))
        }
        Fault::Response(status, body) => response(status, body),
        Fault::CutWithin => {
            let mut carried_out = carry_out(faults, behind, unprocessed, operation, request).await?;
            faults.lock().injected.lost += u64::from(carried_out.status().is_success());
            *carried_out.body_mut() = SdkBody::from_body_1_x(TruncatedBody);
            Ok(carried_out)
        }
        Fault::ServerErrorAfter | Fault::TimeoutAfter | Fault::CutAfter => {
            let carried_out = carry_out(faults, behind, unprocessed, operation, request).await?;
            faults.lock().injected.lost += u64::from(carried_out.status().is_success());
            match injection.fault {
                Fault::ServerErrorAfter => exception(500, "InternalServerError"),
                Fault::TimeoutAfter => Err(ConnectorError::timeout("injected: the response came too late".into())),
                _ => Err(ConnectorError::io("injected: the connection broke before the response".into())),
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
                Some((status, body)) => response(status, body),
                None => carry_out(faults, behind, unprocessed, operation, request).await,
            }
        }
        Fault::None | Fault::Unprocessed | Fault::Slow(_) => {
            carry_out(faults, behind, unprocessed, operation, request).await
        }
    }
}

/// How many items of a batch come back unprocessed: each with this probability, and at least so many.
#[derive(Debug, Clone, Copy)]
struct Unprocessed {
    share: f64,
    least: usize,
}

/// Forwards a request to the server, without the items of a batch that come back unprocessed.
async fn carry_out(
    faults: &Faults,
    behind: &SharedHttpConnector,
    Unprocessed { share, least }: Unprocessed,
    operation: &str,
    mut request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    if !matches!(operation, "BatchWriteItem" | "BatchGetItem") || (share <= 0.0 && least == 0) {
        return behind.call(request).await;
    }
    let whole = request.body().bytes().unwrap_or_default().to_vec();
    let parts = {
        let mut state = faults.lock();
        split(&whole, least, || state.random.share() < share).map_err(unsplittable)?
    };
    if parts.count() == 0 {
        return behind.call(request).await;
    }
    let count = || faults.lock().injected.unprocessed += u64::try_from(parts.count()).unwrap_or(u64::MAX);
    let Some(body) = parts.request() else {
        count();
        return response(200, parts.merge(operation, None).map_err(unsplittable)?);
    };
    request.headers_mut().insert("content-length", body.len().to_string());
    *request.body_mut() = SdkBody::from(body);
    let mut forwarded = behind.call(request).await?;
    if !forwarded.status().is_success() {
        return Ok(forwarded);
    }
    let read =
        ByteStream::new(forwarded.take_body()).collect().await.map_err(|error| ConnectorError::io(error.into()))?;
    count();
    response(200, parts.merge(operation, Some(&read.into_bytes())).map_err(unsplittable)?)
}

fn unsplittable(error: impl Into<BoxError>) -> ConnectorError {
    ConnectorError::user(error.into())
}
