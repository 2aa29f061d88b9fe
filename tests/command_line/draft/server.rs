//! A server that stands in for WeChat's. It holds the program to what the API takes,
//! notes every breach, and fails where a test tells it to. It knows no call that
//! publishes: one would be a breach.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufReader;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use serde_json::{Value, json};

use super::http::{self, Answer, Asked};
use super::rules;

pub const APPID: &str = "wx1234567890abcdef";
pub const SECRET: &str = "0123456789abcdef-never-to-be-seen";
pub const BASE_OF_TOKENS: &str = "TOKEN-never-to-be-seen-";

/// How a call of a path fails.
#[derive(Clone)]
pub enum Failure {
    /// With this number and these words.
    Code(i64, &'static str),
    /// With a page instead of the API's answer.
    Page(u16, &'static str),
    /// The connection breaks when so many bytes of the body have come.
    BreakAfter(usize),
    /// The call is done, and the connection breaks before the answer.
    BreakBeforeAnswer,
    /// The answer comes this much later.
    Late(Duration),
}

/// What the server has and knows.
#[derive(Default)]
pub struct State {
    tokens: usize,
    /// Paths in the order in which they were called.
    pub calls: Vec<String>,
    /// Pictures of texts: their addresses.
    pub addresses: BTreeSet<String>,
    /// Covers: their media ids.
    pub covers: BTreeSet<String>,
    /// Everything that was uploaded, by path and content.
    uploads: BTreeSet<(String, Vec<u8>)>,
    /// The drafts by media id.
    pub drafts: BTreeMap<String, Vec<Value>>,
    /// Which calls fail, each so many times.
    failures: Vec<(&'static str, usize, Failure)>,
    made: usize,
    breaches: Vec<String>,
}

/// A server on this machine.
pub struct Server {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Server {
    /// Starts one.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &state));
            }
        });
        Self { port, state }
    }

    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the server lives")
    }

    /// Has the next `times` calls of `path` fail.
    pub fn fail(&self, path: &'static str, times: usize, failure: Failure) {
        self.state().failures.push((path, times, failure));
    }

    /// How often a path was called since the last time this was asked for it.
    pub fn calls(&self, path: &str) -> usize {
        let mut state = self.state();
        let before = state.calls.len();
        state.calls.retain(|called| called != path);
        before - state.calls.len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.state().breaches, [""; 0], "the API was used as it must not be");
        }
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let Ok(copy) = stream.try_clone() else { return };
    let mut reader = BufReader::new(copy);
    let Some((mut asked, length)) = http::head(&mut reader) else { return };
    let failure = {
        let mut state = state.lock().expect("the server lives");
        state.calls.push(asked.path.clone());
        state.failure(&asked.path)
    };
    if let Some(Failure::BreakAfter(bytes)) = failure {
        let _ = http::body(&mut reader, bytes.min(length));
        let _ = stream.shutdown(Shutdown::Both);
        return;
    }
    let Some(body) = http::body(&mut reader, length) else { return };
    asked.body = body;
    let answer = match failure {
        Some(Failure::Code(code, said)) => Answer::Json(json!({"errcode": code, "errmsg": said})),
        Some(Failure::Page(status, text)) => Answer::Html(status, text),
        Some(Failure::BreakBeforeAnswer) => {
            state.lock().expect("the server lives").answer(&asked);
            Answer::Nothing
        }
        Some(Failure::Late(time)) => {
            std::thread::sleep(time);
            Answer::Json(state.lock().expect("the server lives").answer(&asked))
        }
        Some(Failure::BreakAfter(_)) | None => {
            Answer::Json(state.lock().expect("the server lives").answer(&asked))
        }
    };
    http::answer(&mut stream, answer);
}

impl State {
    fn failure(&mut self, path: &str) -> Option<Failure> {
        let at = self.failures.iter().position(|(p, times, _)| *p == path && *times > 0)?;
        let (_, times, failure) = &mut self.failures[at];
        *times -= 1;
        Some(failure.clone())
    }

    /// Another program took the token.
    pub fn expire(&mut self) {
        self.tokens += 1;
    }

    fn token(&self) -> String {
        format!("{BASE_OF_TOKENS}{}-{}", self.tokens, "x".repeat(512))
    }

    fn breach(&mut self, what: impl Into<String>) -> Value {
        let what = what.into();
        self.breaches.push(what.clone());
        json!({"errcode": 1, "errmsg": what})
    }

