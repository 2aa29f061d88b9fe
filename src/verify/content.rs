//! What of a content stream draws text (ISO 32000-1, 7.8.2 and 9.4). A year's pages
//! are some ten million operands, nearly all of them numbers that nobody asks for
//! here: they are passed over as bytes. Takes any bytes; nothing is nested on the
//! stack.

/// Dictionaries within dictionaries are followed so deep; who nests deeper says
/// nothing by it.
const DEPTH: usize = 32;
/// What stands behind an inline picture is text for so many bytes.
const AFTER_PICTURE: usize = 16;

/// What concerns text.
pub(super) enum Op<'c> {
    Save,
    Restore,
    /// The font of this name.
    Font(&'c [u8]),
    /// Codes are shown; each string by itself.
    Show(&'c Strings),
    /// The form or picture of this name.
    Draw(&'c [u8]),
    /// A marked content of this tag begins.
    Begin(&'c [u8], Properties<'c>),
    /// A marked content ends.
    End,
}

/// What a marked content says of itself.
pub(super) enum Properties<'c> {
    None,
    /// What the resources list under this name.
    Named(&'c [u8]),
    /// The dictionary that stands there, brackets included.
    Given(&'c [u8]),
}

/// The strings before an operator, one behind the other.
#[derive(Default)]
pub(super) struct Strings {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end])
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}

/// Goes through a content stream.
pub(super) fn each(content: &[u8], mut see: impl FnMut(Op<'_>)) {
    let mut at = 0;
    let mut strings = Strings::default();
    let (mut tag, mut name, mut given): (&[u8], &[u8], Option<&[u8]>) = (b"", b"", None);
    while let Some(byte) = content.get(at) {
        match byte {
            b'(' => at = literal(content, at + 1, &mut strings),
            b'<' if content.get(at + 1) == Some(&b'<') => {
                let end = dictionary(content, at);
                given = content.get(at..end);
                at = end;
            }
            b'<' => at = hex(content, at + 1, &mut strings),
            b'/' => {
                let end = regular_end(content, at + 1);
                (tag, name, given) = (name, &content[at + 1..end], None);
                at = end;
            }
            b'%' => at = line_end(content, at),
            // Numbers, white space and the brackets of arrays.
            b'0'..=b'9' | b'+' | b'-' | b'.' => at = regular_end(content, at),
            byte if !is_regular(*byte) => at += 1,
            _ => {
                let end = regular_end(content, at);
                let operator = &content[at..end];
                at = end;
                match operator {
                    b"Tj" | b"TJ" | b"'" | b"\"" => see(Op::Show(&strings)),
                    b"Tf" => see(Op::Font(name)),
                    b"Do" => see(Op::Draw(name)),
                    b"q" => see(Op::Save),
                    b"Q" => see(Op::Restore),
                    b"BMC" => see(Op::Begin(name, Properties::None)),
                    b"BDC" => see(match given {
                        Some(given) => Op::Begin(name, Properties::Given(given)),
                        None => Op::Begin(tag, Properties::Named(name)),
                    }),
                    b"EMC" => see(Op::End),
                    b"ID" => at = picture_end(content, at),
                    _ => {}
                }
                strings.clear();
                (tag, name, given) = (b"", b"", None);
            }
        }
    }
}

/// Whether a byte is part of a number, a name or an operator (7.2.2).
fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | b'\t'
            | b'\n'
            | 0x0c
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

fn regular_end(content: &[u8], at: usize) -> usize {
    let rest = content.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len())
}

fn line_end(content: &[u8], at: usize) -> usize {
    let rest = &content[at..];
    at + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
}

/// Reads a string in round brackets from behind the first one; gives where it ends
/// (7.3.4.2).
fn literal(content: &[u8], mut at: usize, out: &mut Strings) -> usize {
    let mut open = 1_usize;
    while let Some(byte) = content.get(at) {
        at += 1;
        match byte {
            b'(' => open += 1,
            b')' => open -= 1,
            b'\\' => {
                at += escaped(&content[at..], &mut out.bytes);
                continue;
            }
            _ => {}
        }
        if open == 0 {
            break;
        }
        out.bytes.push(*byte);
    }
    out.ends.push(out.bytes.len());
    at
}

/// Reads what stands behind a backslash; gives how many bytes that is.
fn escaped(rest: &[u8], out: &mut Vec<u8>) -> usize {
    let Some(byte) = rest.first() else { return 0 };
    match byte {
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'b' => out.push(8),
        b'f' => out.push(12),
        b'\r' if rest.get(1) == Some(&b'\n') => return 2,
        b'\r' | b'\n' => {}
        b'0'..=b'7' => {
            let digits = rest.iter().take(3).take_while(|b| matches!(b, b'0'..=b'7'));
            let (count, value) = digits
                .fold((0, 0_u32), |(count, value), b| (count + 1, value * 8 + u32::from(b - b'0')));
            // What overflows a byte is cut off.
            out.push((value & 0xff) as u8);
            return count;
        }
        byte => out.push(*byte),
    }
    1
}

/// Reads a string of hexadecimal digits from behind its bracket; gives where it ends.
fn hex(content: &[u8], mut at: usize, out: &mut Strings) -> usize {
    let mut half: Option<u8> = None;
    while let Some(byte) = content.get(at) {
        at += 1;
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            b'>' => break,
            _ => continue,
        };
        match half.take() {
            Some(high) => out.bytes.push(high << 4 | digit),
            None => half = Some(digit),
        }
    }
    // A missing last digit is nought.
    out.bytes.extend(half.map(|high| high << 4));
    out.ends.push(out.bytes.len());
    at
}

/// Where the dictionary ends that begins at `at`; nothing is looked at that is nested
/// too deeply.
fn dictionary(content: &[u8], mut at: usize) -> usize {
    let mut open = 0_usize;
    let mut passed = Strings::default();
    while let Some(byte) = content.get(at) {
        let doubled = content.get(at + 1) == Some(byte);
        match byte {
            b'<' if doubled => (open, at) = (open + 1, at + 2),
            b'>' if doubled => (open, at) = (open.saturating_sub(1), at + 2),
            b'[' => (open, at) = (open + 1, at + 1),
            b']' => (open, at) = (open.saturating_sub(1), at + 1),
            b'(' => at = literal(content, at + 1, &mut passed),
            // Its bracket and the dictionary's may stand together.
            b'<' => at = hex(content, at + 1, &mut passed),
            b'%' => at = line_end(content, at),
            _ => at += 1,
        }
        if open == 0 || open > DEPTH {
            break;
        }
    }
    at
}

/// Where an inline picture ends whose bytes begin at `at`: at an `EI` that stands by
/// itself and has text behind it (8.9.7).
fn picture_end(content: &[u8], at: usize) -> usize {
    let rest = content.get(at..).unwrap_or_default();
    let is_end = |window: &[u8]| {
        window[0].is_ascii_whitespace() && window[1..3] == *b"EI" && !is_regular(window[3])
    };
    let mut from = 0;
    while let Some(found) = rest[from..].windows(4).position(is_end) {
        let after = from + found + 3;
        let near = &rest[after..rest.len().min(after + AFTER_PICTURE)];
        if near.iter().all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()) {
            return at + after;
        }
        from = after;
    }
    content.len()
}
