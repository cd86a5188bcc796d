use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::{Client, Config};

/// A client as one gets it when one configures nothing: with the SDK's own HTTP client, which has TLS.
pub fn client() -> Client {
    let endpoint = std::env::args().nth(1).expect("an endpoint");
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLEEXAMPLE00", "secret", None, None, "static"))
        .endpoint_url(endpoint)
        .build();
    Client::from_conf(config)
}
