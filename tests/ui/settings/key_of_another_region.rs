use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", settings(
    encryption(kms = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
    replicas = ["us-east-1", "eu-west-1"],
))]
struct Shop;

fn main() {}
