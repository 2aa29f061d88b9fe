//! The room `import`.

use kanyin::import::import;
use kanyin::pipeline::inspect;

use crate::support;

#[test]
fn the_sample() {
    let Some(folder) = support::shared("samples") else { return };
    let name = "党史学习教育综述五.txt";
    let bytes = std::fs::read(folder.join(name)).expect("the sample is there");
    let read = import(name, &bytes).expect("the sample can be read");
    let json = inspect::json(&read.value, &read.value.edits, &read.findings, &|_| true);
    assert_eq!(json["title"], "开好专题组织生活会 努力提升学习教育实效");
}
