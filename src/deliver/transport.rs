//! The way to the API, as far as this room knows it: a request goes out, a whole
//! answer comes back or the way is broken. Who implements it brings network and clock.

use std::fmt;
use std::time::Duration;

use super::Secret;

/// Sends requests. The command line has one that speaks HTTP.
pub trait Transport {
    /// Posts a request and gives the whole answer, whatever its status.
    ///
    /// # Errors
    /// Where no whole answer came back. The reason must not hold the address, for a
    /// token stands in it.
    fn post(&self, request: &Request<'_>) -> Result<Answer, Broken>;

    /// Waits so long.
    fn pause(&self, time: Duration);
}

/// A request to the API.
pub struct Request<'a> {
    /// The path, such as `/cgi-bin/draft/add`.
    pub path: &'static str,
    /// What the query says besides the token.
    pub query: &'static str,
    /// The token; only the request for one has none.
    pub token: Option<&'a Secret>,
    /// What the body is.
    pub content_type: &'a str,
    /// The body. That of the request for a token holds the account's secret.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// The whole address below `base`, such as `https://api.weixin.qq.com`.
    pub fn address(&self, base: &str) -> Secret {
        let token = self.token.map(|token| format!("access_token={}", encoded(token.expose())));
        let query: Vec<&str> =
            token.as_deref().into_iter().chain([self.query]).filter(|q| !q.is_empty()).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        Secret::new(format!("{base}{}{mark}{}", self.path, query.join("&")))
    }
}

/// A value as it may stand in a query (RFC 3986, 2.3).
fn encoded(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

impl fmt::Debug for Request<'_> {
    /// Neither token nor body, for both may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("path", &self.path).finish_non_exhaustive()
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status; the API answers 200 to everything.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The server could not be reached; nothing was sent.
    Unreachable(String),
    /// The server's certificate is not to be trusted; nothing was sent.
    Insecure(String),
    /// No answer came in time.
    TimedOut,
    /// The connection broke while something was sent or received.
    Interrupted(String),
}

impl Broken {
    /// Whether the server may have done what it was asked to.
    pub(super) fn may_be_done(&self) -> bool {
        matches!(self, Self::TimedOut | Self::Interrupted(_))
    }
}
