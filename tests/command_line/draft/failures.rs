//! What goes wrong at WeChat and on the way there, what an editor then reads, and
//! that the next run goes on where this one stopped.

use std::time::Duration;

use super::server::{Failure, Server};
use super::{change, desk, draft};

const TOKEN: &str = "/cgi-bin/stable_token";
const UPLOAD: &str = "/cgi-bin/media/uploadimg";
const COVER: &str = "/cgi-bin/material/add_material";
const ADD: &str = "/cgi-bin/draft/add";
const ALWAYS: usize = usize::MAX;

#[test]
fn an_upload_that_breaks_in_the_middle_is_gone_on_with() {
    let (desk, server) = (desk(), Server::start());
    assert_eq!(draft(&desk, &server, &["posts", "--only", "1"]).code, 0);
    server.state().calls.clear();
    server.fail(UPLOAD, 1, Failure::BreakAfter(300));
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("再运行一次同一条命令"), "{}", ran.err);
    assert!(ran.out.contains("失败  posts：《推送之3》"), "{}", ran.out);
    server.state().calls.clear();
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!((ran.out.matches("未变").count(), ran.out.matches("新建").count()), (2, 1));
    assert_eq!((server.calls(UPLOAD), server.calls(ADD)), (1, 1), "only what was missing");
}

#[test]
fn an_old_token_is_renewed_once() {
    let (desk, server) = (desk(), Server::start());
    server.fail(UPLOAD, 1, Failure::Code(42001, "access_token expired"));
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(server.calls(TOKEN), 3, "the same one was given, so a new one was asked for");
    change(&desk, "sources/推送/1.md");
    server.fail("/cgi-bin/draft/update", ALWAYS, Failure::Code(40001, "invalid credential"));
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("draft-api-token") && ran.err.contains("互相顶替"), "{}", ran.err);
    assert_eq!(server.calls("/cgi-bin/draft/update"), 2);
}

#[test]
fn a_token_that_another_program_took_is_fetched_without_force() {
    let (desk, server) = (desk(), Server::start());
    server.fail(COVER, 1, Failure::Late(Duration::from_millis(1500)));
    let took = std::thread::scope(|scope| {
        let ran = scope.spawn(|| draft(&desk, &server, &["posts", "--only", "1"]));
        // While the first cover waits, the account's token becomes another.
        for _ in 0..500 {
            if server.state().calls.iter().any(|path| path == COVER) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        server.state().expire();
        ran.join().expect("the program ran")
    });
    assert_eq!(took.code, 0, "{}", took.err);
    assert_eq!(server.calls(TOKEN), 2);
}

#[test]
fn the_address_to_put_on_the_list_is_named() {
    let (desk, server) = (desk(), Server::start());
    let said = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 6-7";
    server.fail(TOKEN, ALWAYS, Failure::Code(40164, said));
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("203.0.113.7 不在公众号的 IP 白名单里"), "{}", ran.err);
    assert!(ran.err.contains("设置与开发→基本配置→IP 白名单”里加上 203.0.113.7"), "{}", ran.err);
    assert_eq!(server.calls(TOKEN), 1, "what cannot help is not tried");
    assert_eq!(ran.out.matches("未做").count(), 2, "{}", ran.out);
}

#[test]
fn a_busy_server_is_asked_again_and_a_used_up_quota_is_not() {
    let (desk, server) = (desk(), Server::start());
    server.fail(COVER, 1, Failure::Code(-1, "system error"));
    assert_eq!(draft(&desk, &server, &["posts", "--only", "1"]).code, 0);
    assert_eq!(server.calls(COVER), 2);
    server.fail(ADD, ALWAYS, Failure::Code(45009, "reach max api daily quota limit"));
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("今天的接口次数用完了"), "{}", ran.err);
    assert!(ran.err.contains("明天再运行同一条命令"), "{}", ran.err);
    assert_eq!(server.calls(ADD), 2, "one that went well, one that did not");
}

