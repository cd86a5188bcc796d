//! A server on loopback that answers every request at once with what it has ready: what is left is the client's work.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Answers by operation (`GetItem`), and the last request of each.
pub struct Server {
    address: SocketAddr,
    told: Arc<Mutex<HashMap<String, Vec<u8>>>>,
}

/// What is answered: the bodies by operation; all other operations get `{}`.
pub type Answers = HashMap<&'static str, Vec<u8>>;

impl Server {
    /// Starts one, on a thread of its own.
    pub fn start(answers: Answers) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        let told = Arc::new(Mutex::new(HashMap::new()));
        let shared = Arc::new(Shared {
            answers: answers
                .into_iter()
                .map(|(operation, body)| (operation.to_ascii_lowercase(), answer(&body)))
                .collect(),
            otherwise: answer(b"{}"),
            told: Arc::clone(&told),
        });
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve(stream, Arc::clone(&shared)));
                }
            });
        });
        Self { address, told }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The body of the first request for an operation since it was asked last.
    pub fn told(&self, operation: &str) -> Option<Vec<u8>> {
        self.told.lock().unwrap().remove(&operation.to_ascii_lowercase())
    }
}

struct Shared {
    answers: HashMap<String, Vec<u8>>,
    otherwise: Vec<u8>,
    told: Arc<Mutex<HashMap<String, Vec<u8>>>>,
}

/// An answer with the headers that DynamoDB sends.
fn answer(body: &[u8]) -> Vec<u8> {
    let mut answer = format!(
        "HTTP/1.1 200 OK\r\nServer: Server\r\nDate: Sun, 22 Nov 2026 02:03:50 GMT\r\n\
         Content-Type: application/x-amz-json-1.0\r\nContent-Length: {}\r\nConnection: keep-alive\r\n\
         x-amzn-RequestId: A5FGSJ9ET4OKB8183S9M47RQQBVV4KQNSO5AEMVJF66Q9ASUAAJG\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(body);
    answer
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let mut read = Vec::with_capacity(64 * 1024);
    loop {
        let Some((operation, head, whole)) = request(&read) else {
            match stream.read_buf(&mut read).await {
                Ok(0) | Err(_) => return,
                Ok(_) => continue,
            }
        };
        let answer = shared.answers.get(&operation).unwrap_or(&shared.otherwise);
        shared.told.lock().unwrap().entry(operation).or_insert_with(|| read[head..whole].to_vec());
        read.drain(..whole);
        if stream.write_all(answer).await.is_err() {
            return;
        }
    }
}

/// The first request in what was read, once it is there: its operation, where its body begins and ends.
fn request(read: &[u8]) -> Option<(String, usize, usize)> {
    let head = read.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&read[..head]).unwrap().to_ascii_lowercase();
    let header = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().to_owned())
    };
    let length: usize = header("content-length:").map_or(0, |length| length.parse().unwrap());
    let whole = head + length;
    let target = header("x-amz-target:").unwrap_or_default();
    let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
    (read.len() >= whole).then_some((operation, head, whole))
}
