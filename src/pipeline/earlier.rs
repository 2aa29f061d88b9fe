//! What an earlier build of a publication left that this one may take over, though
//! something else has changed since: posts that were made of the very same and lie where
//! they were put, and what of an e-book is the same. Posts keep their bytes, and with
//! them what reading them back came to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};
use serde::{Deserialize, Serialize};

use crate::diag::Severity;
use crate::export::epub::{EarlierBooks, MadeBook, Stamp, Writing};
use crate::export::wechat::{EarlierPosts, MadePost};
use crate::media::Store;
use crate::project::Project;
use crate::publication::Publication;
use crate::verify::Kept;

use super::built::BuiltPublication;
use super::inputs::Inputs;
use super::sealed;
use super::state::State;
use super::verify::POST;

/// A post as an earlier build left it.
#[derive(Serialize, Deserialize)]
struct Post {
    made: MadePost,
    /// Its files as they were put there.
    states: Vec<State>,
    /// How much of its article it was found to hold.
    kept: Kept,
}

impl Post {
    /// The states of a post's files in `folder`, where all are there.
    fn states(made: &MadePost, folder: &Path) -> Option<Vec<State>> {
        let state = |file: &String| Some(State::of(&folder.join(file))?.of_finished());
        made.files.iter().map(state).collect()
    }

    fn page(made: &MadePost) -> Option<&str> {
        made.files.iter().map(String::as_str).find(|file| file.ends_with(POST))
    }
}

/// An e-book as an earlier build left it.
#[derive(Serialize, Deserialize)]
struct Book {
    path: String,
    /// Its file as it was put there.
    state: State,
    made: MadeBook,
}

/// What an earlier build of a publication left.
pub(super) struct Earlier<'a> {
    inputs: Option<&'a Inputs>,
    store: Store,
    folder: PathBuf,
    /// The sums of the articles, in the order of reading. What was read back was
    /// compared with them, so it holds for the very same alone.
    articles: Vec<Option<Hash>>,
    posts: BTreeMap<[u8; 32], Post>,
    /// The sum of the post that each of their files belongs to, and its state.
    files: BTreeMap<String, ([u8; 32], State)>,
    books: Vec<Book>,
}

/// What a build made that a later one may take over.
#[derive(Default)]
pub(super) struct Left {
    /// Its posts.
    pub(super) posts: Vec<MadePost>,
    /// Its e-books.
    pub(super) books: Vec<Writing>,
    /// The files that were taken over from an earlier build.
    pub(super) taken_over: BTreeSet<String>,
}

impl Left {
    /// Adds what was made beside it.
    pub(super) fn take_in(&mut self, more: Self) {
        self.posts.extend(more.posts);
        self.books.extend(more.books);
        self.taken_over.extend(more.taken_over);
    }
}

/// Where it is kept what was left of posts.
fn place(project: &Project, id: &str) -> PathBuf {
    project.cache_dir().join("left").join(id)
}

/// Where it is kept what was left of e-books. No publication has a dot in its id.
fn place_of_books(project: &Project, id: &str) -> PathBuf {
    project.cache_dir().join("left").join(format!("{id}.books"))
}

/// The sha256 of an e-book of that publication that lies as a build put it there, where
/// it was summed while it was written.
pub(super) fn sum_of_book(project: &Project, id: &str, file: &Path) -> Option<String> {
    let books: Vec<Book> = sealed::read(&place_of_books(project, id))?;
    let state = State::of(file)?.of_finished();
    let name = file.file_name()?.to_str()?;
    let book = books.into_iter().find(|book| book.path == name && book.state == state)?;
    Some(book.made.sha256)
}

