//! What can be typed after `kanyin wechat`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use kanyin::diag::Lang;

use crate::cli::args::{template, usage, word};

/// `kanyin wechat` and its one command.
pub(in crate::cli) fn command(wechat: Command, of_draft: Command, lang: Lang) -> Command {
    wechat
        .subcommand_required(true)
        .subcommand_help_heading(word("help-heading-commands", lang))
        .disable_help_subcommand(true)
        .subcommand(draft(of_draft, lang))
}

fn draft(command: Command, lang: Lang) -> Command {
    let t = |code: &'static str| word(code, lang);
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(t(help))
    };
    let ids = Arg::new("ids").value_name("ID").num_args(1..).required(true);
    let only = Arg::new("only").long("only").value_name("N").action(ArgAction::Append);
    let out = Arg::new("out").long("out").value_name("DIR");
    let out = out.value_parser(value_parser!(PathBuf)).value_hint(ValueHint::DirPath);
    let command = command
        .arg(ids.help(t("help-draft-ids")).help_heading(t("help-heading-operands")))
        .arg(only.value_delimiter(',').help(t("help-draft-only")))
        .arg(flag("together", "help-draft-together"))
        .arg(flag("dry-run", "help-draft-dry-run"))
        .arg(flag("anew", "help-draft-anew"))
        .arg(Arg::new("account").long("account").value_name("NAME").help(t("help-draft-account")))
        .arg(out.help(t("help-draft-out")))
        .arg(flag("json", "help-json"))
        .after_help(t("help-draft-more"))
        .help_template(format!("{}{{after-help}}", template(lang)));
    usage(command, "kanyin wechat draft", lang)
}
