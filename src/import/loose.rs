//! Words without a label beside a date: 原创 招生办 云澜大学 2024年06月20日 08:00.
//! A unit is where the article came from, a name or a credit without colon says who
//! wrote it, and what says neither begins the text: nothing is hidden.

use std::ops::Range;

use crate::article::{Block, Credit, Inline, Role};
use crate::diag::Code;

use super::draft::{Draft, SourceLine};
use super::fields::{Fields, is_bracket, is_han};
use super::labels::{self, Label};
use super::{byline, date, values};

const REST: Code = Code::new("read-meta-rest");

/// How sure it is that such words belong to the text.
const REST_SURE: f32 = 0.6;
/// What stands beside a name that has no label.
pub(super) const AUTHOR: &str = "作者";
/// A credit without colon is looked for in so many words at once.
const MOST_WORDS: usize = 6;

/// What a word beside a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// The platform's own word, a clock or the place of an account: it goes.
    Platform,
    Unit,
    Person,
    Other,
}

/// Takes the loose words of a line over; what has its place in the meta data is
/// added to `kept`.
pub(super) fn apply(
    draft: &mut Draft,
    line: SourceLine<'_>,
    fields: &Fields,
    kept: &mut Vec<Range<usize>>,
) {
    let inner = |range: &Range<usize>| {
        let text = &line.text[range.clone()];
        let start = range.end - text.trim_start_matches(is_bracket).len();
        start..(start + text.trim_matches(is_bracket).len())
    };
    let words: Vec<Range<usize>> =
        fields.loose.iter().map(inner).filter(|w| !w.is_empty()).collect();
    let dated = fields.dates.first().map_or(usize::MAX, |(range, _)| range.start);
    let sorts = sorts(line.text, &words, dated);
    let mut rest: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = words[at].clone();
        let text = &line.text[word.clone()];
        if let Some(count) = credits(draft, line, &words[at..], fields, kept) {
            at += count;
            continue;
        }
        let mut taken = 1;
        match sorts[at] {
            Sort::Platform => {}
            Sort::Unit if draft.article.meta.source.is_none() => {
                // 云澜大学 宣传部 is one source.
                let next = words[at..].iter().zip(&sorts[at..]);
                let units: Vec<&Range<usize>> = next
                    .take_while(|(_, sort)| **sort == Sort::Unit)
                    .map(|(w, _)| w)
                    .take_while(|w| line.text[word.start..w.start].chars().all(is_of_names))
                    .collect();
                taken = units.len().max(1);
                let end = units.last().map_or(word.end, |last| last.end);
                draft.article.meta.source = Some(line.text[word.start..end].to_owned());
                kept.push(word.start..end);
            }
            Sort::Person => {
                let names = vec![text.to_owned()];
                let credit = Credit { role: Role::Author, label: AUTHOR.to_owned(), names };
                draft.article.meta.credits.push(credit);
                kept.push(word);
            }
            Sort::Unit | Sort::Other => {
                rest.push(text);
                kept.push(word);
            }
        }
        at += taken;
    }
    if !rest.is_empty() {
        let text = vec![Inline::Text(rest.join(" "))];
        draft.push(Block::Paragraph(text), line.number, REST_SURE, REST);
    }
}

fn is_of_names(c: char) -> bool {
    c == ' ' || c == '\u{3000}' || c.is_alphanumeric()
}

/// What each word is. Where the platform says 原创 the last word before the date is
/// the account and those before it wrote the article.
fn sorts(line: &str, words: &[Range<usize>], dated: usize) -> Vec<Sort> {
    let text = |word: &Range<usize>| &line[word.clone()];
    let original = words.iter().any(|w| w.start < dated && is_platform(text(w)));
    let account =
        words.iter().rposition(|w| w.end <= dated && !is_platform(text(w))).filter(|_| original);
    words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let text = text(word);
            let last = at + 1 == words.len() && word.start > dated;
            if is_platform(text)
                || (word.start > dated && date::is_time_or_weekday(text))
                || (last && (is_region(text) || text.starts_with("发表于")))
            {
                Sort::Platform
            } else if account == Some(at) {
                Sort::Unit
            } else if account.is_some_and(|account| at < account) {
                Sort::Person
            } else if is_unit(text) {
                Sort::Unit
            } else if is_person(text) {
                Sort::Person
            } else {
                Sort::Other
            }
        })
        .collect()
}

