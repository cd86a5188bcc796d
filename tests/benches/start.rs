//! From the start of a process to its first put, size and build, beside the others: `cargo bench -p dynamodel-tests --bench start`.

mod peers;

fn main() {
    peers::bench("start");
}
