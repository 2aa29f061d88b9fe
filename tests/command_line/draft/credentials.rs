//! Where id and secret may come from, and where not.

use super::server::{APPID, SECRET, Server};
use super::{desk, draft, with};
use crate::Desk;

/// A file of credentials outside the project.
fn file(text: &str) -> (Desk, String) {
    let elsewhere = Desk::empty();
    elsewhere.write("wechat.toml", text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(elsewhere.path("wechat.toml"), mode).expect("a mode");
    }
    let path = elsewhere.path("wechat.toml").display().to_string();
    (elsewhere, path)
}

const ONE: &[&str] = &["posts", "--only", "1"];

#[test]
fn without_credentials_the_ways_to_give_them_are_told() {
    let (desk, server) = (desk(), Server::start());
    let ran = with(&desk, &server, ONE, &[]);
    assert_eq!(ran.code, 2);
    for words in ["KANYIN_WECHAT_APPID", "KANYIN_WECHAT_SECRET", "wechat.toml", "基本配置"] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
    let ran = with(&desk, &server, ONE, &[("KANYIN_WECHAT_APPID", APPID)]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("缺 KANYIN_WECHAT_SECRET"), "{}", ran.err);
    assert_eq!(server.state().calls, [""; 0]);
}

#[test]
fn a_file_outside_the_project_is_taken_with_one_account_or_several() {
    let (desk, server) = (desk(), Server::start());
    let (_kept, path) = file(&format!("appid = \"{APPID}\"\nsecret = \"{SECRET}\"\n"));
    let ran = with(&desk, &server, ONE, &[("KANYIN_WECHAT_CREDENTIALS", &path)]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let several = format!(
        "[account.\"校报\"]\nappid = \"wx0\"\nsecret = \"0\"\n\
         [account.\"学校\"]\nappid = \"{APPID}\"\nsecret = \"{SECRET}\"\n"
    );
    let (_kept, path) = file(&several);
    let variable = [("KANYIN_WECHAT_CREDENTIALS", path.as_str())];
    let ran = with(&desk, &server, &[ONE, &["--account", "学校"]].concat(), &variable);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = with(&desk, &server, ONE, &variable);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("学校、校报") && ran.err.contains("--account"), "{}", ran.err);
    let ran = with(&desk, &server, &[ONE, &["--account", "院报"]].concat(), &variable);
    assert!(ran.err.contains("没有名为“院报”的公众号"), "{}", ran.err);
}

#[test]
fn a_file_inside_the_project_is_refused() {
    let (desk, server) = (desk(), Server::start());
    desk.write("wechat.toml", &format!("appid = \"{APPID}\"\nsecret = \"{SECRET}\"\n"));
    for path in ["wechat.toml", "sources/../wechat.toml"] {
        let ran = with(&desk, &server, ONE, &[("KANYIN_WECHAT_CREDENTIALS", path)]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("项目会被拷贝、打包、共享"), "{}", ran.err);
    }
    assert_eq!(server.state().calls, [""; 0]);
}

#[test]
fn a_file_written_wrongly_is_told_by_line_and_not_shown() {
    let (desk, server) = (desk(), Server::start());
    for text in [
        format!("appid = \"{APPID}\"\nsecret = \"{SECRET}\n"),
        format!("appid = \"{APPID}\"\nsecret = \"{SECRET}\"\n{SECRET} = 1\n"),
        format!("secret = [\"{SECRET}\"]\n"),
    ] {
        let (_kept, path) = file(&text);
        let ran = with(&desk, &server, ONE, &[("KANYIN_WECHAT_CREDENTIALS", &path)]);
        assert_eq!(ran.code, 2, "{text}");
        assert!(
            ran.err.contains("凭证文件读不了") && ran.err.contains("wechat.toml:"),
            "{}",
            ran.err
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let (desk, server) = (desk(), Server::start());
    let (kept, path) = file(&format!("appid = \"{APPID}\"\nsecret = \"{SECRET}\"\n"));
    let mode = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(kept.path("wechat.toml"), mode).expect("a mode");
    let ran = with(&desk, &server, ONE, &[("KANYIN_WECHAT_CREDENTIALS", &path)]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("chmod 600"), "{}", ran.err);
}

#[test]
fn a_wrong_secret_is_told_and_not_repeated() {
    let (desk, server) = (desk(), Server::start());
    let wrong = "another-secret-that-is-wrong";
    let account = [("KANYIN_WECHAT_APPID", APPID), ("KANYIN_WECHAT_SECRET", wrong)];
    let ran = with(&desk, &server, ONE, &account);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("AppSecret 不对") && !ran.err.contains(wrong), "{}", ran.err);
    let account = [("KANYIN_WECHAT_APPID", "wx0"), ("KANYIN_WECHAT_SECRET", SECRET)];
    let ran = with(&desk, &server, ONE, &account);
    assert!(ran.err.contains("不认这个 AppID"), "{}", ran.err);
}

#[test]
fn the_secret_does_not_travel_in_the_open() {
    let (desk, server) = (desk(), Server::start());
    for base in ["http://api.example", "http://127.0.0.1@evil.example", "ftp://x", "https://"] {
        let account = [
            ("KANYIN_WECHAT_API", base),
            ("KANYIN_WECHAT_APPID", APPID),
            ("KANYIN_WECHAT_SECRET", SECRET),
        ];
        let ran = with(&desk, &server, ONE, &account);
        assert_eq!(ran.code, 2, "{base}");
        assert!(ran.err.contains("要以 https:// 开头"), "{base}: {}", ran.err);
    }
    assert_eq!(draft(&desk, &server, ONE).code, 0);
}
