//! What the compiler takes for 1, 50 and 200 entities, beside the others: `cargo bench -p dynamodel-tests --bench compile`.

mod peers;

fn main() {
    peers::bench("compile");
}
