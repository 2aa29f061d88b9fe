//! As much of HTTP/1.1 as a test server needs: requests with a length, answers that
//! close the connection, and connections that break.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

/// A request as it came.
pub struct Asked {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub content_type: String,
    pub body: Vec<u8>,
}

impl Asked {
    /// A value of the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// How a request is answered.
pub enum Answer {
    Json(serde_json::Value),
    Html(u16, &'static str),
    /// Not at all: the connection is closed.
    Nothing,
}

/// The head of a request; `None` where the connection ends.
pub fn head(reader: &mut BufReader<TcpStream>) -> Option<(Asked, usize)> {
    let line = line(reader)?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let query = pairs.filter_map(|p| p.split_once('=')).map(|(k, v)| (k.into(), v.into()));
    let mut asked = Asked {
        method,
        path: path.to_owned(),
        query: query.collect(),
        content_type: String::new(),
        body: Vec::new(),
    };
    let mut length = 0;
    loop {
        let header = self::line(reader)?;
        let Some((name, value)) = header.split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "content-type" => value.trim().clone_into(&mut asked.content_type),
            _ => {}
        }
    }
    Some((asked, length))
}

fn line(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    (reader.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_owned())
}

/// Reads so much of a body.
pub fn body(reader: &mut BufReader<TcpStream>, length: usize) -> Option<Vec<u8>> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}

/// Sends an answer.
pub fn answer(stream: &mut TcpStream, answer: Answer) {
    let (status, kind, body) = match answer {
        Answer::Json(value) => (200, "application/json", value.to_string()),
        Answer::Html(status, text) => (status, "text/html", text.to_owned()),
        Answer::Nothing => return,
    };
    let head = format!(
        "HTTP/1.1 {status} Status\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    // Whoever went away does not want the answer.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    let _ = stream.flush();
}
