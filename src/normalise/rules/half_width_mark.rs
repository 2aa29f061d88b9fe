//! Marks of a Chinese sentence stand on a full square (GB/T 15834-2011, 5.1).

use crate::diag::{Code, Grade};
use crate::normalise::line::{Change, Line, Rule};

pub(super) const RULE: Rule = Rule { code: Code::new("half-width-mark"), propose };

const MARKS: [(char, &str); 5] = [(',', "，"), (':', "："), (';', "；"), ('!', "！"), ('?', "？")];

fn propose(line: &Line) -> Vec<Change> {
    let wide = |c: char| MARKS.iter().find(|(half, _)| *half == c).map(|(_, wide)| *wide);
    let mut out = Vec::new();
    for i in line.positions(|c| wide(c).is_some()) {
        let Some(new) = line.at(i).and_then(wide) else { continue };
        let digits = digit(line.before(i)) && digit(line.at(i + 1));
        // Right before a file name the mark may belong to the name.
        let named = line.in_file_name(i + 1);
        if digits && new == "，" && !named {
            // 3,5,7号 is a list, yet nobody can be sure that it is not a number.
            out.push(Change::suggested(i..i + 1, "、"));
        } else if !digits && (line.chinese_before(i) || line.chinese_after(i + 1)) {
            let grade = if named { Grade::Suggested } else { Grade::Safe };
            out.push(Change { range: i..i + 1, new: new.to_owned(), grade });
        }
    }
    out
}

fn digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}
