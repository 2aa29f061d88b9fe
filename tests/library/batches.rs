//! A large publication is laid out a batch of articles at a time. Nothing of that is to
//! be seen: sides, numbers, heads and the contents are those of one whole.

use std::fs::File;

use kanyin::diag::Silent;
use kanyin::export::Job;
use kanyin::export::pdf::{self, Edition, Folio};
use kanyin::layout::Medium;
use kanyin::media::{Album, Store};

use crate::pdf::fonts;
use crate::{judges, support};

/// More articles than three batches hold.
const ARTICLES: usize = 60;

fn title(at: usize) -> String {
    let digits = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    format!("灯下随笔之{}{}", digits[at / 10], digits[at % 10])
}

/// Articles of one, two and three pages in turn, so that batches begin on either side.
fn articles() -> Vec<kanyin::article::Article> {
    let line =
        "夜里十一点，云澜大学图书馆的灯还亮着，读书的人一个接一个地走进来，又一个接一个地坐下。";
    let long = line.repeat(12);
    let article = |at: usize| {
        let paragraphs = vec![long.as_str(); 1 + at % 3 * 3];
        support::plain_article(&title(at), &paragraphs)
    };
    (0..ARTICLES).map(article).collect()
}

/// The text of each page, and what each is called.
fn laid_out() -> Option<(Vec<String>, Vec<Folio>)> {
    let fonts = fonts()?;
    let look = support::look(Medium::Print, "plain");
    let publication = support::publication(articles(), &[]);
    let view = support::view_of(&publication, &look);
    let folder = tempfile::tempdir().expect("a folder of our own");
    let album = Album::new(Store::new(folder.path().join("store")), []);
    let job = Job { view: &view, look: &look, fonts: &fonts, album: &album, progress: &Silent };
    let printed = pdf::export(job, &[Edition::Screen]).expect("it is laid out").value;
    let path = folder.path().join("book.pdf");
    for artifact in printed.artifacts {
        artifact.write(&mut File::create(&path).expect("it is ours")).expect("it writes itself");
    }
    let text = judges::pdftotext(&path)?;
    let pages = text.split('\u{c}').map(|page| page.replace([' ', '\n'], "")).collect();
    Some((pages, printed.folios))
}

#[test]
fn contents_numbers_and_heads_are_those_of_one_whole() {
    let Some((pages, folios)) = laid_out() else { return };
    // The opening of the part is page 1, and bears no number.
    let first = folios.iter().position(|folio| folio.printed == "2").expect("a page 2") - 1;
    assert_eq!(first % 2, 0, "the part opens on a right page");
    let contents = pages[..first].concat();
    let opens: Vec<usize> = (0..ARTICLES)
        .map(|at| {
            let opens = |page: &String| page.starts_with(&title(at));
            first + pages[first..].iter().position(opens).expect("it opens a page")
        })
        .collect();
    assert!(opens.windows(2).any(|pair| pair[0] % 2 != pair[1] % 2), "on either side");
    for (at, page) in opens.iter().enumerate() {
        let number = (page - first + 1).to_string();
        assert_eq!(folios[*page].printed, number);
        assert!(pages[*page].ends_with(&number), "{}", pages[*page]);
        let line = contents.split(&title(at)).nth(1).expect("it stands in the contents");
        let told: String =
            line.trim_start_matches('.').chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(told, number, "{}", title(at));
        // Its later pages bear a head: right ones its title.
        let next = opens.get(at + 1).copied().unwrap_or(folios.len());
        for later in page + 1..next {
            let is_right = later % 2 == 0;
            assert_eq!(pages[later].contains(&title(at)), is_right, "page {later}");
            assert!(pages[later].contains(&folios[later].printed));
        }
    }
}
