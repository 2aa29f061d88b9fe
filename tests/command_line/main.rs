//! The tests of the command line: the program as a person runs it, in a folder
//! of its own.

#![expect(unreachable_pub, reason = "a test binary has no outside to be reached from")]

mod again;
#[path = "../library/judges/at_hand.rs"]
mod at_hand;
mod build;
mod convert;
mod draft;
mod endless;
mod folders;
mod impose;
mod messages;
mod preflight;
mod review;
mod same;
mod schema;
mod share;
mod taken_over;
mod verify;
mod whole;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with the program at hand.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// What a run of the program gave.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with a new project in it, one article long.
    pub(crate) fn with_project() -> Self {
        let desk = Self::empty();
        assert_eq!(desk.run(&["new", "."]).code, 0);
        desk.write("sources/开学.txt", ARTICLE);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let path = self.path(name);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        run(self.folder.path(), args, &[])
    }
}

/// Runs the program in `folder`.
pub(crate) fn run(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_kanyin"))
        .args(args)
        .current_dir(folder)
        .env_remove("KANYIN_LANG")
        .envs(variables.iter().copied())
        .output()
        .expect("the program runs");
    Ran {
        code: status.code().expect("the program was not killed"),
        out: String::from_utf8(stdout).expect("UTF-8"),
        err: String::from_utf8(stderr).expect("UTF-8"),
    }
}

/// An article in the shape that saved pages have.
pub(crate) const ARTICLE: &str = "\
云澜大学迎新综述一:迎新第一天 校园处处是笑脸
2023-09-01     |     浏览量:128

[编者按]新学期开始,本刊记者走进校园,记录迎新第一天的人和事。

九月的第一个清晨,校门口的志愿者已经忙碌了起来。今年共有新生 3200名,来自全国各地,许多家长一路陪同,在门前合影留念。

校门.jpg

志愿者在校门口迎接新生

宿舍楼里的第一课

各学院辅导员逐一走访寝室,为新生讲解安全须知和作息安排,并与家长交流学生的学习和生活情况,气氛十分热烈。

供稿:学生工作部

编辑:秦朗
";
