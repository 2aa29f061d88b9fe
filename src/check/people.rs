//! People in the text: names from the department's list and the posts written
//! before them.

use std::collections::BTreeSet;

use super::lists::{Lists, Person};
use super::subject::Line;

/// What the word for a post ends with. A rank or a trade (教授、记者) is no post:
/// it may stand beside one.
const POSTS: [&str; 6] = ["长", "书记", "主任", "主席", "主编", "主管"];

/// Words that put a post into the past.
const FORMER: [&str; 7] = ["原", "前任", "时任", "曾任", "历任", "首任", "老"];

/// The posts of the list, longest first.
pub(super) fn posts(lists: &Lists) -> Vec<&str> {
    let all: BTreeSet<&str> = lists.people.iter().map(|p| p.title.as_str()).collect();
    let mut posts: Vec<&str> =
        all.into_iter().filter(|title| POSTS.iter().any(|end| title.ends_with(end))).collect();
    posts.sort_by_key(|title| std::cmp::Reverse(title.chars().count()));
    posts
}

/// The post written right before `at`, with 副 where it has one; `None` where there
/// is none of the list, or where the text says that it was held once.
pub(super) fn post_before(line: &Line, at: usize, posts: &[&str]) -> Option<String> {
    let post = posts.iter().find(|post| line.ends_with(at, post))?;
    let start = at - post.chars().count();
    let deputy = start > 0 && line.chars[start - 1] == '副';
    let mark = |c: &&char| c.is_alphanumeric();
    let clause = line.chars[..start].iter().rev().take(16).take_while(mark).count();
    let before = line.text(start - clause, start);
    if FORMER.iter().any(|word| before.contains(word)) {
        return None;
    }
    Some(if deputy { format!("副{post}") } else { (*post).to_owned() })
}

/// Whether two words may be the same post: 党委书记 and 书记 may, 部长 and 副部长
/// may not.
pub(super) fn same_post(a: &str, b: &str) -> bool {
    let plain = |post: &str| post.replace("常务", "").replace('副', "");
    let (x, y) = (plain(a), plain(b));
    a.contains('副') == b.contains('副') && (x.ends_with(&y) || y.ends_with(&x))
}

/// Every entry of the list for one name.
pub(super) fn entries<'a>(lists: &'a Lists, name: &'a str) -> impl Iterator<Item = &'a Person> {
    lists.people.iter().filter(move |person| person.name == name)
}

/// The names of the list, each once, in the order of the list.
pub(super) fn names(lists: &Lists) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    lists.people.iter().map(|p| p.name.as_str()).filter(|name| seen.insert(*name)).collect()
}