impl<'a> Earlier<'a> {
    /// What was left in `folder`; nothing where it cannot be told what went in.
    pub(super) fn open(
        project: &Project,
        (folder, store): (&Path, Store),
        publication: &Publication,
        inputs: Option<&'a Inputs>,
    ) -> Self {
        let books = inputs.and_then(|_| sealed::read(&place_of_books(project, &publication.id)));
        let posts: Option<Vec<Post>> =
            inputs.and_then(|_| sealed::read(&place(project, &publication.id)));
        let posts = posts.unwrap_or_default();
        let files = posts.iter().flat_map(|post| {
            let files = post.made.files.iter().cloned().zip(&post.states);
            files.map(|(file, state)| (file, (post.made.sum, *state)))
        });
        let files = files.collect();
        let sum = |article| Some(blake3::hash(&sealed::bytes(article)?));
        let articles = publication.entries().map(|entry| sum(entry.source.article.as_ref()));
        Self {
            inputs,
            folder: folder.to_owned(),
            articles: articles.collect(),
            posts: posts.into_iter().map(|post| (post.made.sum, post)).collect(),
            files,
            books: books.unwrap_or_default(),
            store,
        }
    }

    /// How much of its article the page of a post was found to hold.
    pub(super) fn kept(&self, page: &str) -> Option<Kept> {
        let (sum, _) = self.files.get(page)?;
        Some(self.posts.get(sum)?.kept.clone())
    }

    /// Whether a file that was taken over is, in that folder, what it was: somebody may
    /// have touched it since it was looked at.
    pub(super) fn is_untouched(&self, folder: &Path, file: &str) -> bool {
        let now = State::of(&folder.join(file)).map(State::of_finished);
        self.files.get(file).is_some_and(|(_, then)| Some(*then) == now)
    }

    /// Writes down what a build left, for the builds to come. A post with an error in it
    /// is made anew: the disk may have failed.
    pub(super) fn keep(&self, project: &Project, built: &BuiltPublication, left: Left) {
        let book = |writing: Writing| {
            let (path, made) = (writing.path, writing.made.get()?.clone());
            let state = State::of(&built.folder.join(&path))?.of_finished();
            Some(Book { path, state, made })
        };
        let books: Vec<Book> = left.books.into_iter().filter_map(book).collect();
        if !books.is_empty() {
            sealed::write(&place_of_books(project, &built.id), &books);
        }
        if left.posts.is_empty() {
            return;
        }
        let mut kept: BTreeMap<&str, &Kept> =
            built.kept.iter().map(|in_file| (in_file.file.as_str(), &in_file.kept)).collect();
        let post = |made: MadePost| {
            let states = Post::states(&made, &built.folder)?;
            let kept = kept.remove(Post::page(&made)?)?.clone();
            let touched = self.posts.get(&made.sum).is_some_and(|then| then.states != states);
            let wrong = made.findings.iter().any(|finding| finding.severity == Severity::Error);
            (!touched && !wrong).then_some(Post { made, states, kept })
        };
        let posts: Vec<Post> = left.posts.into_iter().filter_map(post).collect();
        sealed::write(&place(project, &built.id), &posts);
    }
}

impl EarlierPosts for Earlier<'_> {
    fn beside(&self, number: usize, pictures: &[&Path]) -> Option<Hash> {
        let inputs = self.inputs?;
        let article = (*self.articles.get(number.checked_sub(1)?)?)?;
        let mut sum = Hasher::new();
        sum.update(inputs.making().as_bytes()).update(article.as_bytes());
        for picture in pictures {
            let name = picture.to_string_lossy();
            sum.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
            sum.update(&inputs.settled(picture)?.to_bytes());
        }
        Some(sum.finalize())
    }

    fn post(&self, sum: &Hash) -> Option<MadePost> {
        let post = self.posts.get(sum.as_bytes())?;
        let now = Post::states(&post.made, &self.folder)?;
        (now == post.states).then(|| post.made.clone())
    }
}

impl EarlierBooks for Earlier<'_> {
    fn stamp(&self, file: &Path) -> Option<Stamp> {
        let mut sum = Hasher::new();
        sum.update(file.to_string_lossy().as_bytes());
        if !self.store.holds(file) {
            sum.update(&self.inputs?.settled(file)?.to_bytes());
        }
        Some(*sum.finalize().as_bytes())
    }

    fn book(&self, path: &str) -> Option<(File, MadeBook)> {
        let book = self.books.iter().find(|book| book.path == path)?;
        let place = self.folder.join(path);
        let file = File::open(&place).ok()?;
        let is_it = State::of(&place).map(State::of_finished) == Some(book.state);
        is_it.then(|| (file, book.made.clone()))
    }
}
