//! Which articles make which draft.

use crate::diag::{Code, Finding};

use super::Post;

const SPLIT: Code = Code::new("draft-split");
const TOO_MANY: Code = Code::new("draft-too-many");

/// How many articles a draft takes at most.
pub const MOST: usize = 8;

/// How articles are gathered into drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gathering {
    /// A draft an article, as posts and series go out.
    Each,
    /// All articles of an issue in one draft, more than eight in several. The name
    /// tells this issue from the next one of the same publication.
    Issue(String),
    /// The chosen articles in one draft, the first at its head.
    Together,
}

/// A draft to be made or brought up to date.
#[derive(Debug)]
pub struct Planned {
    /// What it is known by.
    pub key: String,
    /// The publication it comes from.
    pub publication: String,
    /// What the keys of all drafts of its issue begin with.
    pub issue: Option<String>,
    /// Its articles, the head first.
    pub posts: Vec<Post>,
}

impl Planned {
    /// Whether one of its articles keeps it from being sent.
    pub fn is_held(&self) -> bool {
        self.posts.iter().any(Post::is_held)
    }
}

/// What is to be done.
#[derive(Debug, Default)]
pub struct Plan {
    /// The drafts.
    pub drafts: Vec<Planned>,
    /// What is to be said of it; what is found on a post stands with the post.
    pub findings: Vec<Finding>,
}

impl Plan {
    /// The articles of all drafts.
    pub fn posts(&self) -> impl Iterator<Item = &Post> {
        self.drafts.iter().flat_map(|draft| &draft.posts)
    }

    /// Every finding, the articles' last.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.posts().flat_map(|post| &post.findings))
    }
}

/// Gathers the articles of a publication.
///
/// # Errors
/// Where more articles are to go into one draft than it takes.
pub fn gather(publication: &str, posts: Vec<Post>, how: &Gathering) -> Result<Plan, Finding> {
    let mut plan = Plan::default();
    let issue = match how {
        Gathering::Issue(issue) => Some(format!("{publication}#{issue}#")),
        Gathering::Each | Gathering::Together => None,
    };
    let mut add = |key: String, posts: Vec<Post>| {
        let (publication, issue) = (publication.to_owned(), issue.clone());
        plan.drafts.push(Planned { key, publication, issue, posts });
    };
    match how {
        Gathering::Each => {
            for post in posts {
                add(format!("{publication}/{}", post.article), vec![post]);
            }
        }
        Gathering::Issue(issue) => {
            let count = posts.len();
            let mut rest = posts.into_iter();
            for n in 1..=count.div_ceil(MOST) {
                add(format!("{publication}#{issue}#{n}"), rest.by_ref().take(MOST).collect());
            }
            if count > MOST {
                let drafts = count.div_ceil(MOST);
                let finding = Finding::note(SPLIT).arg("id", publication).arg("count", count);
                plan.findings.push(finding.arg("drafts", drafts));
            }
        }
        Gathering::Together if posts.len() > MOST => {
            return Err(Finding::error(TOO_MANY).arg("count", posts.len()));
        }
        Gathering::Together => {
            let articles: Vec<&str> = posts.iter().map(|post| post.article.as_str()).collect();
            let key = format!("{publication}+{}", articles.join("+"));
            add(key, posts);
        }
    }
    Ok(plan)
}
