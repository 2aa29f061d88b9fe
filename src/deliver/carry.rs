//! Carries a plan out: uploads what is not yet uploaded, makes drafts and brings old
//! ones up to date, and notes each step at once, so that whatever breaks it is gone
//! on with where it stopped.

use serde_json::Value;

use crate::diag::{Code, Finding, Progress};

use super::api::UNKNOWN_MEDIA;
use super::ledger::{Sent, SentArticle};
use super::refusal::{Reach, Refusal};
use super::{Api, Ledger, Picture, Plan, Planned, Post, request};

const STAGE: Code = Code::new("stage-draft");
const UNREADABLE: Code = Code::new("draft-no-picture");
const GONE: Code = Code::new("draft-gone");
const MADE_ANEW: Code = Code::new("draft-made-anew");
const OLD_STAYS: Code = Code::new("draft-old-stays");

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was made.
    Made,
    /// So many of its articles were replaced.
    Updated(usize),
    /// It holds what it should.
    Unchanged,
    /// It holds what it should, but is no longer in the draft box.
    Gone,
    /// An article of it is not fit to be sent.
    Held,
    /// WeChat did not take it.
    Refused,
    /// The work stopped before it.
    NotReached,
}

impl Fate {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Updated(_) => "updated",
            Self::Unchanged => "unchanged",
            Self::Gone => "gone",
            Self::Held => "held",
            Self::Refused => "refused",
            Self::NotReached => "not-reached",
        }
    }
}

/// What became of one draft of the plan.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The draft.
    pub draft: &'a Planned,
    /// What became of it.
    pub fate: Fate,
    /// Its media id at WeChat, where it is known.
    pub media_id: Option<String>,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Carried<'a> {
    /// The drafts of the plan, in its order.
    pub outcomes: Vec<Outcome<'a>>,
    /// How many pictures and covers were uploaded.
    pub uploads: usize,
    /// How many bytes these have.
    pub bytes: u64,
    /// What went wrong, and what else is to be said.
    pub findings: Vec<Finding>,
}

/// Who carries a plan out.
pub struct Carrier<'a> {
    /// The way to WeChat.
    pub api: &'a Api<'a>,
    /// What is known to be there.
    pub ledger: &'a mut Ledger,
    /// Keeps the ledger; called after each step.
    pub save: &'a mut dyn FnMut(&Ledger) -> Result<(), Finding>,
    /// Who listens.
    pub progress: &'a dyn Progress,
}

/// Why a draft was not made.
struct Stop {
    reach: Reach,
    findings: Vec<Finding>,
}

impl Stop {
    fn draft(findings: Vec<Finding>) -> Self {
        Self { reach: Reach::Draft, findings }
    }

    fn run(finding: Finding) -> Self {
        Self { reach: Reach::Run, findings: vec![finding] }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self { reach: refusal.reach(), findings: vec![refusal.finding()] }
    }
}

