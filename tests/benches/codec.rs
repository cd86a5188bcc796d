//! Encoding and decoding, beside the others: `cargo bench -p dynamodel-tests --bench codec`.

mod peers;

fn main() {
    peers::bench("codec");
}
