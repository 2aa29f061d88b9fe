//! Text: where each string stands and how large it is seen (ISO 32000-1, 9.4).

use std::sync::Arc;

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Object;
use hayro_syntax::page::Resources;

use crate::print::preflight::file::spelt;
use crate::print::preflight::font::Font;
use crate::print::preflight::geometry::{Area, Matrix};

use super::Walker;
use super::state::Mark;

/// How far glyphs are taken to reach above and below the line, in sizes: the em box
/// of Chinese faces.
const ABOVE: f64 = 0.88;
const BELOW: f64 = -0.12;

/// Where the next glyph and the next line begin.
pub(super) struct Cursor {
    glyph: Matrix,
    line: Matrix,
}

impl Default for Cursor {
    fn default() -> Self {
        Self { glyph: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

impl Walker<'_> {
    /// Takes an operation on text; others change nothing that is looked at.
    pub(super) fn text_step(&mut self, operation: &Op<'_, '_>, resources: &Resources<'_>) {
        match operation {
            Op::BeginText(_) => self.cursor = Cursor::default(),
            Op::CharacterSpacing(op) => self.state.text.character = op.0.as_f64(),
            Op::WordSpacing(op) => self.state.text.word = op.0.as_f64(),
            Op::HorizontalScaling(op) => self.state.text.scale = op.0.as_f64() / 100.0,
            Op::TextLeading(op) => self.state.text.leading = op.0.as_f64(),
            Op::TextRise(op) => self.state.text.rise = op.0.as_f64(),
            Op::TextRenderingMode(op) => {
                self.state.text.mode = op.0.as_f64().clamp(0.0, 7.0) as u8;
            }
            Op::TextFont(op) => {
                let font = resources.get_font(op.0).map(|font| self.fonts.get(&font));
                let font = font.unwrap_or_else(|| Arc::new(Font::lost(&spelt(op.0))));
                (self.state.text.font, self.state.text.size) = (Some(font), op.1.as_f64());
            }
            Op::SetTextMatrix(op) => {
                let to = Matrix([op.0, op.1, op.2, op.3, op.4, op.5].map(|n| n.as_f64()));
                self.cursor = Cursor { glyph: to, line: to };
            }
            Op::NextLine(op) => self.next_line(op.0.as_f64(), op.1.as_f64()),
            Op::NextLineAndSetLeading(op) => {
                self.state.text.leading = -op.1.as_f64();
                self.next_line(op.0.as_f64(), op.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.text.leading),
            Op::ShowText(op) => self.show(op.0, resources),
            Op::NextLineAndShowText(op) => {
                self.next_line(0.0, -self.state.text.leading);
                self.show(op.0, resources);
            }
            Op::ShowTextWithParameters(op) => {
                self.state.text.word = op.0.as_f64();
                self.state.text.character = op.1.as_f64();
                self.next_line(0.0, -self.state.text.leading);
                self.show(op.2, resources);
            }
            Op::ShowTexts(op) => {
                for item in op.0.iter::<Object<'_>>() {
                    match item {
                        Object::String(codes) => self.show(&codes, resources),
                        Object::Number(by) => self.kern(by.as_f64()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        let line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.cursor.line);
        self.cursor = Cursor { glyph: line, line };
    }

    fn kern(&mut self, thousandths: f64) {
        let vertical = self.state.text.font.as_ref().is_some_and(|font| font.vertical);
        let by = -thousandths / 1000.0 * self.state.text.size;
        self.advance(if vertical { [0.0, by] } else { [by * self.state.text.scale, 0.0] });
    }

    fn advance(&mut self, [x, y]: [f64; 2]) {
        self.cursor.glyph = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.cursor.glyph);
    }

    fn show(&mut self, codes: &[u8], resources: &Resources<'_>) {
        let Some(font) = self.state.text.font.clone() else { return };
        let text = &self.state.text;
        let (size, scale, rise, mode) = (text.size, text.scale, text.rise, text.mode);
        let (mut length, mut seen, mut missing) = (0.0, 0.0, 0);
        for glyph in font.glyphs(codes) {
            let wide = if font.vertical { -1000.0 } else { f64::from(glyph.advance) };
            let end = length + wide / 1000.0 * size;
            length = end + text.character + if glyph.space { text.word } else { 0.0 };
            missing += usize::from(glyph.missing);
            if !glyph.space {
                seen = end;
            }
        }
        let place = self.cursor.glyph.then(self.state.ctm);
        let area = if font.vertical {
            self.advance([0.0, length]);
            Area::mapped(place, [-size / 2.0, seen + rise, size / 2.0, rise])
        } else {
            self.advance([length * scale, 0.0]);
            let (low, high) = (BELOW * size + rise, ABOVE * size + rise);
            Area::mapped(place, [0.0, low, seen * scale, high])
        };
        let area = self.visible(area);
        // Modes 3 and 7 paint nothing (9.3.6).
        let (fills, strokes) = (matches!(mode, 0 | 2 | 4 | 6), matches!(mode, 1 | 2 | 5 | 6));
        if seen == 0.0 || !area.is_some() || !(fills || strokes) {
            return;
        }
        if fills {
            self.tiles(false, area, resources);
        }
        (self.see)(&Mark::Text {
            area,
            size: size.abs() * place.stretch()[1],
            font: &font,
            missing,
            fill: fills.then_some(&self.state.fill),
            stroke: strokes.then_some(&self.state.stroke),
            effects: self.state.effects(),
        });
    }
}