impl Carrier<'_> {
    /// Carries it out, a draft after the other. What is wrong with one draft does not
    /// keep the others from being made; what would be wrong with all ends the work.
    pub fn carry(mut self, plan: &Plan) -> Carried<'_> {
        let mut carried = Carried::default();
        let mut stopped = false;
        let steps = plan.drafts.iter().map(|draft| 1 + self.to_upload(draft).count()).sum();
        self.progress.begin(STAGE, steps);
        for draft in &plan.drafts {
            let fate = if draft.is_held() {
                Fate::Held
            } else if stopped {
                Fate::NotReached
            } else {
                match self.draft(draft, &mut carried) {
                    Ok(fate) => fate,
                    Err(stop) => {
                        stopped = stop.reach == Reach::Run;
                        let file = draft.posts.first().map(|post| &post.article);
                        carried.findings.extend(stop.findings.into_iter().map(|finding| {
                            match (&finding.file, file, stop.reach) {
                                (None, Some(file), Reach::Draft) => finding.file(file),
                                _ => finding,
                            }
                        }));
                        Fate::Refused
                    }
                }
            };
            let media_id = self.ledger.drafts.get(&draft.key).map(|sent| sent.media_id.clone());
            carried.outcomes.push(Outcome { draft, fate, media_id });
            self.progress.step();
        }
        if !stopped {
            self.left_over(plan, &mut carried);
        }
        self.progress.end();
        carried
    }

    /// Tells the drafts of an issue that has become so short that it no longer needs
    /// them, once.
    fn left_over(&mut self, plan: &Plan, carried: &mut Carried<'_>) {
        for first in &plan.drafts {
            let Some(issue) = &first.issue else { continue };
            let planned = |key: &String| plan.drafts.iter().any(|draft| draft.key == *key);
            let keys = self.ledger.drafts.keys();
            let old: Vec<_> =
                keys.filter(|key| key.starts_with(issue) && !planned(key)).cloned().collect();
            for key in old {
                self.ledger.forget(&key);
                carried.findings.push(about(first, Finding::warning(OLD_STAYS)));
                if let Err(stop) = self.save() {
                    carried.findings.extend(stop.findings);
                }
            }
        }
    }

    /// The pictures and covers of a draft that are not uploaded yet.
    fn to_upload<'d>(&self, draft: &'d Planned) -> impl Iterator<Item = &'d Picture> {
        let pictures = draft.posts.iter().flat_map(Post::used);
        let covers = draft.posts.iter().filter_map(|post| post.cover.as_ref());
        let pictures: Vec<_> = pictures.filter(|p| !self.ledger.has_picture(&p.hash)).collect();
        let covers: Vec<_> = covers.filter(|c| !self.ledger.has_cover(&c.hash)).collect();
        pictures.into_iter().chain(covers)
    }

    fn draft(&mut self, draft: &Planned, carried: &mut Carried<'_>) -> Result<Fate, Stop> {
        let articles = self.articles(draft, carried)?;
        let Some(sent) = self.ledger.drafts.get(&draft.key).cloned() else {
            return self.add(draft, articles, carried);
        };
        let now = noted(draft, &articles);
        if !is_the_same_draft(&sent.articles, &now) {
            carried.findings.push(about(draft, Finding::warning(OLD_STAYS)));
            return self.add(draft, articles, carried);
        }
        if sent.articles == now {
            let there = self.api.has_draft(&sent.media_id)?;
            if !there {
                carried.findings.push(about(draft, Finding::warning(GONE)));
            }
            return Ok(if there { Fate::Unchanged } else { Fate::Gone });
        }
        self.update(draft, &sent, articles, carried)
    }

    /// The articles of a draft, everything in them uploaded.
    fn articles(&mut self, draft: &Planned, carried: &mut Carried<'_>) -> Result<Vec<Value>, Stop> {
        let mut articles = Vec::new();
        let mut wrong = Vec::new();
        for post in &draft.posts {
            for picture in post.used() {
                if !self.ledger.has_picture(&picture.hash) {
                    let file = read(picture)?;
                    let address = self.api.upload_picture(&picture.file_name(), &file)?;
                    self.ledger.pictures.insert(picture.hash.clone(), address);
                    self.uploaded(file.len(), carried)?;
                }
            }
            let Some(cover) = &post.cover else { continue };
            if !self.ledger.has_cover(&cover.hash) {
                let file = read(cover)?;
                let media_id = self.api.upload_cover(&cover.file_name(), &file)?;
                self.ledger.covers.insert(cover.hash.clone(), media_id);
                self.uploaded(file.len(), carried)?;
            }
            let pictures = &self.ledger.pictures;
            let address = |src: &str| {
                let picture = post.picture(src)?;
                pictures.get(&picture.hash).map(String::as_str)
            };
            let cover = self.ledger.covers.get(&cover.hash).map(String::as_str).unwrap_or_default();
            let article = request::article(post, cover, draft.posts.len() == 1, address);
            let addresses: Vec<&str> = post.used().filter_map(|p| address(&p.src)).collect();
            let found = request::wrong(&article, &addresses);
            wrong.extend(found.into_iter().map(|finding| finding.file(&post.article)));
            articles.push(article);
        }
        if wrong.is_empty() { Ok(articles) } else { Err(Stop::draft(wrong)) }
    }

    /// Counts an upload that was answered, and keeps what came of it.
    fn uploaded(&mut self, bytes: usize, carried: &mut Carried<'_>) -> Result<(), Stop> {
        carried.uploads += 1;
        carried.bytes += bytes as u64;
        self.progress.step();
        self.save()
    }

    fn save(&mut self) -> Result<(), Stop> {
        (self.save)(self.ledger).map_err(Stop::run)
    }

    fn add(
        &mut self,
        draft: &Planned,
        mut articles: Vec<Value>,
        carried: &mut Carried<'_>,
    ) -> Result<Fate, Stop> {
        let mut answer = self.api.add_draft(&articles);
        if is_unknown_media(&answer) {
            // A cover was deleted from the account's material.
            articles = self.with_new_covers(draft, carried)?;
            answer = self.api.add_draft(&articles);
        }
        let media_id = answer
            .map_err(|refusal| Stop { reach: refusal.reach(), findings: refusal.of_adding() })?;
        let sent = Sent { media_id, articles: noted(draft, &articles) };
        self.ledger.drafts.insert(draft.key.clone(), sent);
        self.save()?;
        Ok(Fate::Made)
    }

    /// Replaces what has changed, each article at its place.
    fn update(
        &mut self,
        draft: &Planned,
        sent: &Sent,
        mut articles: Vec<Value>,
        carried: &mut Carried<'_>,
    ) -> Result<Fate, Stop> {
        let mut replaced = 0;
        for index in 0..articles.len() {
            let now = noted(draft, &articles);
            if sent.articles.get(index) == now.get(index) {
                continue;
            }
            let mut answer = self.api.update_draft(&sent.media_id, index, &articles[index]);
            if is_unknown_media(&answer) {
                if !self.api.has_draft(&sent.media_id)? {
                    carried.findings.push(about(draft, Finding::warning(MADE_ANEW)));
                    self.ledger.forget(&draft.key);
                    return self.add(draft, articles, carried);
                }
                articles = self.with_new_covers(draft, carried)?;
                answer = self.api.update_draft(&sent.media_id, index, &articles[index]);
            }
            answer?;
            replaced += 1;
            let done = noted(draft, &articles).into_iter().nth(index);
            let known = self.ledger.drafts.get_mut(&draft.key);
            let place = known.and_then(|known| known.articles.get_mut(index));
            if let (Some(place), Some(done)) = (place, done) {
                *place = done;
            }
            self.save()?;
        }
        Ok(Fate::Updated(replaced))
    }

    /// The articles once more, after WeChat did not know one of their covers.
    fn with_new_covers(
        &mut self,
        draft: &Planned,
        carried: &mut Carried<'_>,
    ) -> Result<Vec<Value>, Stop> {
        for cover in draft.posts.iter().filter_map(|post| post.cover.as_ref()) {
            self.ledger.covers.remove(&cover.hash);
        }
        self.articles(draft, carried)
    }
}

