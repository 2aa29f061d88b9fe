//! Characters of the fonts Symbol and Wingdings, whose glyphs Word stores at codes
//! of their own, as the characters they show.

/// The characters of Symbol from code 0x20 to 0x7e (Adobe's Symbol encoding).
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
/// The characters of Symbol from code 0xa1 to 0xfe; `\u{fffd}` where there is none.
const SYMBOL_HIGH: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{fffd}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// What texts use of the fonts of pictures.
const WINGDINGS: &[(u32, char)] = &[
    (0x22, '✂'),
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2a, '✉'),
    (0x46, '☞'),
    (0x4a, '☺'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
    (0x86, '⑥'),
    (0x87, '⑦'),
    (0x88, '⑧'),
    (0x89, '⑨'),
    (0x8a, '⑩'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '□'),
    (0xab, '★'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe8, '➔'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

/// What of Wingdings 2 texts use.
const WINGDINGS_2: &[(u32, char)] =
    &[(0x50, '✓'), (0x4f, '✗'), (0x52, '☑'), (0x51, '☒'), (0x53, '☒'), (0x54, '☒'), (0xa3, '□')];

/// The character that code `code` of `font` shows; nothing where the font is none of
/// these or the code is not known. The codes may lie in the private area from
/// 0xf000, as Word writes them.
pub(super) fn shown(font: &str, code: u32) -> Option<char> {
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let listed = |list: &[(u32, char)]| list.iter().find(|(c, _)| *c == code).map(|(_, c)| *c);
    match font.to_lowercase().as_str() {
        "symbol" => match code {
            0x20..=0x7e => SYMBOL_LOW.chars().nth((code - 0x20) as usize),
            0xa0 => Some('€'),
            0xa1.. => SYMBOL_HIGH.chars().nth((code - 0xa1) as usize).filter(|c| *c != '\u{fffd}'),
            _ => None,
        },
        "wingdings" => listed(WINGDINGS),
        "wingdings 2" => listed(WINGDINGS_2),
        _ => None,
    }
}
