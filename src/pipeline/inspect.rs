//! The article as understood, in the JSON of `kanyin inspect --json`. The keys,
//! their order and what is absent are a contract: scripts rely on them.

use serde_json::{Map, Value, json};

use crate::article::{
    Block, Cell, Figure, Inline, List, Meta, Origins, Part, Place, Step, Table, plain_text,
};
use crate::diag::{Edit, Finding, Grade, Lang};
use crate::import::Imported;

/// The version of this JSON; it changes when a key changes its meaning.
const VERSION: u32 = 1;
/// The reason of a block whose source says outright what it is.
const STATED: &str = "read-stated";

/// The article, what the reader thinks of it, what was found and what was or
/// could be changed: what the reader consumed, then `edits`. `is_missing` says of
/// a picture's name whether no file is there.
pub fn json(
    imported: &Imported,
    edits: &[Edit],
    findings: &[Finding],
    is_missing: &dyn Fn(&str) -> bool,
) -> Value {
    let meta = &imported.article.meta;
    let mut walk = Walk { origins: &imported.origins, is_missing, notes: Vec::new() };
    // Notes are numbered in reading order, so those above the text come first.
    for (part, inlines) in
        [(Part::Kicker, &meta.kicker), (Part::Title, &meta.title), (Part::Subtitle, &meta.subtitle)]
    {
        walk.inlines(inlines, &Place::part(part), Trust::STATED);
    }
    let blocks = walk.blocks(&imported.article.body, &Place::part(Part::Body), Trust::STATED);
    let mut out = meta_json(meta);
    out.insert("blocks".into(), blocks);
    out.insert(
        "notes".into(),
        walk.notes.into_iter().map(|blocks| json!({ "blocks": blocks })).collect(),
    );
    out.insert("findings".into(), findings.iter().map(|f| f.json(Lang::Zh)).collect());
    // What the reader consumed comes first, whether or not the caller lists it too.
    let proposed = edits.iter().filter(|e| e.grade != Grade::Consumed);
    let edits = imported.edits.iter().chain(proposed).map(Edit::json).collect();
    out.insert("edits".into(), edits);
    Value::Object(out)
}

/// What `inspect --json` says of a file: its one article or, where it holds
/// several, their list under `articles`.
pub fn of_file(mut articles: Vec<Value>) -> Value {
    match articles.len() {
        1 => articles.remove(0),
        _ => json!({ "version": VERSION, "articles": articles }),
    }
}

fn meta_json(meta: &Meta) -> Map<String, Value> {
    let run = |inlines: &[Inline]| (!inlines.is_empty()).then(|| plain_text(inlines));
    let series =
        meta.series.as_ref().map(|s| json!({ "name": s.name, "ordinal": s.ordinal, "raw": s.raw }));
    let credits: Vec<Value> = meta
        .credits
        .iter()
        .map(|c| json!({ "role": c.role.name(), "label": c.label, "names": c.names }))
        .collect();
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("version", json!(VERSION));
    put("title", json!(plain_text(&meta.title)));
    put("subtitle", json!(run(&meta.subtitle)));
    put("kicker", json!(run(&meta.kicker)));
    put("series", json!(series));
    put("column", json!(meta.column));
    put("date", json!(meta.date.map(|d| d.to_string())));
    put("views", json!(meta.views));
    put("source", json!(meta.source));
    put("source_url", json!(meta.source_url));
    put("date_raw", json!(meta.date_raw));
    put("summary", json!(meta.summary));
    put("credits", json!(credits));
    out
}

/// How sure the reader is of a block; blocks within one share its trust where
/// nothing is recorded of them.
#[derive(Clone, Copy)]
struct Trust {
    confidence: f32,
    reason: &'static str,
}

impl Trust {
    const STATED: Self = Self { confidence: 1.0, reason: STATED };

