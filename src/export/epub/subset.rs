//! Cutting a font file down to the characters that are set in it, and making sure
//! that what is left still draws them.

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile};
use allsorts::tag;
use skera::{Plan, SubsetFlags};
use write_fonts::FontBuilder;
use write_fonts::read::FontRef;
use write_fonts::read::collections::IntSet;
use write_fonts::types::Tag;

use crate::diag::{Code, Fault, Finding};
use crate::layout::Face;
use crate::layout::fonts::Glance;

use super::characters::Characters;
use super::outline::drawing;

const SUBSET_FAILED: Code = Code::new("epub-subset-failed");

/// Features kept where a font has them: joining of marks, and the halving of
/// punctuation that browsers do at line ends. What is for other scripts or for
/// vertical lines goes, and its glyphs with it.
const FEATURES: [&[u8; 4]; 7] = [b"ccmp", b"chws", b"halt", b"kern", b"mark", b"mkmk", b"palt"];

const DROPPED: [&[u8; 4]; 7] = [b"BASE", b"DSIG", b"VORG", b"kern", b"meta", b"vhea", b"vmtx"];

/// Counts the ways of cutting: another number, another subset, so that one kept by an
/// older program is not taken for this one's.
const RECIPE: u32 = 2;

/// The sum of all that a subset is made from: of the font what a glance at it tells, and
/// what the manifest says of its content.
pub(super) fn sum(face: &Face, glance: &Glance, characters: &Characters) -> blake3::Hash {
    let mut sum = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        sum.update(&(bytes.len() as u64).to_le_bytes());
        sum.update(bytes);
    };
    add(&RECIPE.to_le_bytes());
    add(format!("{face:?}").as_bytes());
    add(characters.iter().collect::<String>().as_bytes());
    glance.marks().into_iter().for_each(add);
    sum.finalize()
}

/// The font with nothing but these characters, under the name it may carry.
pub(super) fn subset(face: &Face, font: &[u8], characters: &Characters) -> Result<Vec<u8>, Fault> {
    let failed = |why: String| {
        let finding = Finding::error(SUBSET_FAILED).arg("face", &face.id).arg("why", why);
        Fault::work(finding)
    };
    let parsed = FontRef::new(font).map_err(|e| failed(e.to_string()))?;
    let small = if parsed.table_data(Tag::new(b"glyf")).is_some() {
        with_skera(&parsed, characters).map_err(&failed)?
    } else {
        with_allsorts(font, characters).map_err(&failed)?
    };
    check(font, &small, characters).map_err(&failed)?;
    rename(&small, face).map_err(&failed)
}

/// For TrueType outlines. On others it drops the outlines and says nothing.
fn with_skera(font: &FontRef<'_>, characters: &Characters) -> Result<Vec<u8>, String> {
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let plan = Plan::new(
        &IntSet::empty(),
        &characters.iter().map(u32::from).collect(),
        font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DROPPED.into_iter().map(Tag::new).collect(),
        &scripts,
        &FEATURES.into_iter().map(Tag::new).collect(),
        &IntSet::empty(),
        &IntSet::empty(),
    );
    skera::subset_font(font, &plan).map_err(|e| e.to_string())
}

/// For CFF outlines.
fn with_allsorts(font: &[u8], characters: &Characters) -> Result<Vec<u8>, String> {
    let face = ttf_parser::Face::parse(font, 0).map_err(|e| e.to_string())?;
    let mut glyphs: Vec<u16> =
        characters.iter().filter_map(|c| face.glyph_index(c)).map(|g| g.0).collect();
    glyphs.push(0);
    glyphs.sort_unstable();
    glyphs.dedup();
    let file = ReadScope::new(font).read::<FontData<'_>>().map_err(|e| e.to_string())?;
    let provider = file.table_provider(0).map_err(|e| e.to_string())?;
    let profile = SubsetProfile::Custom(vec![
        tag::CMAP,
        tag::HEAD,
        tag::HHEA,
        tag::HMTX,
        tag::MAXP,
        tag::NAME,
        tag::OS_2,
        tag::POST,
    ]);
    allsorts::subset::subset(&provider, &glyphs, &profile, CmapTarget::Unicode)
        .map_err(|e| e.to_string())
}

/// Makes sure that the small font draws every character just as the whole one does.
fn check(whole: &[u8], small: &[u8], characters: &Characters) -> Result<(), String> {
    let whole = ttf_parser::Face::parse(whole, 0).map_err(|e| e.to_string())?;
    let small = ttf_parser::Face::parse(small, 0).map_err(|e| e.to_string())?;
    let differs = |c: &char| drawing(&small, *c) != drawing(&whole, *c);
    match characters.iter().find(differs) {
        Some(c) => Err(format!("U+{:04X}", u32::from(c))),
        None => Ok(()),
    }
}

/// Gives the font a `name` table of its own: whose it is and under which licence
/// it may be passed on; and another name where the licence reserves the font's
/// for unchanged copies (SIL OFL 1.1, clause 3).
fn rename(font: &[u8], face: &Face) -> Result<Vec<u8>, String> {
    let family = if face.reserved { format!("Kanyin {}", face.id) } else { face.family.clone() };
    let compact: String = family.chars().filter(char::is_ascii_alphanumeric).collect();
    let postscript = format!("{compact}-{}", face.weight);
    let names = [
        (0, face.notice.clone()),
        (1, family.clone()),
        (2, "Regular".to_owned()),
        (3, format!("{postscript};subset")),
        (4, family),
        (5, "Version 1.000; subset".to_owned()),
        (6, postscript),
        (13, face.licence.clone()),
    ];
    let parsed = FontRef::new(font).map_err(|e| e.to_string())?;
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"name"), name_table(&names));
    builder.copy_missing_tables(parsed);
    Ok(builder.build())
}

/// A `name` table (OpenType 1.9, format 0) of these texts by name id, in English
/// for Windows, which every reading system reads.
fn name_table(names: &[(u16, String)]) -> Vec<u8> {
    let units: Vec<Vec<u8>> = names
        .iter()
        .map(|(_, text)| text.encode_utf16().flat_map(u16::to_be_bytes).collect())
        .collect();
    let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let mut table = Vec::new();
    let mut put = |values: &[u16]| values.iter().for_each(|v| table.extend(v.to_be_bytes()));
    put(&[0, short(names.len()), short(6 + 12 * names.len())]);
    let mut offset = 0;
    for ((id, _), text) in names.iter().zip(&units) {
        put(&[3, 1, 0x409, *id, short(text.len()), short(offset)]);
        offset += text.len();
    }
    table.extend(units.concat());
    table
}