fn read(picture: &Picture) -> Result<Vec<u8>, Stop> {
    let file = std::fs::read(&picture.path).map_err(|e| {
        Stop::draft(vec![Finding::error(UNREADABLE).arg("name", &picture.src).arg("why", e)])
    })?;
    Ok(file)
}

fn is_unknown_media<T>(answer: &Result<T, Refusal>) -> bool {
    matches!(answer, Err(Refusal::Answered { code: UNKNOWN_MEDIA, .. }))
}

/// What is noted of each article: which one it is, and the hash of what is sent.
fn noted(draft: &Planned, articles: &[Value]) -> Vec<SentArticle> {
    let hash = |article: &Value| blake3::hash(article.to_string().as_bytes()).to_hex().to_string();
    let pairs = draft.posts.iter().zip(articles);
    pairs
        .map(|(post, article)| SentArticle { article: post.article.clone(), hash: hash(article) })
        .collect()
}

/// Whether a draft that was sent can become the one that is wanted: the API replaces
/// articles and neither adds nor removes any.
fn is_the_same_draft(sent: &[SentArticle], now: &[SentArticle]) -> bool {
    sent.len() == now.len() && sent.iter().any(|s| now.iter().any(|n| n.article == s.article))
}

fn about(draft: &Planned, finding: Finding) -> Finding {
    let first = draft.posts.first();
    let title = first.map(|post| post.title().to_owned()).unwrap_or_default();
    finding.arg("title", title)
}
