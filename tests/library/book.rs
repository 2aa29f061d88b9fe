//! What a book brings along besides its articles: chronicle, list of figures, index,
//! picture section, and the sheet around it. The finished files are read back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kanyin::diag::Silent;
use kanyin::pipeline::{BuildOptions, Built, build};
use kanyin::project::Project;

use crate::editions::{pages, sample, solid, titles};
use crate::judges::{self, Word};
use crate::{pdf, support};

/// The lines of the index of the sample's compilation: names with their pages.
fn index_lines(pages: &[String]) -> BTreeMap<String, Vec<usize>> {
    let first = pages.iter().position(|page| solid(page).starts_with("索引")).expect("an index");
    let mut lines = BTreeMap::new();
    for line in pages[first..].iter().flat_map(|page| page.lines()) {
        let Some((name, list)) = line.rsplit_once(' ') else { continue };
        let range = |range: &str| -> Option<std::ops::RangeInclusive<usize>> {
            let (from, to) = range.split_once('—').unwrap_or((range, range));
            Some(from.parse().ok()?..=to.parse().ok()?)
        };
        let ranges: Option<Vec<_>> = list.split('、').map(range).collect();
        if let Some(ranges) = ranges {
            lines.insert(solid(name), ranges.into_iter().flatten().collect());
        }
    }
    lines
}

/// The press edition's pages and where its page 1 is: where the chronicle begins.
fn compilation() -> Option<(PathBuf, Vec<String>, usize)> {
    let path = sample()?.file("yearbook/yearbook-print.pdf");
    let pages = pages(&path)?;
    let first = pages.iter().position(|page| solid(page).starts_with("大事记"))?;
    Some((path, pages, first))
}

#[test]
fn every_page_in_the_index_has_the_name_and_no_page_is_forgotten() {
    let Some((_, pages, first)) = compilation() else { return };
    let lines = index_lines(&pages);
    assert!(lines.len() >= 15, "{lines:?}");
    // Short forms count as well.
    let forms: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("云澜大学听澜书院", &["书院"][..]),
        ("云澜大学图书馆特藏部", &["特藏部"]),
        ("青麓村完全小学", &["青麓村小学"]),
        ("党政办公室", &["两办"]),
        ("澜江老桥", &["老桥"]),
        ("志愿者", &["志愿服务"]),
    ]);
    for (name, numbers) in &lines {
        let forms = forms.get(name.as_str()).copied().unwrap_or_default();
        for number in numbers {
            let text = solid(&pages[first + number - 1]);
            let there = text.contains(name) || forms.iter().any(|form| text.contains(form));
            assert!(there, "{name} stands on page {number}");
        }
    }
    // Names that stand in no credit and no running head: found page by page.
    let body = pages.iter().position(|page| solid(page).starts_with("第一部分")).unwrap();
    let opens = |i: &usize| solid(&pages[*i]).chars().skip(2).take(2).eq("部分".chars());
    for name in ["沈怀瑾", "孟翀", "枯水期", "夜读区"] {
        let end = pages.iter().position(|page| solid(page).starts_with("后记")).unwrap();
        let text = |i: &usize| pages[*i].lines().skip(1).collect::<String>();
        let found: Vec<usize> = (body..end)
            .filter(|i| !opens(i) && solid(&text(i)).contains(name))
            .map(|i| i - first + 1)
            .collect();
        assert_eq!(lines[name], found, "{name}");
    }
}

