//! What a request costs the client, beside the others: `cargo bench -p dynamodel-tests --bench requests`.

mod peers;

fn main() {
    peers::bench("requests");
}
