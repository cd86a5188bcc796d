//! Building expressions, beside the others: `cargo bench -p dynamodel-tests --bench expressions`.

mod peers;

fn main() {
    peers::bench("expressions");
}
