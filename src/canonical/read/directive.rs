//! Reading what stands between `:::name` and `:::`.

use crate::article::{Aside, AsideKind, Block, Figure, Image, plain_text};
use crate::canonical::write::aside;
use crate::diag::{Code, Finding};

use super::Reader;
use super::inline::{unmasked, until};
use super::lines::Line;
use super::table;

const UNKNOWN: Code = Code::new("canonical-directive-unknown");
const STRAY_LINE: Code = Code::new("canonical-directive-stray-line");

impl Reader<'_> {
    /// Reads the inner lines of the directive `name`.
    pub(super) fn directive_body(
        &mut self,
        line: Line<'_>,
        name: &str,
        inner: &[Line<'_>],
        out: &mut Vec<Block>,
    ) {
        if let Some(kind) = AsideKind::ALL.into_iter().find(|k| aside(*k) == name) {
            let blocks = self.deeper(inner);
            out.push(Block::Aside(Aside { kind, blocks }));
            return;
        }
        match name {
            "figure" => self.figure(inner, out),
            "table" => table::directive(self, inner, out),
            "未识别" => out.push(unknown(inner)),
            _ => {
                self.tell(Finding::warning(UNKNOWN).arg("name", name), line.number);
                let blocks = self.deeper(inner);
                out.extend(blocks);
            }
        }
    }

    fn figure(&mut self, inner: &[Line<'_>], out: &mut Vec<Block>) {
        let mut figure = Figure::default();
        let mut strays = Vec::new();
        for line in inner.iter().filter(|l| !l.blank()) {
            if let Some(image) = self.image(line.text) {
                figure.images.push(image);
            } else if let Some(text) = line.text.strip_prefix("图注：") {
                figure.caption = self.inlines(text, line.number);
            } else if let Some(text) = line.text.strip_prefix("署名：") {
                figure.credit = Some(plain_text(&self.inlines(text, line.number)));
            } else {
                strays.push(*line);
            }
        }
        out.push(Block::Figure(figure));
        self.strays(&strays, "figure", out);
    }

    /// Keeps lines that a directive has no use for as text behind it.
    pub(super) fn strays(&mut self, strays: &[Line<'_>], name: &str, out: &mut Vec<Block>) {
        for line in strays {
            self.tell(Finding::warning(STRAY_LINE).arg("name", name), line.number);
            out.push(Block::Paragraph(self.inlines(line.text, line.number)));
        }
    }

    /// `![alt](name)` on a line of its own.
    pub(super) fn image(&self, text: &str) -> Option<Image> {
        let rest = text.strip_prefix("![")?;
        let (alt, rest) = until(rest, ']')?;
        let (name, rest) = until(rest.strip_prefix('(')?, ')')?;
        let alt = (!alt.is_empty()).then(|| unmasked(alt));
        rest.trim_end().is_empty().then(|| Image { name: unmasked(name), alt })
    }
}

/// The lines as they are. The first names the reason; a backslash before `:::`
/// or before another backslash only masks it.
fn unknown(inner: &[Line<'_>]) -> Block {
    let why = inner.first().and_then(|l| l.text.strip_prefix("原因："));
    let text = if why.is_some() { &inner[1..] } else { inner };
    let line = |l: &Line<'_>| {
        let masked = l.text.starts_with("\\\\") || l.text.starts_with("\\:::");
        l.text[usize::from(masked)..].to_owned()
    };
    let text = text.iter().map(line).collect::<Vec<_>>().join("\n");
    Block::Unknown { text, why: why.unwrap_or_default().to_owned() }
}
