//! The one place where an article is brought into a shape that the canonical
//! form can hold. It changes no word that a reader of the article would see.

use unicode_normalization::UnicodeNormalization;

use crate::article::{Article, Block, Date, Figure, Inline, Inlines, List};

/// Brings an article into its one tidy shape:
///
/// - text is in Unicode's form NFC; a line end within text becomes a break;
/// - neighbouring text is joined, likewise neighbouring strong text, and so on
///   for each kind of span but links; empty text and empty spans are dropped;
/// - strong text within strong text is just strong, likewise emphasis, 着重号
///   and links, whose outermost address holds;
/// - paragraphs without content and lists without items are dropped;
/// - heading levels lie in 1 to 6 and spans of cells are at least 1;
/// - values that stand on one line (alt, credit, names, addresses, readings)
///   have a space for each line end;
/// - a date after the year 9999 becomes an unread date, and views end at the
///   largest integer of TOML.
pub fn tidy(article: &mut Article) {
    let meta = &mut article.meta;
    for inlines in [&mut meta.kicker, &mut meta.title, &mut meta.subtitle] {
        tidy_inlines(inlines);
    }
    if let Some(date) = meta.date.filter(|d: &Date| d.year() > 9999) {
        meta.date = None;
        meta.date_raw.get_or_insert_with(|| date.to_string());
    }
    meta.views = meta.views.map(|v| v.min(i64::MAX as u64));
    tidy_blocks(&mut article.body);
}

fn tidy_blocks(blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut() {
        tidy_block(block);
    }
    blocks.retain(|block| match block {
        Block::Paragraph(inlines) => !inlines.is_empty(),
        Block::List(List { items, .. }) => !items.is_empty(),
        _ => true,
    });
}

fn tidy_block(block: &mut Block) {
    match block {
        Block::Paragraph(inlines) => tidy_inlines(inlines),
        Block::Heading(heading) => {
            heading.level = heading.level.clamp(1, 6);
            tidy_inlines(&mut heading.text);
        }
        Block::Figure(Figure { images, caption, credit }) => {
            for image in images {
                one_line(&mut image.name);
                image.alt.iter_mut().for_each(one_line);
            }
            tidy_inlines(caption);
            credit.iter_mut().for_each(one_line);
        }
        Block::List(list) => list.items.iter_mut().for_each(tidy_blocks),
        Block::Table(table) => {
            tidy_inlines(&mut table.caption);
            for cell in table.rows.iter_mut().flatten() {
                cell.colspan = cell.colspan.max(1);
                cell.rowspan = cell.rowspan.max(1);
                tidy_blocks(&mut cell.blocks);
            }
        }
        Block::Quote(inner) => tidy_blocks(inner),
        Block::Aside(aside) => tidy_blocks(&mut aside.blocks),
        Block::Rule => {}
        Block::Unknown { text, why } => {
            *text = text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
            one_line(why);
        }
    }
}

fn one_line(text: &mut String) {
    if text.contains(['\n', '\r']) {
        *text = text.replace("\r\n", " ").replace(['\n', '\r'], " ");
    }
}

fn tidy_inlines(inlines: &mut Inlines) {
    let mut out = Inlines::with_capacity(inlines.len());
    gather(std::mem::take(inlines), &mut Vec::new(), &mut out);
    // Joining may put a combining mark behind its letter.
    compose(&mut out);
    *inlines = out;
}

/// The kinds of span that mean nothing within themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Strong,
    Emphasis,
    Mark,
    Link,
}

fn span(inline: &Inline) -> Option<Span> {
    Some(match inline {
        Inline::Strong(_) => Span::Strong,
        Inline::Emphasis(_) => Span::Emphasis,
        Inline::EmphasisMark(_) => Span::Mark,
        Inline::Link { .. } => Span::Link,
        _ => return None,
    })
}

fn gather(inlines: Inlines, open: &mut Vec<Span>, out: &mut Inlines) {
    for mut inline in inlines {
        let kind = span(&inline);
        if let Some(children) = inline.children_mut() {
            let children = std::mem::take(children);
            if kind.is_some_and(|k| open.contains(&k)) {
                gather(children, open, out);
                continue;
            }
            open.extend(kind);
            let mut inner = Inlines::new();
            gather(children, open, &mut inner);
            if kind.is_some() {
                open.pop();
            }
            if let Some(slot) = inline.children_mut() {
                *slot = inner;
            }
        }
        push(inline, out);
    }
}

/// Adds an inline, joining it to the one before where both are of one kind.
fn push(inline: Inline, out: &mut Inlines) {
    match inline {
        Inline::Text(text) => {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    out.push(Inline::Break);
                }
                match out.last_mut() {
                    _ if line.is_empty() => {}
                    Some(Inline::Text(before)) => before.push_str(line),
                    _ => out.push(Inline::Text(line.to_owned())),
                }
            }
        }
        Inline::Ruby { mut base, mut text } => {
            one_line(&mut base);
            one_line(&mut text);
            out.push(Inline::Ruby { base, text });
        }
        Inline::Note(mut blocks) => {
            tidy_blocks(&mut blocks);
            out.push(Inline::Note(blocks));
        }
        Inline::Break => out.push(Inline::Break),
        Inline::Link { url, content } if content.is_empty() => drop(url),
        Inline::Link { mut url, content } => {
            one_line(&mut url);
            out.push(Inline::Link { url, content });
        }
        mut span => {
            let Some(children) = span.children_mut().map(std::mem::take) else { return };
            if children.is_empty() {
                return;
            }
            match out.last_mut() {
                Some(last) if std::mem::discriminant(last) == std::mem::discriminant(&span) => {
                    if let Some(before) = last.children_mut() {
                        children.into_iter().for_each(|child| push(child, before));
                    }
                }
                _ => {
                    if let Some(slot) = span.children_mut() {
                        *slot = children;
                    }
                    out.push(span);
                }
            }
        }
    }
}

fn compose(inlines: &mut Inlines) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => nfc(text),
            Inline::Ruby { base, text } => {
                nfc(base);
                nfc(text);
            }
            other => {
                if let Some(children) = other.children_mut() {
                    compose(children);
                }
            }
        }
    }
}

fn nfc(text: &mut String) {
    if !unicode_normalization::is_nfc(text) {
        *text = text.nfc().collect();
    }
}
