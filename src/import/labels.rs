//! The words that sources put before a value: 来源, 浏览量, 供稿 and their kin.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::article::Role;

/// What a labelled value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The date of publication.
    Date,
    /// How often the page was read.
    Views,
    /// Where the article first appeared.
    Source,
    /// The address where it first appeared.
    Address,
    /// The column it belongs to.
    Column,
    /// Who did something for it.
    Credit(Role),
}

const LABELS: &[(Label, &[&str])] = &[
    (
        Label::Date,
        &[
            "发布时间",
            "发布日期",
            "发表时间",
            "时间",
            "日期",
            "更新时间",
            "创建时间",
            "发布于",
            "发表于",
            "更新于",
        ],
    ),
    (
        Label::Views,
        &[
            "浏览量",
            "浏览次数",
            "浏览数",
            "浏览",
            "点击量",
            "点击次数",
            "点击数",
            "点击率",
            "点击",
            "阅读量",
            "阅读次数",
            "阅读数",
            "阅读",
            "访问量",
            "访问次数",
        ],
    ),
    (Label::Source, &["来源", "稿源", "稿件来源", "文章来源", "信息来源", "转自", "转载自"]),
    (Label::Address, &["原文链接", "原文地址", "原文网址", "网址"]),
    (Label::Column, &["栏目", "所属栏目"]),
    (
        Label::Credit(Role::Contributor),
        &[
            "供稿",
            "供稿单位",
            "供稿人",
            "通讯员",
            "投稿",
            "来稿",
            "发布单位",
            "发布者",
            "发布人",
            "信息员",
            "来稿单位",
            "特约通讯员",
            "学生通讯员",
        ],
    ),
    (
        Label::Credit(Role::Author),
        &[
            "作者",
            "文",
            "文字",
            "撰文",
            "撰稿",
            "撰稿人",
            "执笔",
            "记者",
            "本报记者",
            "文图",
            "图文",
            "采写",
            "采访",
            "采访整理",
            "整理",
            "文案",
            "文稿",
            "本网记者",
            "本刊记者",
            "学生记者",
            "校报记者",
            "见习记者",
            "实习记者",
        ],
    ),
    (
        Label::Credit(Role::Photographer),
        &[
            "摄影",
            "摄",
            "图",
            "图片",
            "供图",
            "配图",
            "照片",
            "摄像",
            "影像",
            "插图",
            "绘图",
            "摄制",
            "绘",
            "图源",
            "摄影报道",
        ],
    ),
    (
        Label::Credit(Role::Editor),
        &[
            "编辑",
            "责编",
            "责任编辑",
            "编辑排版",
            "排版",
            "美编",
            "美术编辑",
            "主编",
            "执行主编",
            "新媒体编辑",
            "编校",
            "本期编辑",
            "值班编辑",
            "网络编辑",
            "图文编辑",
            "文字编辑",
            "微信编辑",
            "编排",
        ],
    ),
    (Label::Credit(Role::Proofreader), &["校对", "责任校对", "校审"]),
    (
        Label::Credit(Role::Reviewer),
        &[
            "审核",
            "审稿",
            "审校",
            "审签",
            "审定",
            "终审",
            "复审",
            "初审",
            "一审",
            "二审",
            "三审",
            "监制",
            "签发",
            "审读",
            "编审",
            "审发",
            "监审",
            "一审一校",
            "二审二校",
            "三审三校",
            "责任编审",
            "初审初校",
            "复审复校",
            "终审终校",
            "总监制",
            "审查",
        ],
    ),
    (Label::Credit(Role::Source), &["图片来源", "资料来源", "素材来源"]),
    (Label::Credit(Role::Translator), &["翻译", "译", "译者", "编译"]),
    (
        Label::Credit(Role::Other),
        &[
            "策划", "统筹", "制作", "设计", "视频", "海报", "剪辑", "出品", "配音", "主播", "播音",
            "朗读",
        ],
    ),
];

/// The longest label word that `text` begins with and its length in bytes,
/// spaces inside it included.
pub(super) fn at_start(text: &str) -> Option<(Label, usize)> {
    by_first()
        .get(&text.chars().next()?)?
        .iter()
        .filter_map(|(label, word)| Some((*label, spaced_prefix(text, word)?)))
        .max_by_key(|(_, length)| *length)
}

/// The words by the character they begin with: lines are many, labels few.
fn by_first() -> &'static BTreeMap<char, Vec<(Label, &'static str)>> {
    static WORDS: OnceLock<BTreeMap<char, Vec<(Label, &'static str)>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out: BTreeMap<char, Vec<(Label, &str)>> = BTreeMap::new();
        for (label, words) in LABELS {
            for word in *words {
                out.entry(word.chars().next().unwrap_or_default())
                    .or_default()
                    .push((*label, word));
            }
        }
        out
    })
}

fn spaced_prefix(text: &str, word: &str) -> Option<usize> {
    let mut rest = text;
    for (i, c) in word.chars().enumerate() {
        if i > 0 {
            rest = rest.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
        }
        rest = rest.strip_prefix(c)?;
    }
    Some(text.len() - rest.len())
}
