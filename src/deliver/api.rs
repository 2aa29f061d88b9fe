//! The calls of the draft API. Fetches the token, keeps it in memory only, renews it
//! once where it has run out, and waits where WeChat is busy. There is no call here
//! that publishes.

use std::cell::RefCell;
use std::time::Duration;

use serde_json::{Value, json};

use super::form;
use super::post::Kind;
use super::refusal::Refusal;
use super::{Request, Secret, Transport};

/// How long is waited before each new try where WeChat is busy (errcode -1).
pub const WAITS: [Duration; 3] =
    [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(6)];

const TOKEN: &str = "/cgi-bin/stable_token";
const UPLOAD_PICTURE: &str = "/cgi-bin/media/uploadimg";
const ADD_MATERIAL: &str = "/cgi-bin/material/add_material";
const ADD_DRAFT: &str = "/cgi-bin/draft/add";
const UPDATE_DRAFT: &str = "/cgi-bin/draft/update";
const GET_DRAFT: &str = "/cgi-bin/draft/get";
const JSON: &str = "application/json; charset=utf-8";

/// The codes that say that the token is no longer taken.
const TOKEN_CODES: [i64; 4] = [40001, 40014, 41001, 42001];
/// The code that says that WeChat is busy.
const BUSY: i64 = -1;
/// The code that says that a media id is not known.
pub(super) const UNKNOWN_MEDIA: i64 = 40007;

/// Who asks.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account's AppID.
    pub appid: String,
    /// The account's AppSecret.
    pub secret: Secret,
}

/// The draft API of one account.
pub struct Api<'a> {
    transport: &'a dyn Transport,
    account: &'a Account,
    waits: &'a [Duration],
    token: RefCell<Option<Secret>>,
}

impl<'a> Api<'a> {
    /// The API, reached through `transport`. Before each new try where WeChat is busy
    /// one of `waits` is waited.
    pub fn new(transport: &'a dyn Transport, account: &'a Account, waits: &'a [Duration]) -> Self {
        Self { transport, account, waits, token: RefCell::new(None) }
    }

    /// Uploads a picture of a text and gives its address, which is https.
    pub(super) fn upload_picture(&self, name: &str, file: &[u8]) -> Result<String, Refusal> {
        let answer = self.upload(UPLOAD_PICTURE, "", name, file)?;
        let address = text(&answer, "url")?;
        Ok(match address.strip_prefix("http://") {
            Some(rest) => format!("https://{rest}"),
            None => address.to_owned(),
        })
    }

    /// Uploads a cover and gives its media id.
    pub(super) fn upload_cover(&self, name: &str, file: &[u8]) -> Result<String, Refusal> {
        let answer = self.upload(ADD_MATERIAL, "type=image", name, file)?;
        text(&answer, "media_id").map(str::to_owned)
    }

    /// Makes a draft of these articles and gives its media id.
    pub(super) fn add_draft(&self, articles: &[Value]) -> Result<String, Refusal> {
        let answer = self.ask(ADD_DRAFT, &json!({ "articles": articles }))?;
        text(&answer, "media_id").map(str::to_owned)
    }

    /// Puts an article in the place of the one that stands at `index`, from 0.
    pub(super) fn update_draft(
        &self,
        media_id: &str,
        index: usize,
        article: &Value,
    ) -> Result<(), Refusal> {
        let body = json!({ "media_id": media_id, "index": index, "articles": article });
        self.ask(UPDATE_DRAFT, &body).map(|_| ())
    }

    /// Whether a draft still lies in the draft box: it may be published or deleted.
    pub(super) fn has_draft(&self, media_id: &str) -> Result<bool, Refusal> {
        match self.ask(GET_DRAFT, &json!({ "media_id": media_id })) {
            Ok(_) => Ok(true),
            Err(Refusal::Answered { code: UNKNOWN_MEDIA, .. }) => Ok(false),
            Err(refusal) => Err(refusal),
        }
    }

    fn upload(
        &self,
        path: &'static str,
        query: &'static str,
        name: &str,
        file: &[u8],
    ) -> Result<Value, Refusal> {
        let form = form::media(name, Kind::of(file).map_or("", Kind::media_type), file);
        self.call(path, query, &form.content_type, &form.body)
    }

    fn ask(&self, path: &'static str, body: &Value) -> Result<Value, Refusal> {
        // UTF-8 as it is: the API stores escapes as they stand.
        self.call(path, "", JSON, body.to_string().as_bytes())
    }

    fn call(
        &self,
        path: &'static str,
        query: &'static str,
        content_type: &str,
        body: &[u8],
    ) -> Result<Value, Refusal> {
        let send = |token: &Secret| {
            let token = Some(token);
            self.patient(&Request { path, query, token, content_type, body })
        };
        let known = self.token.borrow().clone();
        let token = match known {
            Some(token) => token,
            None => self.fetch_token(false)?,
        };
        match send(&token) {
            Err(Refusal::Answered { code, .. }) if TOKEN_CODES.contains(&code) => {
                // A forced renewal takes the token from the account's other programs,
                // so WeChat is first asked whether it has another one anyway.
                let mut new = self.fetch_token(false)?;
                if new == token {
                    new = self.fetch_token(true)?;
                }
                send(&new)
            }
            answer => answer,
        }
    }

    fn fetch_token(&self, force: bool) -> Result<Secret, Refusal> {
        let Account { appid, secret } = self.account;
        let body = json!({
            "grant_type": "client_credential",
            "appid": appid,
            "secret": secret.expose(),
            "force_refresh": force,
        });
        let (body, content_type) = (body.to_string(), JSON);
        let body = body.as_bytes();
        let request = Request { path: TOKEN, query: "", token: None, content_type, body };
        let answer = self.patient(&request).map_err(Refusal::of_account)?;
        let token = Secret::new(text(&answer, "access_token")?);
        *self.token.borrow_mut() = Some(token.clone());
        Ok(token)
    }

    /// Sends a request, again where WeChat is busy.
    fn patient(&self, request: &Request<'_>) -> Result<Value, Refusal> {
        let mut waits = self.waits.iter();
        loop {
            match (self.once(request), waits.next()) {
                (Err(Refusal::Answered { code: BUSY, .. }), Some(wait)) => {
                    self.transport.pause(*wait);
                }
                (answer, _) => return answer,
            }
        }
    }

    fn once(&self, request: &Request<'_>) -> Result<Value, Refusal> {
        let answer = self.transport.post(request).map_err(Refusal::Broken)?;
        let status = answer.status;
        let Ok(Value::Object(fields)) = serde_json::from_slice(&answer.body) else {
            return Err(Refusal::NotTheApi { status });
        };
        let code = fields.get("errcode").and_then(Value::as_i64).unwrap_or_default();
        if code != 0 {
            let said = fields.get("errmsg").and_then(Value::as_str).unwrap_or_default();
            let said = self.account.secret.taken_out_of(said);
            let said = request.token.map_or_else(|| said.clone(), |t| t.taken_out_of(&said));
            return Err(Refusal::Answered { code, said: on_a_line(&said) });
        }
        if status != 200 {
            return Err(Refusal::NotTheApi { status });
        }
        Ok(Value::Object(fields))
    }
}

/// A field that an answer must have.
fn text<'a>(answer: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    let value = answer[name].as_str().filter(|value| !value.is_empty());
    value.ok_or(Refusal::NotTheApi { status: 200 })
}

/// What a server says, fit to be printed.
fn on_a_line(said: &str) -> String {
    said.chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