    fn answer(&mut self, asked: &Asked) -> Value {
        if asked.method != "POST" {
            return self.breach(format!("{} {}", asked.method, asked.path));
        }
        if asked.path == "/cgi-bin/stable_token" {
            return self.stable_token(asked);
        }
        if asked.query("access_token") != Some(self.token().as_str()) {
            return json!({"errcode": 42001, "errmsg": "access_token expired rid: 1-2-3"});
        }
        match asked.path.as_str() {
            "/cgi-bin/media/uploadimg" => self.upload(asked, 1_000_000),
            "/cgi-bin/material/add_material" => {
                if asked.query("type") != Some("image") {
                    return self.breach("add_material without type=image");
                }
                self.upload(asked, 10_000_000)
            }
            "/cgi-bin/draft/add" => self.add(asked),
            "/cgi-bin/draft/update" => self.update(asked),
            "/cgi-bin/draft/get" => match rules::json(&asked.body) {
                Ok(body) if self.drafts.contains_key(rules::text(&body, "media_id")) => {
                    json!({"news_item": []})
                }
                Ok(_) => json!({"errcode": 40007, "errmsg": "invalid media_id"}),
                Err(why) => self.breach(why),
            },
            other => self.breach(format!("{other} was called")),
        }
    }

    fn stable_token(&mut self, asked: &Asked) -> Value {
        let body = match rules::json(&asked.body) {
            Ok(body) => body,
            Err(why) => return self.breach(why),
        };
        if !asked.query.is_empty() || body["grant_type"] != "client_credential" {
            return self.breach(format!("stable_token: {:?}", asked.query));
        }
        match body["force_refresh"].as_bool() {
            Some(true) => self.tokens += 1,
            Some(false) => {}
            None => return self.breach("force_refresh is no truth value"),
        }
        if body["appid"] != APPID {
            return json!({"errcode": 40013, "errmsg": "invalid appid"});
        }
        if body["secret"] != SECRET {
            // What a server repeats must not be repeated once more.
            let said = format!("invalid appsecret {}", body["secret"]);
            return json!({"errcode": 40125, "errmsg": said});
        }
        json!({"access_token": self.token(), "expires_in": 7200})
    }

    fn upload(&mut self, asked: &Asked, limit: usize) -> Value {
        let file = match rules::media(asked, limit) {
            Ok(file) => file,
            Err(why) => return self.breach(format!("{}: {why}", asked.path)),
        };
        if !self.uploads.insert((asked.path.clone(), file.clone())) {
            self.breach(format!("{}: a picture was uploaded twice", asked.path));
        }
        let n = self.uploads.len();
        if asked.path.ends_with("uploadimg") {
            let address = format!("mmbiz.qpic.cn/mmbiz_jpg/{n:064}/0?wx_fmt=jpeg&from=appmsg");
            self.addresses.insert(format!("https://{address}"));
            return json!({"url": format!("http://{address}")});
        }
        let media_id = format!("cover-{n}");
        self.covers.insert(media_id.clone());
        json!({"media_id": media_id, "url": "http://mmbiz.qpic.cn/unused"})
    }

    /// Forgets a cover, as if it was deleted from the account's material.
    pub fn lose_covers(&mut self) {
        self.covers.clear();
        self.uploads.retain(|(path, _)| !path.contains("material"));
    }

    fn add(&mut self, asked: &Asked) -> Value {
        let body = match rules::json(&asked.body) {
            Ok(body) => body,
            Err(why) => return self.breach(why),
        };
        let Some(articles) = body["articles"].as_array() else {
            return self.breach("draft/add without articles");
        };
        if !(1..=8).contains(&articles.len()) {
            return self.breach(format!("{} articles in a draft", articles.len()));
        }
        for article in articles {
            if let Err(answer) = self.judge(article, articles.len()) {
                return answer;
            }
        }
        self.made += 1;
        let media_id = format!("draft-{}", self.made);
        self.drafts.insert(media_id.clone(), articles.clone());
        json!({"media_id": media_id})
    }

    fn update(&mut self, asked: &Asked) -> Value {
        let body = match rules::json(&asked.body) {
            Ok(body) => body,
            Err(why) => return self.breach(why),
        };
        let media_id = rules::text(&body, "media_id").to_owned();
        let Some(count) = self.drafts.get(&media_id).map(Vec::len) else {
            return json!({"errcode": 40007, "errmsg": "invalid media_id"});
        };
        let index = body["index"].as_u64().and_then(|n| usize::try_from(n).ok());
        let Some(index) = index.filter(|index| *index < count) else {
            return self.breach(format!("index {} of {count}", body["index"]));
        };
        if let Err(answer) = self.judge(&body["articles"], count) {
            return answer;
        }
        if let Some(draft) = self.drafts.get_mut(&media_id) {
            draft[index] = body["articles"].clone();
        }
        json!({"errcode": 0, "errmsg": "ok"})
    }

    fn judge(&mut self, article: &Value, together: usize) -> Result<(), Value> {
        if !self.covers.contains(rules::text(article, "thumb_media_id")) {
            return Err(json!({"errcode": 40007, "errmsg": "invalid media_id"}));
        }
        rules::article(article, together, &self.addresses).map_err(|why| self.breach(why))
    }
}