    fn put(self, object: &mut Map<String, Value>) {
        // The side table holds single precision; two digits are all it means.
        let confidence = (f64::from(self.confidence) * 100.0).round() / 100.0;
        object.insert("confidence".into(), json!(confidence));
        object.insert("reason".into(), json!(self.reason));
    }
}

struct Walk<'a> {
    origins: &'a Origins,
    is_missing: &'a dyn Fn(&str) -> bool,
    notes: Vec<Value>,
}

impl Walk<'_> {
    fn trust(&self, place: &Place, outer: Trust) -> Trust {
        self.origins
            .get(place)
            .map_or(outer, |o| Trust { confidence: o.confidence, reason: o.reason })
    }

    fn blocks(&mut self, blocks: &[Block], place: &Place, outer: Trust) -> Value {
        blocks
            .iter()
            .enumerate()
            .map(|(i, block)| self.block(block, &place.then(Step::Block(i)), outer))
            .collect()
    }

    fn block(&mut self, block: &Block, place: &Place, outer: Trust) -> Value {
        let trust = self.trust(place, outer);
        let mut out = Map::new();
        let kind = match block {
            Block::Paragraph(_) => "paragraph",
            Block::Heading(_) => "heading",
            Block::Figure(_) => "figure",
            Block::List(_) => "list",
            Block::Table(_) => "table",
            Block::Quote(_) => "quote",
            Block::Aside(_) => "aside",
            Block::Rule => "rule",
            Block::Unknown { .. } => "unknown",
        };
        out.insert("kind".into(), json!(kind));
        match block {
            Block::Paragraph(inlines) => self.run(&mut out, inlines, place, trust),
            Block::Heading(heading) => {
                out.insert("level".into(), json!(heading.level));
                self.run(&mut out, &heading.text, place, trust);
            }
            Block::Figure(figure) => self.figure(&mut out, figure, place, trust),
            Block::List(list) => self.list(&mut out, list, place, trust),
            Block::Table(table) => self.table(&mut out, table, place, trust),
            Block::Quote(inner) => {
                out.insert("blocks".into(), self.blocks(inner, place, trust));
            }
            Block::Aside(aside) => {
                out.insert("aside".into(), json!(aside.kind.name()));
                out.insert("blocks".into(), self.blocks(&aside.blocks, place, trust));
            }
            Block::Rule => {}
            Block::Unknown { text, why } => {
                out.insert("text".into(), json!(text));
                out.insert("why".into(), json!(why));
            }
        }
        trust.put(&mut out);
        Value::Object(out)
    }

    fn run(
        &mut self,
        out: &mut Map<String, Value>,
        inlines: &[Inline],
        place: &Place,
        trust: Trust,
    ) {
        out.insert("text".into(), json!(plain_text(inlines)));
        out.insert("inlines".into(), self.inlines(inlines, place, trust));
    }

    fn caption(
        &mut self,
        out: &mut Map<String, Value>,
        caption: &[Inline],
        place: &Place,
        trust: Trust,
    ) {
        out.insert("caption".into(), json!(plain_text(caption)));
        if !caption.is_empty() {
            let inlines = self.inlines(caption, &place.then(Step::Caption), trust);
            out.insert("inlines".into(), inlines);
        }
    }

    fn figure(
        &mut self,
        out: &mut Map<String, Value>,
        figure: &Figure,
        place: &Place,
        trust: Trust,
    ) {
        let images = figure.images.iter().map(|image| {
            let mut object = Map::new();
            object.insert("name".into(), json!(image.name));
            object.insert("missing".into(), json!((self.is_missing)(&image.name)));
            if let Some(alt) = &image.alt {
                object.insert("alt".into(), json!(alt));
            }
            Value::Object(object)
        });
        out.insert("images".into(), images.collect());
        self.caption(out, &figure.caption, place, trust);
        if let Some(credit) = &figure.credit {
            out.insert("credit".into(), json!(credit));
        }
    }

    fn list(&mut self, out: &mut Map<String, Value>, list: &List, place: &Place, trust: Trust) {
        out.insert("ordered".into(), json!(list.start.is_some()));
        if let Some(start) = list.start.filter(|n| *n != 1) {
            out.insert("start".into(), json!(start));
        }
        let items = list.items.iter().enumerate();
        let items: Value =
            items.map(|(n, item)| self.blocks(item, &place.then(Step::Item(n)), trust)).collect();
        out.insert("items".into(), items);
    }

    fn table(&mut self, out: &mut Map<String, Value>, table: &Table, place: &Place, trust: Trust) {
        self.caption(out, &table.caption, place, trust);
        out.insert("header_rows".into(), json!(table.header_rows));
        let mut rows = Vec::with_capacity(table.rows.len());
        for (r, row) in table.rows.iter().enumerate() {
            let cells = row.iter().enumerate();
            let cells: Value = cells
                .map(|(c, cell)| {
                    json!({
                        "text": cell_text(cell),
                        "blocks": self.blocks(&cell.blocks, &place.then(Step::Cell(r, c)), trust),
                        "colspan": cell.colspan,
                        "rowspan": cell.rowspan,
                    })
                })
                .collect();
            rows.push(cells);
        }
        out.insert("rows".into(), Value::Array(rows));
    }

    fn inlines(&mut self, inlines: &[Inline], place: &Place, trust: Trust) -> Value {
        let mut seen = 0;
        self.inlines_from(inlines, place, trust, &mut seen)
    }

    /// `seen` counts the notes of this run of text, as their places do.
    fn inlines_from(
        &mut self,
        inlines: &[Inline],
        place: &Place,
        trust: Trust,
        seen: &mut usize,
    ) -> Value {
        inlines.iter().map(|inline| self.inline(inline, place, trust, seen)).collect()
    }

    fn inline(&mut self, inline: &Inline, place: &Place, trust: Trust, seen: &mut usize) -> Value {
        let kind = match inline {
            Inline::Text(text) => return json!({ "kind": "text", "text": text }),
            Inline::Break => return json!({ "kind": "break" }),
            Inline::Ruby { base, text } => {
                return json!({ "kind": "ruby", "base": base, "text": text });
            }
            Inline::Note(blocks) => {
                let number = self.notes.len();
                self.notes.push(Value::Null);
                let at = place.then(Step::Note(*seen));
                *seen += 1;
                self.notes[number] = self.blocks(blocks, &at, trust);
                return json!({ "kind": "note", "note": number });
            }
            Inline::Link { url, content } => {
                let inner = self.inlines_from(content, place, trust, seen);
                return json!({ "kind": "link", "url": url, "inlines": inner });
            }
            Inline::Strong(_) => "strong",
            Inline::Emphasis(_) => "emphasis",
            Inline::EmphasisMark(_) => "emphasis-mark",
            Inline::Superscript(_) => "superscript",
            Inline::Subscript(_) => "subscript",
        };
        let inner = self.inlines_from(inline.children(), place, trust, seen);
        json!({ "kind": kind, "inlines": inner })
    }
}

/// The text of a cell, its paragraphs on lines of their own.
fn cell_text(cell: &Cell) -> String {
    let mut lines = Vec::new();
    push_texts(&cell.blocks, &mut lines);
    lines.join("\n")
}

fn push_texts(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => lines.push(plain_text(inlines)),
            Block::Heading(heading) => lines.push(plain_text(&heading.text)),
            Block::Figure(figure) => lines.push(plain_text(&figure.caption)),
            Block::List(list) => list.items.iter().for_each(|item| push_texts(item, lines)),
            Block::Table(table) => {
                table.rows.iter().flatten().for_each(|cell| push_texts(&cell.blocks, lines));
            }
            Block::Quote(inner) => push_texts(inner, lines),
            Block::Aside(aside) => push_texts(&aside.blocks, lines),
            Block::Rule => {}
            Block::Unknown { text, .. } => lines.push(text.clone()),
        }
    }
}