#[test]
fn what_is_wrong_with_one_draft_does_not_keep_the_others_back() {
    let (desk, server) = (desk(), Server::start());
    server.fail(ADD, 1, Failure::Code(45166, "invalid content"));
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("推送/1.md") && ran.err.contains("draft-api-content"), "{}", ran.err);
    assert_eq!((ran.out.matches("失败").count(), ran.out.matches("新建").count()), (1, 2));
    let ran = draft(&desk, &server, &["posts"]);
    assert_eq!((ran.code, ran.out.matches("新建").count()), (0, 1), "{}", ran.out);
}

#[test]
fn pages_instead_of_answers_and_late_answers_are_told_plainly() {
    let (desk, server) = (desk(), Server::start());
    for failure in
        [Failure::Page(500, "<html>oops</html>"), Failure::Page(200, "<html>log in</html>")]
    {
        server.fail(COVER, 1, failure);
        let ran = draft(&desk, &server, &["posts", "--only", "1"]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("应答的不是微信接口"), "{}", ran.err);
        assert!(ran.err.contains("登录页或代理"), "{}", ran.err);
    }
    server.fail(COVER, 1, Failure::Late(Duration::from_millis(700)));
    assert_eq!(draft(&desk, &server, &["posts", "--only", "1"]).code, 0, "slow is not broken");
}

#[test]
fn a_draft_that_may_have_been_made_is_said_to() {
    let (desk, server) = (desk(), Server::start());
    server.fail(ADD, 1, Failure::BreakBeforeAnswer);
    let ran = draft(&desk, &server, &["posts", "--only", "1"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("草稿可能已经建成"), "{}", ran.err);
}

#[test]
fn a_draft_deleted_in_the_back_office_is_made_anew_where_it_changed() {
    let (desk, server) = (desk(), Server::start());
    assert_eq!(draft(&desk, &server, &["posts"]).code, 0);
    server.state().drafts.clear();
    let ran = draft(&desk, &server, &["posts", "--only", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("可能已经发表，也可能被删去"), "published ones are not made again");
    assert!(ran.out.contains("已无"), "{}", ran.out);
    let ran = draft(&desk, &server, &["posts", "--only", "1", "--anew"]);
    assert!(ran.out.contains("新建"), "{}", ran.out);
    change(&desk, "sources/推送/2.md");
    let ran = draft(&desk, &server, &["posts", "--only", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("按新内容另建了一份") && ran.out.contains("新建"), "{}", ran.err);
    assert_eq!(server.state().drafts.len(), 2);
}

#[test]
fn a_cover_deleted_from_the_material_is_uploaded_again() {
    let (desk, server) = (desk(), Server::start());
    assert_eq!(draft(&desk, &server, &["posts", "--only", "1"]).code, 0);
    server.state().lose_covers();
    change(&desk, "sources/推送/1.md");
    let ran = draft(&desk, &server, &["posts", "--only", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("更新"), "{}", ran.out);
    server.state().lose_covers();
    let ran = draft(&desk, &server, &["posts", "--only", "1", "--anew"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_spoilt_record_is_begun_anew_and_each_server_has_its_own() {
    let (desk, server) = (desk(), Server::start());
    assert_eq!(draft(&desk, &server, &["posts", "--only", "1"]).code, 0);
    let folder = desk.path(".kanyin/wechat");
    let file = std::fs::read_dir(&folder).expect("a folder").flatten().next().expect("a file");
    std::fs::write(file.path(), "{").expect("a file");
    let other = Server::start();
    let ran = draft(&desk, &other, &["posts", "--only", "1"]);
    assert_eq!(ran.code, 0, "another server has another record: {}", ran.err);
    let ran = draft(&desk, &server, &["posts", "--only", "1", "--dry-run"]);
    assert!(ran.out.contains("会新建"), "{}", ran.out);
}

#[test]
fn a_server_that_is_not_there_is_told_with_a_remedy() {
    let desk = desk();
    let server = Server::start();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}", gone.local_addr().expect("an address"));
    drop(gone);
    let account = [
        ("KANYIN_WECHAT_API", base.as_str()),
        ("KANYIN_WECHAT_APPID", super::APPID),
        ("KANYIN_WECHAT_SECRET", super::SECRET),
    ];
    let ran = super::with(&desk, &server, &["posts"], &account);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("连不上微信的服务器"), "{}", ran.err);
    assert!(ran.err.contains("已上传的不会重复上传"), "{}", ran.err);
}