/// Takes the credits without colon that begin with the first word; gives how many
/// words they are.
fn credits(
    draft: &mut Draft,
    line: SourceLine<'_>,
    words: &[Range<usize>],
    fields: &Fields,
    kept: &mut Vec<Range<usize>>,
) -> Option<usize> {
    let start = words.first()?.start;
    for count in (1..=words.len().min(MOST_WORDS)).rev() {
        let end = words[count - 1].end;
        let within = |other: &Range<usize>| start <= other.start && other.end <= end;
        if fields.dates.iter().any(|(range, _)| within(range))
            || fields.fields.iter().any(|f| within(&f.value) || within(&f.word))
        {
            continue;
        }
        let text = &line.text[start..end];
        let found = byline::read(text).or_else(|| byline::glued(text));
        let Some(found) = found else { continue };
        for mut field in found.fields {
            for range in [&mut field.word, &mut field.value] {
                *range = range.start + start..range.end + start;
            }
            values::apply_field(draft, line, &field, kept);
        }
        return Some(count);
    }
    None
}

fn is_platform(text: &str) -> bool {
    matches!(text, "原创" | "转载" | "首发")
}

/// The regions that WeChat names behind the time.
fn is_region(text: &str) -> bool {
    const REGIONS: &str = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 \
        山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 \
        澳门 台湾";
    REGIONS.split(' ').any(|region| region == text)
}

/// The name of a unit by its last word; a room or a meeting is none.
fn is_unit(text: &str) -> bool {
    const ENDS: [&str; 32] = [
        "学院",
        "书院",
        "研究院",
        "医院",
        "部",
        "处",
        "办",
        "办公室",
        "工作室",
        "编辑室",
        "系",
        "研究所",
        "中心",
        "大学",
        "学校",
        "中学",
        "团委",
        "党委",
        "支部",
        "集团",
        "协会",
        "学会",
        "委员会",
        "学生会",
        "工会",
        "基金会",
        "校友会",
        "社",
        "团",
        "台",
        "网",
        "局",
    ];
    const PRESS: [&str; 6] = ["校报", "日报", "晚报", "学报", "周报", "图书馆"];
    text.chars().nth(2).is_some()
        && text.chars().all(|c| c.is_alphanumeric())
        && ENDS.iter().chain(&PRESS).any(|end| text.ends_with(end))
        || PRESS.contains(&text)
}

/// A personal name: two or three characters that begin with a surname, or four
/// with a double one, or parted by the dot of names from other languages.
fn is_person(text: &str) -> bool {
    const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董\
        袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷\
        侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷\
        詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴\
        鲍喻祁蒲房滕饶解牟艾尤穆卓古缪项褚娄窦戚岑景卫柏瞿桂佟臧闵边卞栾隋荣桑甄仲虞巩明池查";
    const DOUBLE: [&str; 8] = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "令狐"];
    if let Some((Label::Credit(_), _)) = labels::at_start(text) {
        return false;
    }
    let count = text.chars().count();
    if text.contains('·') {
        return (4..=14).contains(&count) && text.chars().all(|c| is_han(c) || c == '·');
    }
    let double = DOUBLE.iter().any(|name| text.starts_with(name));
    let most = if double { 4 } else { 3 };
    text.chars().all(is_han)
        && (2..=most).contains(&count)
        && (double || text.starts_with(|c| SURNAMES.contains(c)))
}
