//! Some large numbers of an article with a comma between thousands, others without
//! (GB/T 15835-2011, 5.1.1).

use crate::article::script::is_han;
use crate::check::subject::{Line, Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("thousands-mixed");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let all: Vec<(&Line, usize, usize, bool)> = subject.lines.iter().flat_map(numbers).collect();
    let grouped = all.iter().find(|(.., grouped)| *grouped);
    let plain = all.iter().find(|(.., grouped)| !*grouped);
    let (Some(one), Some(other)) = (grouped, plain) else { return Vec::new() };
    let count = all.iter().filter(|(.., grouped)| !*grouped).count();
    vec![
        Finding::note(CODE)
            .arg("one", one.0.text(one.1, one.2))
            .arg("other", other.0.text(other.1, other.2))
            .arg("count", count)
            .excerpt(other.0.around(other.1, other.2))
            .place(other.0.place.clone()),
    ]
}

/// The amounts of five digits and more, and whether each is grouped. An amount has
/// a unit behind it; a number before 号 or after a letter is a name.
fn numbers(line: &Line) -> Vec<(&Line, usize, usize, bool)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < line.chars.len() {
        let of = |c: &&char| c.is_ascii_digit() || **c == ',';
        let len = line.chars[at..].iter().take_while(of).count();
        let (start, end) = (at, at + len);
        at = end.max(at + 1);
        let number: String = line.chars[start..end].iter().collect();
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let unit = line.chars.get(end).is_some_and(|c| is_han(*c) && !"号年级届".contains(*c));
        let name = start > 0 && {
            let c = line.chars[start - 1];
            c.is_ascii_graphic() || "第号：．".contains(c)
        };
        let groups = number.split(',').skip(1).all(|group| group.len() == 3);
        if digits >= 5 && unit && !name && groups {
            out.push((line, start, end, number.contains(',')));
        }
    }
    out
}
