use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK")]
enum Shop {
    One,
}

fn main() {}
