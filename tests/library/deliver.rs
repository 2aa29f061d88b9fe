//! Handing posts to WeChat, with a transport that answers by heart and a clock that
//! only notes how long was to be waited. The program as a whole is held against a
//! server in tests/command_line/draft.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

use kanyin::deliver::{
    Account, Answer, Api, Broken, Carrier, Fate, Gathering, Ledger, Plan, Post, Request, Secret,
    Transport, WAITS, gather,
};
use kanyin::diag::{Finding, Lang, Severity, Silent};
use serde_json::{Value, json};

/// Answers by heart: whatever is queued first, else what WeChat would say.
#[derive(Default)]
struct Script {
    answers: RefCell<VecDeque<(&'static str, Result<Value, Broken>)>>,
    calls: RefCell<Vec<&'static str>>,
    pauses: RefCell<Vec<Duration>>,
    /// The drafts that were to be made.
    drafts: RefCell<Vec<Value>>,
}

impl Script {
    fn of(answers: &[(&'static str, Value)]) -> Self {
        let answers = answers.iter().map(|(path, value)| (*path, Ok(value.clone()))).collect();
        Self { answers: RefCell::new(answers), ..Self::default() }
    }

    fn count(&self, path: &str) -> usize {
        self.calls.borrow().iter().filter(|called| **called == path).count()
    }
}

impl Transport for Script {
    fn post(&self, request: &Request<'_>) -> Result<Answer, Broken> {
        self.calls.borrow_mut().push(request.path);
        if request.path == ADD {
            self.drafts.borrow_mut().push(serde_json::from_slice(request.body).unwrap());
        }
        let mut answers = self.answers.borrow_mut();
        let queued = answers.iter().position(|(path, _)| *path == request.path);
        let answer = match queued.and_then(|at| answers.remove(at)) {
            Some((_, answer)) => answer?,
            None => match request.path {
                TOKEN => json!({"access_token": "token", "expires_in": 7200}),
                UPLOAD => json!({"url": "http://mmbiz.qpic.cn/1/0?a=1&b=2"}),
                _ => json!({"media_id": "id"}),
            },
        };
        Ok(Answer { status: 200, body: answer.to_string().into_bytes() })
    }

    fn pause(&self, time: Duration) {
        self.pauses.borrow_mut().push(time);
    }
}

const TOKEN: &str = "/cgi-bin/stable_token";
const UPLOAD: &str = "/cgi-bin/media/uploadimg";
const ADD: &str = "/cgi-bin/draft/add";

fn code(code: i64) -> Value {
    json!({"errcode": code, "errmsg": "said 203.0.113.9 token and 秘密 rid: 1"})
}

/// A post in a folder, with one picture.
fn post(folder: &Path, number: usize) -> Post {
    let folder = folder.join(format!("{number:02}-云澜"));
    std::fs::create_dir_all(folder.join("images")).unwrap();
    let picture = |name: &str, width, height| {
        let pixel = |x: u32, _| image::Rgb([(x % 256) as u8, number as u8, 9]);
        image::RgbImage::from_fn(width, height, pixel).save(folder.join(name)).unwrap();
    };
    picture("images/01.jpg", 64, 48);
    picture("cover-235.jpg", 900, 383);
    picture("cover-11.jpg", 500, 500);
    let content = "<section><p style=\"color:#333\">云澜<img src=\"images/01.jpg\" alt=\"a > b\"></p></section>";
    std::fs::write(folder.join("article.html"), content).unwrap();
    let draft = json!({"articles": [{
        "article_type": "news", "title": format!("第{number}篇"), "author": "甲", "digest": "摘要",
        "content_source_url": "", "content_file": "article.html", "thumb_file": "cover-235.jpg",
        "square_file": "cover-11.jpg", "pic_crop_235_1": "0_0_1_1",
        "pic_crop_1_1": "0.287222_0_0.712778_1", "need_open_comment": 0,
        "only_fans_can_comment": 0, "images": [{"src": "images/01.jpg"}],
    }]});
    std::fs::write(folder.join("draft.json"), draft.to_string()).unwrap();
    Post::read(&folder, number, format!("sources/{number}.md")).unwrap()
}

fn posts(folder: &Path, count: usize) -> Vec<Post> {
    (1..=count).map(|number| post(folder, number)).collect()
}

/// Carries a plan out and gives what became of the drafts, and what was found.
fn carry(script: &Script, plan: &Plan, ledger: &mut Ledger) -> (Vec<Fate>, Vec<Finding>) {
    let account = Account { appid: "wx1".into(), secret: Secret::new("秘密") };
    let api = Api::new(script, &account, &WAITS);
    let mut save = |_: &Ledger| Ok(());
    let carried = Carrier { api: &api, ledger, save: &mut save, progress: &Silent }.carry(plan);
    (carried.outcomes.iter().map(|outcome| outcome.fate).collect(), carried.findings)
}

#[test]
fn a_secret_shows_itself_nowhere() {
    let secret = Secret::new("秘密");
    let account = Account { appid: "wx1".into(), secret: secret.clone() };
    let request = Request {
        path: TOKEN,
        query: "type=image",
        token: Some(&secret),
        content_type: "text/plain",
        body: "秘密".as_bytes(),
    };
    for shown in [format!("{secret}"), format!("{secret:?}"), format!("{account:?} {request:?}")] {
        assert!(!shown.contains("秘密") && !shown.contains("231"), "{shown}");
    }
    let address = request.address("https://api.example");
    assert_eq!(
        address.expose(),
        "https://api.example/cgi-bin/stable_token?access_token=%E7%A7%98%E5%AF%86&type=image"
    );
}

#[test]
fn a_busy_server_is_asked_four_times_with_longer_and_longer_waits() {
    let folder = tempfile::tempdir().unwrap();
    let plan = gather("posts", posts(folder.path(), 1), &Gathering::Each).unwrap();
    let script = Script::of(&vec![(ADD, code(-1)); 4]);
    let (fates, findings) = carry(&script, &plan, &mut Ledger::default());
    assert_eq!((fates, script.count(ADD)), (vec![Fate::Refused], 4));
    assert_eq!(*script.pauses.borrow(), WAITS);
    assert_eq!(findings[0].code.name(), "draft-api-busy");
    let script = Script::of(&vec![(ADD, code(-1)); 3]);
    assert_eq!(carry(&script, &plan, &mut Ledger::default()).0, [Fate::Made]);
}

#[test]
fn every_number_is_told_in_plain_words_with_a_remedy_and_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let plan = gather("posts", posts(folder.path(), 2), &Gathering::Each).unwrap();
    // Those that any further call would meet with, too, end the work.
    let all = [40001, 42001, 41001, 40014, 40013, 40164, 89503, 45009, 45011, 48001, 50002];
    let one = [
        40005, 40009, 40007, 41005, 44003, 45001, 45002, 45003, 45004, 45005, 45008, 45166, 53402,
        88000, 99999,
    ];
    for number in all.into_iter().chain(one) {
        let script = Script::of(&vec![(ADD, code(number)); 2]);
        let (fates, findings) = carry(&script, &plan, &mut Ledger::default());
        let next = if all.contains(&number) { Fate::NotReached } else { Fate::Made };
        // What is tried twice has used up both refusals of the first draft.
        let twice = number == 40007 || [40001, 42001, 41001, 40014].contains(&number);
        let second = if twice || all.contains(&number) { next } else { Fate::Refused };
        assert_eq!(fates, [Fate::Refused, second], "{number}");
        for lang in [Lang::Zh, Lang::En] {
            let message = findings[0].message(lang);
            let hint = findings[0].hint(lang).unwrap();
            assert!(message.contains(&number.to_string()), "{message}");
            assert!(!message.contains("秘密") && !message.contains("said 203.0.113.9 token"));
            assert!(!message.contains('{') && !hint.contains('{'), "{message} {hint}");
            assert_eq!(hint.contains("203.0.113.9"), number == 40164, "{hint}");
        }
        let unknown = findings[0].code.name() == "draft-api-other";
        assert_eq!(unknown, number == 99999, "{number}");
    }
}

#[test]
fn the_number_of_an_old_token_means_a_wrong_secret_where_the_token_is_bought() {
    let folder = tempfile::tempdir().unwrap();
    let plan = gather("posts", posts(folder.path(), 1), &Gathering::Each).unwrap();
    for number in [40001, 40125] {
        let script = Script::of(&[(TOKEN, code(number))]);
        let (_, findings) = carry(&script, &plan, &mut Ledger::default());
        assert_eq!(findings[0].code.name(), "draft-api-secret");
        assert_eq!(script.count(TOKEN), 1);
    }
}

#[test]
fn only_addresses_of_pictures_are_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    drop(post(folder.path(), 1));
    let place = folder.path().join("01-云澜");
    let html = |src: &str| {
        format!(
            "<section><p style=\"color:#333\">&lt;img src=\"images/01.jpg\"&gt;\
             <img alt=\"src=images/01.jpg > b\" src=\"{src}\"></p></section>"
        )
    };
    std::fs::write(place.join("article.html"), html("images/01.jpg")).unwrap();
    let read = Post::read(&place, 1, "a.md".into()).unwrap();
    let plan = gather("posts", vec![read], &Gathering::Each).unwrap();
    let script = Script::default();
    assert_eq!(carry(&script, &plan, &mut Ledger::default()).0, [Fate::Made]);
    let content = script.drafts.borrow()[0]["articles"][0]["content"].clone();
    assert_eq!(content, html("https://mmbiz.qpic.cn/1/0?a=1&amp;b=2"));
}

#[test]
fn a_record_that_cannot_be_kept_ends_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let plan = gather("posts", posts(folder.path(), 2), &Gathering::Each).unwrap();
    let script = Script::default();
    let account = Account { appid: "wx1".into(), secret: Secret::new("秘密") };
    let api = Api::new(&script, &account, &[]);
    let full = kanyin::diag::Code::new("draft-ledger-unwritable");
    let mut save = |_: &Ledger| Err(Finding::error(full));
    let mut ledger = Ledger::default();
    let carried =
        Carrier { api: &api, ledger: &mut ledger, save: &mut save, progress: &Silent }.carry(&plan);
    let fates: Vec<Fate> = carried.outcomes.iter().map(|outcome| outcome.fate).collect();
    assert_eq!(fates, [Fate::Refused, Fate::NotReached]);
    assert_eq!(*script.calls.borrow(), [TOKEN, UPLOAD]);
}

