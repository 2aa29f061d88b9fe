//! Looks that came with somebody's project: they see the publication and their own
//! folder and nothing else, and one that never comes to an end is stopped. (One that
//! only the clock can stop: `tests/command_line/endless.rs`, a process of its own.)

use super::{Folder, codes};

fn project() -> Folder {
    let folder = Folder::new(
        "[limits]\nlayout_seconds = 1\n[[publication]]\nid = \"all\"\ntitle = \"湖边\"\n\
         formats = [\"pdf\", \"wechat\"]\n",
    );
    folder.write("sources/湖边.md", "---\ntitle: 湖边\ndate: 2024-03-05\n---\n\n路修好了。\n");
    folder.write("secret.txt", "SECRET");
    folder
}

/// A look for print whose cover is this code of Typst, on line 3.
fn book(cover: &str) -> String {
    format!(
        "#let dress(body) = body\n\n#let cover() = {{ {cover} }}\n#let opening() = []\n\
         #let front(a) = []\n#let contents() = []\n#let part(i) = []\n\
         #let article(i, a) = []\n#let back(a) = []\n#let closing() = []\n"
    )
}

#[test]
fn what_a_print_look_may_not_is_an_error_with_its_line() {
    let folder = project();
    let outside = folder.path("secret.txt").display().to_string();
    for code in [
        format!("read({outside:?})"),
        "read(\"../../../secret.txt\")".to_owned(),
        "read(\"/etc/passwd\")".to_owned(),
        "image(\"/../../../etc/passwd\")".to_owned(),
        "include \"../../../kanyin.toml\"".to_owned(),
        "import \"@preview/cetz:0.3.4\": *".to_owned(),
        "import \"@local/look:1.0.0\": *".to_owned(),
        "plugin(\"/usr/lib/look.wasm\")".to_owned(),
        "while true { }".to_owned(),
        "let n = 0; while n >= 0 { n += 1 }".to_owned(),
        "let f(n) = f(n + 1); f(0)".to_owned(),
        "show heading: it => heading[#it.body 一]; heading[湖]".to_owned(),
    ] {
        folder.write("layouts/print/yearbook/book.typ", book(&code));
        let Some(built) = folder.built() else { return };
        let told = built.findings().find(|f| f.code.name() == "pdf-look-wrong");
        let told = told.unwrap_or_else(|| panic!("{code}: {:?}", codes(&built)));
        let place = (told.file.as_deref(), told.line);
        assert_eq!(place, (Some("layouts/print/yearbook/book.typ"), Some(3)), "{code}");
        let publication = &built.publications[0];
        assert_eq!(publication.not_made.len(), 1, "{code}: the posts are made");
    }
    folder.write("layouts/print/yearbook/book.typ", book("[湖]"));
    assert!(
        folder.built().unwrap().publications[0].not_made.is_empty(),
        "the look itself is right"
    );
}

#[test]
fn what_a_template_may_not_is_an_error_with_its_line() {
    let folder = project();
    let index = "layouts/wechat/campus/index.html.j2";
    let nested = "{% for a in range(9999) %}".repeat(3) + "{{ a }}" + &"{% endfor %}".repeat(3);
    for (code, said) in [
        ("{% include \"../../../secret.txt\" %}", "layout-template-wrong"),
        ("{% include \"/etc/passwd\" %}", "layout-template-wrong"),
        ("{% import \"../../../kanyin.toml\" as x %}{{ x }}", "layout-template-wrong"),
        ("{% include \"index.html.j2\" %}", "layout-template-wrong"),
        ("{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(1) }}", "layout-template-wrong"),
        ("{{ range(999999999) }}", "layout-template-wrong"),
        (nested.as_str(), "layout-template-endless"),
    ] {
        folder.write(index, format!("<html>\n{code}\n</html>"));
        let Some(built) = folder.built() else { return };
        let told = built.findings().find(|f| f.code.name() == said);
        let told = told.unwrap_or_else(|| panic!("{code}: {:?}", codes(&built)));
        assert_eq!((told.file.as_deref(), told.line), (Some(index), Some(2)), "{code}");
    }
}

#[cfg(unix)]
#[test]
fn a_look_that_is_or_holds_a_link_is_refused() {
    use std::os::unix::fs::symlink;
    for (link, to) in [
        ("layouts/print/yearbook", "../../elsewhere"),
        ("layouts/print", "../elsewhere"),
        ("layouts/shared", "../elsewhere"),
        ("layouts/print/yearbook/secret.txt", "../../../secret.txt"),
        ("layouts/wechat/campus/secret.j2", "/etc/passwd"),
    ] {
        let folder = project();
        folder.write("elsewhere/secret.txt", "SECRET");
        std::fs::create_dir_all(folder.path(link).parent().unwrap()).unwrap();
        symlink(to, folder.path(link)).unwrap();
        let Some(built) = folder.built_with(&kanyin::diag::Silent) else { return };
        let fault = built.expect_err(link);
        assert_eq!(fault.findings[0].code.name(), "layout-link", "{link}");
        assert_eq!(fault.findings[0].file.as_deref(), Some(link));
        assert!(!folder.path("out/all").exists());
    }
}
