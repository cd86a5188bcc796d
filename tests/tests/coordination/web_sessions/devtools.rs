//! Chromium by its own protocol, over two pipes: no driver, no port, nothing else to install.

use dynamodel_tests::browser::ARGUMENTS;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// After this it hangs, and the test fails.
const PATIENCE: Duration = Duration::from_secs(120);

/// One browser with a profile, and so cookies, of its own.
pub struct Browser {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    folder: PathBuf,
    session: Option<String>,
    sent: u64,
    /// How many pages were loaded.
    loads: u64,
}

impl Browser {
    pub fn start(chromium: &Path, name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dynamodel-{name}-{}", std::process::id()));
        // It reads its orders from the descriptor 3 and responds on 4.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>&2", "sh"])
            .arg(chromium)
            .args(ARGUMENTS)
            .args(["--remote-debugging-pipe", "--no-proxy-server"])
            .arg(format!("--user-data-dir={}", folder.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, from) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(out).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { return };
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut browser = Self { child, to, from, folder, session: None, sent: 0, loads: 0 };
        let page = browser.ask("Target.createTarget", &json!({ "url": "about:blank" }));
        let attached = json!({ "targetId": page["targetId"], "flatten": true });
        let attached = browser.ask("Target.attachToTarget", &attached);
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        browser.ask("Page.enable", &json!({}));
        browser
    }

    /// The next message: a response, or an event, of which only the pages count.
    fn hear(&mut self) -> Value {
        let message = self.from.recv_timeout(PATIENCE).expect("the browser does not respond");
        self.loads += u64::from(message["method"] == "Page.loadEventFired");
        message
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.sent += 1;
        let mut order = json!({ "id": self.sent, "method": method, "params": params });
        if let Some(session) = &self.session {
            order["sessionId"] = json!(session);
        }
        self.to.write_all(order.to_string().as_bytes()).unwrap();
        self.to.write_all(&[0]).unwrap();
        loop {
            let mut response = self.hear();
            if response["id"] == self.sent {
                assert!(response["error"].is_null(), "{method}: {}", response["error"]);
                return response["result"].take();
            }
        }
    }

    /// Does what leads to a page, and waits until that is loaded.
    fn and_load(&mut self, method: &str, params: &Value) {
        let before = self.loads;
        self.ask(method, params);
        while self.loads == before {
            self.hear();
        }
    }

    pub fn open(&mut self, url: &str) {
        self.and_load("Page.navigate", &json!({ "url": url }));
    }

    pub fn reload(&mut self) {
        self.and_load("Page.reload", &json!({}));
    }

    /// What a script gives.
    pub fn evaluate(&mut self, script: &str) -> Value {
        let given = self.ask("Runtime.evaluate", &json!({ "expression": script, "returnByValue": true }));
        assert!(given["exceptionDetails"].is_null(), "{script}: {given}");
        given["result"]["value"].clone()
    }

    pub fn text(&mut self, id: &str) -> String {
        self.evaluate(&format!("document.getElementById('{id}').textContent")).as_str().unwrap().to_owned()
    }

    /// Presses a button that leads to a page.
    pub fn press(&mut self, id: &str) {
        let script = format!("document.getElementById('{id}').click()");
        self.and_load("Runtime.evaluate", &json!({ "expression": script, "userGesture": true }));
    }

    pub fn write(&mut self, id: &str, text: &str) {
        self.evaluate(&format!("document.getElementById('{id}').focus()"));
        self.ask("Input.insertText", &json!({ "text": text }));
    }

    /// The cookie of that name, as the browser keeps it.
    pub fn cookie(&mut self, name: &str) -> Option<Value> {
        let all = self.ask("Network.getCookies", &json!({}));
        all["cookies"].as_array().unwrap().iter().find(|cookie| cookie["name"] == name).cloned()
    }

    pub fn set_cookie(&mut self, cookie: &Value) {
        assert_eq!(self.ask("Network.setCookie", cookie)["success"], true);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // What the browser leaves running for a short time may still write there.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
