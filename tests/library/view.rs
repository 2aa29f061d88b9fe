//! The view: what is in words before a look sees it.

use kanyin::layout::Medium;

use crate::support::{look, plain_article, publication, view_of};

#[test]
fn a_title_parts_at_the_spaces_between_chinese_phrases() {
    for (title, expected) in [
        ("灯下有人 图书馆夜读区开放百日记", &["灯下有人", "图书馆夜读区开放百日记"][..]),
        (
            "四千名新生入学 云澜大学举行 2024 级开学典礼",
            &["四千名新生入学", "云澜大学举行 2024 级开学典礼"],
        ),
        ("一粒稻种的七个春天 “云稻七号”扎了根", &["一粒稻种的七个春天", "“云稻七号”扎了根"]),
        ("Nature 刊发我校 AI for Science 团队成果", &["Nature 刊发我校 AI for Science 团队成果"]),
        ("王伟 教授 获 国家 奖", &["王伟 教授 获 国家 奖"]),
        ("一杯江水的旅程", &["一杯江水的旅程"]),
    ] {
        let look = look(Medium::Epub, "plain");
        let view = view_of(&publication(vec![plain_article(title, &["正文。"])], &[]), &look);
        assert_eq!(view.articles().next().unwrap().title_phrases, expected, "{title}");
    }
}