#[test]
fn the_record_comes_back_as_it_was_and_names_neither_account_nor_secret() {
    let folder = tempfile::tempdir().unwrap();
    let plan = gather("posts", posts(folder.path(), 2), &Gathering::Each).unwrap();
    let mut ledger = Ledger::default();
    carry(&Script::default(), &plan, &mut ledger);
    let bytes = ledger.bytes();
    assert_eq!(Ledger::read(&bytes).unwrap(), ledger);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("https://mmbiz.qpic.cn/"), "{text}");
    assert!(!text.contains("秘密") && !text.contains("wx1") && !text.contains("token"), "{text}");
    assert!(Ledger::read(b"{\"version\": 2, \"pictures\": {}}").is_none());
    let name = |base, appid| Ledger::file_name(base, appid);
    assert_ne!(name("https://a", "wx1"), name("https://a", "wx2"));
    assert_ne!(name("https://a", "wx1"), name("https://b", "wx1"));
}

#[test]
fn articles_are_gathered_as_they_go_out() {
    let folder = tempfile::tempdir().unwrap();
    let sizes = |how: &Gathering, count| {
        let plan = gather("x", posts(folder.path(), count), how).unwrap();
        plan.drafts.iter().map(|draft| draft.posts.len()).collect::<Vec<_>>()
    };
    assert_eq!(sizes(&Gathering::Each, 3), [1, 1, 1]);
    let issue = Gathering::Issue("3".into());
    assert_eq!(sizes(&issue, 8), [8]);
    assert_eq!(sizes(&issue, 17), [8, 8, 1]);
    assert_eq!(sizes(&Gathering::Together, 8), [8]);
    let finding = gather("x", posts(folder.path(), 9), &Gathering::Together).unwrap_err();
    assert_eq!(finding.code.name(), "draft-too-many");
}

