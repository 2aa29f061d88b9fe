//! The pages of the e-book: each template filled in, the characters of each page
//! counted towards the faces, and the package documents about them all.

use std::collections::BTreeMap;

use crate::diag::{Code, Fault, Finding};
use crate::export::Job;
use crate::export::html::{self, Templates, Value};
use crate::export::view::Article;
use crate::layout::style_sheet::{self, Reader};

use super::archive::Entry;
use super::faces::{Embedded, Faces};
use super::package;
use super::page::{Page, well_formed};
use super::pictures::{Descriptions, Picture};
use super::scan::{self, Found, SetIn};

/// The template of articles, and that of the openings of parts.
const ARTICLE: &str = "article.xhtml.j2";
const PART: &str = "part.xhtml.j2";

const ILLEGAL: Code = Code::new("epub-illegal-characters");

const STYLE: &str = "style.css.j2";

/// What a template is given, by name.
pub(super) type Values = BTreeMap<&'static str, Value>;

/// Everything of the e-book but its pictures.
pub(super) struct Book {
    /// The files.
    pub(super) entries: Vec<Entry>,
    /// What was noticed.
    pub(super) findings: Vec<Finding>,
}

/// Renders all pages, embeds the faces they are set in and describes them in the
/// package.
pub(super) fn render(
    job: &Job<'_>,
    templates: &Templates,
    pictures: &[Picture],
) -> Result<Book, Fault> {
    let view = html::value(job.view);
    let hrefs: BTreeMap<&str, String> =
        pictures.iter().map(|p| (p.id.as_str(), p.href())).collect();
    let mut values = Values::new();
    values.insert("view", view.clone());
    values.insert("pictures", html::value(&hrefs));

    let mut pages = vec![
        page(job, templates, "cover", &values)?,
        page(job, templates, "titlepage", &values)?,
        page(job, templates, "nav", &values)?,
    ];
    let mut findings = Vec::new();
    let mut chapter = |values: &mut Values, article: &Article, value: Value| {
        findings.extend(illegal(&value, &article.file));
        values.insert("article", value);
        let text = templates.render(ARTICLE, values)?;
        well_formed(job.look, ARTICLE, &text)?;
        Ok(Page { id: article.id.clone(), text, file: Some(article.file.clone()) })
    };
    values.insert("matter", "front".into());
    for (article, value) in job.view.front.iter().zip(html::items(&view, "front")) {
        pages.push(chapter(&mut values, article, value)?);
    }
    values.remove("matter");
    let own = |id: &str, wanted: bool, values: &Values| {
        wanted.then(|| page(job, templates, id, values)).transpose()
    };
    pages.extend(own("figures", !job.view.figures.is_empty(), &values)?);
    pages.extend(own("chronicle", !job.view.chronicle.is_empty(), &values)?);
    for (part, part_value) in job.view.parts.iter().zip(html::items(&view, "parts")) {
        values.insert("part", part_value.clone());
        if !part.title.is_empty() {
            let text = templates.render(PART, &values)?;
            well_formed(job.look, PART, &text)?;
            pages.push(Page { id: part.id.clone(), text, file: None });
        }
        for (article, value) in part.articles.iter().zip(html::items(&part_value, "articles")) {
            pages.push(chapter(&mut values, article, value)?);
        }
    }
    values.remove("part");
    values.insert("matter", "back".into());
    for (article, value) in job.view.back.iter().zip(html::items(&view, "back")) {
        pages.push(chapter(&mut values, article, value)?);
    }
    values.remove("matter");
    values.remove("article");
    pages.extend(own("index", !job.view.index.is_empty(), &values)?);
    pages.extend(own("volumes", job.view.volume.is_some(), &values)?);

    let (faces, left_out) = set(job, templates, &mut values, &mut pages)?;
    findings.extend(left_out);

    let style = templates.render(STYLE, &values)?;
    if let Some(template) = job.look.get(STYLE) {
        let parts =
            job.look.files().filter(|(name, _)| *name != STYLE && name.ends_with(".css.j2"));
        let parts: Vec<_> = parts.map(|(_, file)| file).collect();
        style_sheet::check_rendered(template, &parts, &style, Reader::Epub)?;
    }
    let embedded = faces.embedded();
    let descriptions = Descriptions::count(job);
    let package = package::Package::of(job, &pages, &embedded, pictures, descriptions);
    values.insert("package", html::value(&package));
    let document = |template: &str| {
        let text = templates.render(template, &values)?;
        well_formed(job.look, template, &text)?;
        Ok::<_, Fault>(text)
    };
    let mut entries = vec![
        Entry::bytes("EPUB/style.css", style),
        Entry::bytes("EPUB/package.opf", document("package.opf.j2")?),
        Entry::bytes("EPUB/toc.ncx", document("toc.ncx.j2")?),
    ];
    entries.extend(faces.files(job.album.store())?);
    entries.extend(pages.into_iter().map(|p| Entry::bytes(format!("EPUB/{}", p.href()), p.text)));
    Ok(Book { entries, findings })
}

fn page(job: &Job<'_>, templates: &Templates, id: &str, values: &Values) -> Result<Page, Fault> {
    let template = format!("{id}.xhtml.j2");
    let text = templates.render(&template, values)?;
    well_formed(job.look, &template, &text)?;
    Ok(Page { id: id.to_owned(), text, file: None })
}

/// Finds the faces of all pages and adds the colophon, which names them: its own
/// characters may call for one face more, so it is made anew until none is added. With
/// the faces comes what is to be said of characters that none of them has.
fn set<'a>(
    job: &Job<'a>,
    templates: &Templates,
    values: &mut Values,
    pages: &mut Vec<Page>,
) -> Result<(Faces<'a>, Vec<Finding>), Fault> {
    let set_in = SetIn::new(job.look.settings.fonts.keys(), &job.view.options);
    let mut found = Found::default();
    for page in pages.iter() {
        scan::characters(&page.text, &set_in, &mut found);
    }
    let none: [Embedded; 0] = [];
    values.insert("fonts", html::value(&none));
    let bare = page(job, templates, "colophon", values)?;
    scan::characters(&bare.text, &set_in, &mut found);
    let mut faces = Faces::open(job, &found)?;
    loop {
        let whose = |role: &str, c: char| {
            let holds = |page: &&Page| {
                let mut found = Found::default();
                scan::characters(&page.text, &set_in, &mut found);
                found.characters.get(role).is_some_and(|set| set.contains(c))
            };
            pages.iter().find(holds)?.file.clone()
        };
        faces.assign(&found, &whose)?;
        let embedded = faces.embedded();
        values.insert("fonts", html::value(&embedded));
        values.insert("families", html::value(&faces.families()));
        let colophon = page(job, templates, "colophon", values)?;
        scan::characters(&colophon.text, &set_in, &mut found);
        let left_out = faces.assign(&found, &whose)?;
        if faces.embedded().len() == embedded.len() {
            pages.push(colophon);
            return Ok((faces, left_out));
        }
    }
}

/// What is to be said about characters that XML cannot hold; they are left out.
fn illegal(article: &Value, file: &str) -> Option<Finding> {
    let mut codes = Vec::new();
    html::each_string(article, &mut |text| {
        codes.extend(text.chars().filter(|c| !html::allowed(*c)).map(u32::from));
    });
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    let codes: Vec<String> = codes.into_iter().map(|c| format!("U+{c:04X}")).collect();
    (count > 0).then(|| {
        let finding = Finding::warning(ILLEGAL).arg("count", count).arg("codes", codes.join("、"));
        finding.file(file)
    })
}
