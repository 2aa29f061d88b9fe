//! The way to WeChat over HTTP. TLS is Rust's own throughout, so that nobody needs a C
//! compiler to build the program (docs/decisions/0012-talking-to-wechat.md).

use std::io;
use std::time::Duration;

use kanyin::deliver::{Answer, Broken, Request, Transport};
use kanyin::diag::{Code, Fault, Finding};
use ureq::tls::TlsConfig;
use ureq::{Agent, Error, Timeout};

const UNSAFE_BASE: Code = Code::new("draft-unsafe-address");
const NO_TLS: Code = Code::new("draft-no-tls");

/// WeChat's own server.
const WECHAT: &str = "https://api.weixin.qq.com";
/// Where another server is named, for trying things out.
const VARIABLE: &str = "KANYIN_WECHAT_API";

/// How long a connection may take to come about.
const CONNECTING: Duration = Duration::from_secs(15);
/// How long the server may be silent before its answer.
const ANSWERING: Duration = Duration::from_secs(60);
/// How long a whole call may take: 10 MB on a slow line.
const CALL: Duration = Duration::from_secs(300);
/// The longest answer that is read, in bytes.
const LONGEST: u64 = 4_000_000;

/// The server to talk to.
///
/// # Errors
/// Where the environment names one that is neither https nor on this machine: the
/// secret would travel open to all.
pub(super) fn base() -> Result<String, Fault> {
    let Some(base) = super::credentials::variable(VARIABLE) else { return Ok(WECHAT.to_owned()) };
    let base = base.trim_end_matches('/').to_owned();
    let host = |rest: &str| !rest.is_empty() && !rest.contains(['?', '#', '@', ' ']);
    let safe = base.strip_prefix("https://").is_some_and(host)
        || base.strip_prefix("http://").is_some_and(|rest| host(rest) && is_here(rest));
    if safe {
        Ok(base)
    } else {
        Err(Fault::usage(Finding::error(UNSAFE_BASE).arg("name", VARIABLE)))
    }
}

/// Whether the host of an address is this machine.
fn is_here(rest: &str) -> bool {
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(inside) => inside.split(']').next(),
        None => authority.split(':').next(),
    };
    host.is_some_and(|host| matches!(host, "127.0.0.1" | "localhost" | "::1"))
}

/// A client of one server.
pub(super) struct Http {
    agent: Agent,
    base: String,
}

impl Http {
    /// A client of the server `base`.
    ///
    /// # Errors
    /// Where this processor cannot encrypt with what the program has.
    pub(super) fn new(base: &str) -> Result<Self, Fault> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("kanyin/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECTING))
            .timeout_recv_response(Some(ANSWERING))
            .timeout_global(Some(CALL));
        if base.starts_with("https://") {
            config = config.tls_config(tls()?);
        } else {
            // Only this machine is spoken to openly, and no proxy leads there.
            config = config.proxy(None);
        }
        Ok(Self { agent: config.build().into(), base: base.to_owned() })
    }
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn tls() -> Result<TlsConfig, Fault> {
    // Asked beforehand, for without these the routines would end the program.
    #[cfg(target_arch = "x86_64")]
    let able = is_x86_feature_detected!("aes")
        && is_x86_feature_detected!("pclmulqdq")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("adx")
        && is_x86_feature_detected!("avx")
        && is_x86_feature_detected!("avx2");
    #[cfg(target_arch = "aarch64")]
    let able = std::arch::is_aarch64_feature_detected!("aes")
        && std::arch::is_aarch64_feature_detected!("pmull")
        && std::arch::is_aarch64_feature_detected!("sha2");
    if !able {
        return Err(Fault::work(Finding::error(NO_TLS)));
    }
    let provider = std::sync::Arc::new(rustls_graviola::default_provider());
    Ok(TlsConfig::builder().unversioned_rustls_crypto_provider(provider).build())
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn tls() -> Result<TlsConfig, Fault> {
    Err(Fault::work(Finding::error(NO_TLS)))
}

impl Transport for Http {
    fn post(&self, request: &Request<'_>) -> Result<Answer, Broken> {
        let address = request.address(&self.base);
        let call = self.agent.post(address.expose()).content_type(request.content_type);
        let mut response = call.send(request.body).map_err(broken)?;
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LONGEST).read_to_vec();
        Ok(Answer { status, body: body.map_err(broken)? })
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// What broke, in words without the address: the token stands in it.
fn broken(error: Error) -> Broken {
    match error {
        Error::HostNotFound | Error::ConnectionFailed | Error::InvalidProxyUrl => {
            Broken::Unreachable(error.to_string())
        }
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            Broken::Unreachable(error.to_string())
        }
        Error::Timeout(_) => Broken::TimedOut,
        Error::Rustls(why) => Broken::Insecure(why.to_string()),
        Error::Tls(why) => Broken::Insecure(why.to_owned()),
        Error::Io(why) => of_io(&why),
        // The texts of some of the others hold the address.
        _ => Broken::Interrupted(String::from("HTTP")),
    }
}

fn of_io(why: &io::Error) -> Broken {
    let tls = why.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    if let Some(tls) = tls {
        return Broken::Insecure(tls.to_string());
    }
    match why.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Broken::TimedOut,
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Broken::Interrupted(why.to_string()),
        // Names that are not found come without a kind of their own.
        _ => Broken::Unreachable(why.to_string()),
    }
}