#[test]
fn a_post_is_held_to_the_limits_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let good = post(folder.path(), 1);
    assert!(!good.is_held(), "{:?}", good.findings);
    let place = folder.path().join("01-云澜");
    let spoilt = |name: &str, bytes: &[u8]| {
        let old = std::fs::read(place.join(name)).unwrap();
        std::fs::write(place.join(name), bytes).unwrap();
        let post = Post::read(&place, 1, "a".into());
        std::fs::write(place.join(name), old).unwrap();
        post.map(|post| {
            let errors = post.findings.iter().filter(|f| f.severity == Severity::Error);
            errors.map(|finding| finding.code.name()).collect::<Vec<_>>()
        })
    };
    let draft = std::fs::read_to_string(place.join("draft.json")).unwrap();
    let with = |old: &str, new: &str| {
        let changed = draft.replace(old, new);
        assert_ne!(changed, draft);
        changed.into_bytes()
    };
    let long = |n: usize| "长".repeat(n);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("article.html", format!("<section>{}</section>", long(20_000)).into_bytes(), "wechat-w19"),
        ("draft.json", with("第1篇", &long(33)), "wechat-w20"),
        ("draft.json", with("\"甲\"", &format!("\"{}\"", long(17))), "wechat-w21"),
        ("draft.json", with("摘要", &long(129)), "wechat-w21"),
        ("draft.json", with("第1篇", "\\u7b2c"), "wechat-w26"),
        ("draft.json", with("0_0_1_1", "0_0_1_0.5"), "wechat-w24"),
        ("images/01.jpg", b"GIF89a".to_vec(), "draft-no-picture"),
        ("images/01.jpg", [&[0xFF, 0xD8, 0xFF][..], &vec![0; 1_000_001]].concat(), "wechat-w22"),
        ("draft.json", with("images/01.jpg", "../../draft.json"), "draft-no-picture"),
    ];
    for (name, bytes, expected) in cases {
        let codes = spoilt(name, &bytes).unwrap();
        assert!(codes.contains(&expected), "{name}: {codes:?}, not {expected}");
    }
    assert_eq!(spoilt("draft.json", b"{}").unwrap_err().code.name(), "draft-post-incomplete");
}

#[test]
fn what_only_the_uploaded_addresses_make_too_long_is_told_and_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("01-云澜");
    drop(post(folder.path(), 1));
    let content = format!(
        "<section><p style=\"color:#333\">{}<img src=\"images/01.jpg\" alt=\"\"></p></section>",
        "字".repeat(19_900)
    );
    std::fs::write(place.join("article.html"), content).unwrap();
    let near = Post::read(&place, 1, "a.md".into()).unwrap();
    assert!(!near.is_held() && near.findings.iter().any(|f| f.code.name() == "draft-near-limit"));
    let plan = gather("posts", vec![near], &Gathering::Each).unwrap();
    let address = format!("http://mmbiz.qpic.cn/{}/0", "a".repeat(100));
    let script = Script::of(&[(UPLOAD, json!({ "url": address }))]);
    let (fates, findings) = carry(&script, &plan, &mut Ledger::default());
    assert_eq!((fates, script.count(ADD)), (vec![Fate::Refused], 0));
    assert_eq!(findings[0].code.name(), "wechat-w19");
}
