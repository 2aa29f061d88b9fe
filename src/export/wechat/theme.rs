//! A look for posts: its templates, and its style sheet written into the
//! fragment's own `style` attributes.

use std::collections::BTreeMap;

use css_inline::{CSSInliner, InlineOptions};
use serde::Serialize;

use crate::diag::{Code, Fault, Finding};
use crate::export::cover::Painter;
use crate::export::html::Templates;
use crate::export::view::{Article, Press};
use crate::layout::{FontShelf, Look, Wording};

use super::links::{Links, Reference};
use super::prune::prune;
use super::sheet;

const STYLE_WRONG: Code = Code::new("wechat-style-wrong");

/// A look, ready to make posts of.
pub(super) struct Theme<'a> {
    /// Its templates.
    pub templates: Templates,
    /// What draws the covers of posts without pictures.
    pub painter: Painter<'a>,
    css: String,
    origin: &'a str,
    inliner: CSSInliner<'static>,
}

/// What the templates are told of the publication: all that is the same for
/// each of its posts.
#[derive(Serialize)]
pub(super) struct Setting<'a> {
    /// The publication's title.
    pub title: &'a str,
    /// Who publishes.
    pub press: &'a Press,
    /// The words that editions add.
    pub wording: &'a Wording,
    /// The look's options.
    pub options: &'a toml::Table,
}

/// What `article.html.j2` is given.
#[derive(Serialize)]
struct Values<'a> {
    view: &'a Setting<'a>,
    article: &'a Article,
    pictures: &'a BTreeMap<String, String>,
    kept_links: &'a BTreeMap<String, String>,
    references: &'a [Reference],
    reference_of: BTreeMap<&'a str, usize>,
}

impl<'a> Theme<'a> {
    /// Reads a look, with the options that hold for the publication.
    ///
    /// # Errors
    /// Where a template does not parse, or the style sheet is missing or wrong.
    pub(super) fn new(
        look: &'a Look,
        fonts: &'a FontShelf,
        options: &toml::Table,
    ) -> Result<Self, Fault> {
        let inliner = InlineOptions::default()
            .load_remote_stylesheets(false)
            .inline_style_tags(false)
            .minify_css(true)
            .resolve_css_variables(true)
            .preallocate_node_capacity(512)
            .build();
        Ok(Self {
            templates: Templates::new(look)?,
            painter: Painter::new(look, fonts),
            css: sheet::css(look, options)?,
            origin: look.get(sheet::THEME).map_or(sheet::THEME, |file| file.origin.as_str()),
            inliner,
        })
    }

    /// The fragment to paste for one article. `pictures` gives each picture that
    /// is there its address below the post's folder, by id.
    ///
    /// # Errors
    /// Where the look's template or style sheet is wrong.
    pub(super) fn fragment(
        &self,
        setting: &Setting<'_>,
        article: &Article,
        links: &Links<'_>,
        pictures: &BTreeMap<String, String>,
    ) -> Result<String, Fault> {
        let values = Values {
            view: setting,
            article,
            pictures,
            kept_links: links.kept(),
            references: links.references(),
            reference_of: links.numbers(),
        };
        let markup = self.templates.render("article.html.j2", &values)?;
        let inlined = self.inliner.inline_fragment(&markup, &self.css).map_err(|e| {
            let finding = Finding::error(STYLE_WRONG).arg("why", e).file(self.origin);
            Fault::configuration(finding)
        })?;
        Ok(prune(&inlined))
    }
}
