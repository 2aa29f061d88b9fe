//! 书名号 round what is no work: a meeting, a course, a ceremony (GB/T 15834-2011,
//! appendix A.13.1).

use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("title-mark-misused");
pub(super) const RULE: Rule = Rule { code: CODE, look };

/// What the name of a meeting or a course ends with. Words that also end the name
/// of a programme or a magazine (大会, 论坛, 大赛) are not among them.
const KINDS: [&str; 14] = [
    "座谈会",
    "研讨会",
    "动员会",
    "推进会",
    "交流会",
    "报告会",
    "部署会",
    "总结会",
    "表彰会",
    "启动会",
    "联席会议",
    "仪式",
    "培训班",
    "课程",
];

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    for line in &subject.lines {
        let mut start = None;
        for (i, &c) in line.chars.iter().enumerate() {
            match c {
                '《' => start = Some(i),
                '》' => {
                    let Some(from) = start.take() else { continue };
                    let name = line.text(from + 1, i);
                    if !KINDS.iter().any(|kind| name.ends_with(kind)) {
                        continue;
                    }
                    out.push(
                        Finding::note(CODE)
                            .arg("name", &name)
                            .excerpt(line.around(from, i + 1))
                            .place(line.place.clone()),
                    );
                }
                _ => {}
            }
        }
    }
    // The same name once an article.
    let mut told = std::collections::BTreeSet::new();
    out.retain(|finding| told.insert(finding.args.clone()));
    out
}
