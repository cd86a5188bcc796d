//! The fuzzer's corpus and mutations of it, on stable: whatever comes over the network, the decoder answers, soon and
//! within little memory.

#[path = "../../fuzz/fuzz_targets/everything.rs"]
mod everything;
mod mutation;
#[allow(dead_code, reason = "not every path to every field is taken")]
mod responses;

use allocation_counter::{AllocationInfo, measure};
use mutation::mutation;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// Far more than any document here takes, also on a busy machine: nobody waits for a loop without end.
const PATIENCE: Duration = Duration::from_secs(20);

/// What may be held at one time: so much in any case (an error's texts), and so much per byte of the document. An empty
/// element of a list is some fifteen bytes of text, and a map's first entry brings a node for eleven.
const BASE: u64 = 16 * 1024;
const PER_BYTE: u64 = 48;

/// How often memory may be asked for, per byte.
const CALLS_PER_BYTE: u64 = 2;

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/decode");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

/// Decodes in a thread of its own: how many entities were in it, or what was wrong with it.
fn decode(bytes: &[u8]) -> Result<usize, String> {
    let (sender, receiver) = mpsc::channel();
    let document = bytes.to_vec();
    std::thread::spawn(move || {
        let mut result = Ok(0);
        let info = measure(|| {
            let [item, page] = everything::decode(&document);
            // A document is an item's response or a page's.
            let read = item.and_then(|item| if item > 0 { Ok(item) } else { page });
            result = read.map_err(|error| error.to_string());
        });
        sender.send((result, info))
    });
    match receiver.recv_timeout(PATIENCE) {
        Ok((result, info)) => {
            check_memory(bytes, info);
            result
        }
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("no answer for {}", bytes.escape_ascii()),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("a panic over {}", bytes.escape_ascii()),
    }
}

fn check_memory(bytes: &[u8], info: AllocationInfo) {
    let AllocationInfo { bytes_max: peak, count_total: calls, .. } = info;
    let length = bytes.len() as u64;
    assert!(peak <= BASE + PER_BYTE * length, "{peak} bytes at a time for {}", bytes.escape_ascii());
    assert!(calls <= BASE / 16 + CALLS_PER_BYTE * length, "{calls} allocations for {}", bytes.escape_ascii());
}

#[test]
fn every_document_of_the_corpus_is_read_or_refused_as_its_name_says() {
    let corpus = corpus();
    assert!(corpus.len() > 12, "the corpus was not found");
    for (name, bytes) in corpus {
        match (name.split_once('-').unwrap().0, decode(&bytes)) {
            ("good", Ok(1..)) | ("bad", Err(_)) => {}
            (_, result) => panic!("{name}: {result:?}"),
        }
    }
}

#[test]
fn large_answers_take_memory_in_proportion() {
    let repeated = |element: &str| {
        let elements = vec![element; 10_000].join(",");
        decode(format!("{{\"Count\":4000000000,\"Items\":[{elements}]}}").as_bytes())
    };
    assert!(repeated("{}").is_err());
    let small = "{\"id\":{\"S\":\"\"},\"tiny\":{\"N\":\"1\"},\"whole\":{\"N\":\"1\"},\"float\":{\"N\":\"1\"},\"flag\":{\"BOOL\":true},\"version\":{\"N\":\"1\"}}";
    assert_eq!(repeated(small), Ok(10_000));
    assert!(decode("[".repeat(1_000_000).as_bytes()).is_err());
    assert!(decode(format!("{{\"Items\":[{}", "{\"a\":{\"L\":[".repeat(100_000)).as_bytes()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_document_is_read_or_refused(
        base in any::<usize>(),
        mutations in proptest::collection::vec(mutation(), 1..6),
    ) {
        let corpus = corpus();
        let (_, mut document) = corpus[base % corpus.len()].clone();
        for mutation in &mutations {
            mutation.apply(&mut document, &corpus);
        }
        // Either will do.
        let _outcome = decode(&document);
    }
}