/// The words of a page, column after column of so many.
fn by_columns(words: &[Word], count: usize) -> String {
    let left = words.iter().map(|w| w.left).fold(f64::MAX, f64::min);
    let right = words.iter().map(|w| w.right).fold(0.0, f64::max);
    let column = |w: &Word| ((w.left - left) / (right - left + 1.0) * count as f64) as usize;
    let mut words: Vec<&Word> = words.iter().collect();
    // Figures of one line stand a little higher or lower than Han characters.
    let line = |w: &Word| (w.bottom + w.top) as i64 / 2 / 6;
    words.sort_by(|a, b| {
        (column(a), line(a)).cmp(&(column(b), line(b))).then(a.left.total_cmp(&b.left))
    });
    words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The number that stands after a text, dots and white space between them left out.
fn number_after(page: &str, text: &str) -> Option<usize> {
    let wanted: Vec<char> = solid(text).chars().collect();
    let all: Vec<(usize, char)> = page.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let at = all
        .windows(wanted.len())
        .position(|w| w.iter().map(|(_, c)| *c).eq(wanted.iter().copied()))?;
    let (last, c) = all[at + wanted.len() - 1];
    let rest = page[last + c.len_utf8()..].trim_start_matches([' ', '\n', '.']);
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[test]
fn the_chronicle_names_the_pages_of_its_articles() {
    let Some((path, pages, first)) = compilation() else { return };
    let Some(words) = judges::words(&path) else { return };
    let chronicle = by_columns(&words[first], 2);
    let mut before = String::new();
    let mut checked = 0;
    for title in titles("yearbook") {
        let Some(number) = number_after(&chronicle, &title) else { continue };
        let text = solid(&pages[first + number - 1]);
        assert!(text.contains(&solid(&title)), "{title} opens on page {number}");
        before.push_str(&title);
        checked += 1;
    }
    assert!(checked >= 10, "{checked} of the chronicle's articles: {chronicle}");
    let months = ["1月", "4月", "6月", "9月", "10月", "11月", "12月"];
    let solid = solid(&chronicle);
    let mut from = 0;
    for month in months {
        from += solid[from..].find(month).unwrap_or_else(|| panic!("{month}: {solid}"));
    }
}

#[test]
fn the_list_of_figures_names_the_pages_of_the_captions() {
    let Some((_, pages, first)) = compilation() else { return };
    let list = pages.iter().find(|page| solid(page).starts_with("图片目录")).unwrap();
    let mut checked = 0;
    for caption in [
        "二十六日清晨的东操场。比赛从七点半的女子竞走开始",
        "雪后校园三景：扫开的林荫道、屋顶与远山、天亮前的长椅",
        "学生设计的院徽：山是青麓，水是澜江",
    ] {
        let number = number_after(list, caption).unwrap_or_else(|| panic!("{caption}: {list}"));
        assert!(solid(&pages[first + number - 1]).contains(&solid(caption)), "{caption}: {number}");
        checked += 1;
    }
    assert_eq!(checked, 3);
}

#[test]
fn parts_open_on_right_pages_and_empty_pages_have_no_ink() {
    let Some((path, pages, first)) = compilation() else { return };
    let solid: Vec<String> = pages.iter().map(|page| solid(page)).collect();
    assert_eq!(first % 2, 0, "page 1 is a right page");
    let openings: Vec<usize> = (first + 1..solid.len())
        .filter(|i| {
            solid[*i].starts_with('第') && solid[*i].chars().skip(2).take(2).eq("部分".chars())
        })
        .collect();
    assert_eq!(openings.len(), 6);
    for i in &openings {
        assert_eq!(i % 2, 0, "{}", solid[*i]);
        // No folio: the last words are the last article's title.
        assert!(!solid[*i].ends_with(|c: char| c.is_ascii_digit()), "{}", solid[*i]);
    }
    let Some(inks) = judges::inkcov(&path) else { return };
    let Some(pictures) = judges::pdfimages(&path) else { return };
    let mut blank = 0;
    for (i, ink) in inks.iter().enumerate() {
        if solid[i].is_empty() && pictures.iter().all(|picture| picture.page != i + 1) {
            assert_eq!(*ink, [0.0; 4], "page {} of the file", i + 1);
            blank += 1;
        }
    }
    assert!(blank >= 2, "{blank} empty pages");
}

/// Pictures of the album run off the page, and their captions stand on it.
#[test]
fn the_picture_section_stands_before_the_contents() {
    let Some((path, pages, _)) = compilation() else { return };
    let place = |words: &str| pages.iter().position(|page| solid(page).contains(words)).unwrap();
    let opening = place("图影二〇二四");
    assert_eq!(opening % 2, 0, "it opens on a right page");
    let contents = pages.iter().position(|page| solid(page).starts_with("目录")).unwrap();
    assert!(opening > place("编辑说明") && place("清晨六点的钟楼") < contents);
    let Some(pictures) = judges::pdfimages(&path) else { return };
    let shown = pictures.iter().filter(|p| p.page > opening + 1 && p.page <= contents);
    assert_eq!(shown.count(), 4, "a page a picture");
}

/// The specimen with more files and as somebody sets it up, built.
fn specimen(
    files: &[(&str, &str)],
    change: &dyn Fn(String) -> String,
) -> Option<(tempfile::TempDir, Built)> {
    pdf::fonts()?;
    let from = support::root().join("tests/specimen");
    let folder = tempfile::tempdir().unwrap();
    support::copy(&from.join("sources"), &folder.path().join("sources"));
    fs::create_dir(folder.path().join("lists")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let manifest = fs::read_to_string(from.join("kanyin.toml")).unwrap();
    let manifest = manifest
        .replace("kind = \"compilation\"\n", "kind = \"compilation\"\nformats = [\"print\"]\n");
    fs::write(folder.path().join("kanyin.toml"), change(manifest)).unwrap();
    let mut fonts: Vec<PathBuf> = vec![support::root().join("fonts")];
    fonts.extend(std::env::var_os("KANYIN_FONTS").map(PathBuf::from));
    let options = BuildOptions { fonts, ..BuildOptions::default() };
    let built =
        build(&Project::open(Path::new(folder.path())).unwrap(), &options, &Silent).unwrap();
    Some((folder, built))
}

#[test]
fn a_cover_has_its_flaps_and_the_spine_that_the_shop_named() {
    let print = "\n[publication.print]\ntrim = [210, 285]\nflap = 80\nspine = 12.5\n";
    let Some((folder, built)) = specimen(&[], &|manifest| manifest + print) else { return };
    let errors: Vec<_> =
        built.findings().filter(|f| f.severity == kanyin::diag::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let out = folder.path().join("out/specimen");
    let Some(cover) = judges::pdfinfo_boxes(&out.join("specimen-cover.pdf")) else { return };
    let Some(inside) = judges::pdfinfo_boxes(&out.join("specimen-print.pdf")) else { return };
    let mm = |b: [f64; 4]| [(b[2] - b[0]) / 72.0 * 25.4, (b[3] - b[1]) / 72.0 * 25.4];
    let like = |b: [f64; 4], [w, h]: [f64; 2]| {
        let [x, y] = mm(b);
        (x - w).abs() < 0.1 && (y - h).abs() < 0.1
    };
    let wide = 2.0 * 210.0 + 12.5 + 2.0 * 80.0;
    assert!(like(cover[0].trim, [wide, 285.0]), "{:?}", mm(cover[0].trim));
    assert!(like(cover[0].media, [wide + 6.0, 291.0]), "{:?}", mm(cover[0].media));
    assert!(inside.iter().all(|page| like(page.trim, [210.0, 285.0])));
}

#[test]
fn what_is_asked_for_and_has_nothing_to_say_is_told() {
    let book = "index = true\nchronicle = [\"没有/**\"]\n";
    let Some((_, built)) = specimen(&[], &|manifest| manifest.replace("chronicle = true\n", book))
    else {
        return;
    };
    let codes: Vec<&str> = built.findings().map(|f| f.code.name()).collect();
    assert!(codes.contains(&"book-index-empty"), "{codes:?}");
    assert!(codes.contains(&"book-chronicle-empty"), "{codes:?}");
    assert!(!codes.contains(&"book-figures-empty"), "{codes:?}");
}

/// Nobody asked for it, but the department keeps lists.
#[test]
fn a_compilation_has_an_index_where_there_are_lists() {
    let lists = [("lists/主题词.txt", "夜读区\n")];
    let Some((folder, _)) = specimen(&lists, &|manifest| manifest) else { return };
    let path = folder.path().join("out/specimen/specimen-print.pdf");
    let Some(with) = pages(&path) else { return };
    let last =
        |pages: &[String]| solid(pages.iter().rfind(|page| !solid(page).is_empty()).unwrap());
    assert!(last(&with).contains("夜读区4"), "{}", last(&with));
    let none = "index = false\nfigures = true\n";
    let without = |manifest: String| manifest.replace("figures = true\n", none);
    let Some((folder, _)) = specimen(&lists, &without) else { return };
    let without = pages(&folder.path().join("out/specimen/specimen-print.pdf")).unwrap();
    assert!(last(&without).contains("样张到此为止"), "{}", last(&without));
}

/// A table that goes over pages repeats its head and says that it goes on; where it
/// begins it says nothing of the kind.
#[test]
fn a_long_table_says_on_every_page_what_it_is() {
    let mut text = "+++\ntitle = \"长表\"\ndate = 2024-12-30\n+++\n\n".to_owned();
    for caption in ["表题：全年水质一览\n", ""] {
        text.push_str(&format!(":::table\n{caption}表头：1\n行：\n格：序号\n格：监测站点\n"));
        (1..=70).for_each(|n| text.push_str(&format!("行：\n格：{n}\n格：第{n}号\n")));
        text.push_str(":::\n\n一张表完了。\n\n");
    }
    let Some((folder, _)) = specimen(&[("sources/90 长表.md", &text)], &|m| m) else { return };
    let path = folder.path().join("out/specimen/specimen-print.pdf");
    let Some(pages) = pages(&path) else { return };
    let pages: Vec<String> = pages.iter().map(|page| solid(page)).collect();
    let with = |words: &str| pages.iter().filter(|page| page.contains(words)).count();
    assert_eq!((with("全年水质一览（续）"), with("全年水质一览")), (2, 3));
    assert_eq!(with("续表"), 2);
    assert!(pages.iter().filter(|p| p.contains("续")).all(|p| p.contains("监测站点")));
}

#[test]
fn a_switch_that_is_none_is_told_in_plain_words() {
    for (line, code) in [
        ("index = \"要\"", "book-wants-switch"),
        ("chronicle = 3", "book-wants-files"),
        ("cronicle = true", "project-unknown-key"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("[[publication]]\nid = \"a\"\n[publication.book]\n{line}\n");
        fs::write(folder.path().join("kanyin.toml"), text).unwrap();
        let Err(fault) = Project::open(folder.path()) else { panic!("{line} is wrong") };
        assert_eq!((fault.findings[0].code.name(), fault.findings[0].line), (code, Some(4)));
    }
}
