//! What can be typed. All wording comes from the catalogue, so that help is as
//! Chinese as the messages; clap only parses.

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use kanyin::diag::{self, Code, Fault, Finding, Lang};
use kanyin::project::Format;

use super::voice::Voice;

const WRONG: Code = Code::new("cli-wrong-usage");
const UNKNOWN_ARGUMENT: Code = Code::new("cli-unknown-argument");
const UNKNOWN_COMMAND: Code = Code::new("cli-unknown-command");
const MISSPELT_COMMAND: Code = Code::new("cli-misspelt-command");
const MISSPELT_ARGUMENT: Code = Code::new("cli-misspelt-argument");
const UNUSABLE: Code = Code::new("cli-unusable-value");
const MISSING: Code = Code::new("cli-missing-argument");
const BAD_VALUE: Code = Code::new("cli-bad-value");

/// Everything that can be typed, worded in `lang`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |code: &'static str| word(code, lang);
    let path = |name: &'static str| {
        Arg::new(name)
            .value_parser(value_parser!(std::path::PathBuf))
            .value_hint(ValueHint::AnyPath)
    };
    let json = || Arg::new("json").long("json").action(ArgAction::SetTrue).help(t("help-json"));
    let ids = || {
        let heading = t("help-heading-operands");
        Arg::new("ids").value_name("ID").num_args(0..).help(t("help-ids")).help_heading(heading)
    };
    let numbers = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("N")
            .value_delimiter(',')
            .value_parser(value_parser!(usize))
            .action(ArgAction::Append)
            .help(t(help))
    };
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(t(help))
    };
    let words = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(t(help))
    };
    let sub = |name: &'static str, about: &'static str| {
        Command::new(name)
            .about(t(about))
            .next_help_heading(t("help-heading-options"))
            .disable_help_flag(true)
            .arg(help_flag(t("help-help")))
            .help_template(template(lang))
    };
    let operand = |arg: Arg| arg.help_heading(t("help-heading-operands"));
    let command = Command::new("kanyin")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t("help-about"))
        .help_template(template(lang))
        .subcommand_required(true)
        .subcommand_help_heading(t("help-heading-commands"))
        .next_help_heading(t("help-heading-general"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help_flag(t("help-help")).global(true))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(t("help-version")),
        )
        .arg(path("project").short('C').value_name("DIR").global(true).help(t("help-project")))
        .arg(
            Arg::new("lang")
                .long("lang")
                .value_name("zh|en")
                .value_parser(PossibleValuesParser::new(["zh", "en"]))
                .hide_possible_values(true)
                .global(true)
                .help(t("help-lang")),
        )
        .subcommand(
            sub("new", "help-new")
                .arg(operand(path("dir").value_name("DIR").required(true).help(t("help-new-dir"))))
                .arg(
                    Arg::new("sample")
                        .long("sample")
                        .action(ArgAction::SetTrue)
                        .help(t("help-new-sample")),
                ),
        )
        .subcommand(
            sub("import", "help-import")
                .arg(operand(
                    path("paths")
                        .value_name("PATH")
                        .num_args(1..)
                        .required(true)
                        .help(t("help-import-paths")),
                ))
                .arg(path("to").long("to").value_name("DIR").help(t("help-import-to")))
                .arg(flag("all", "help-import-all"))
                .arg(json()),
        )
        .subcommand(
            sub("inspect", "help-inspect")
                .arg(operand(
                    path("file").value_name("FILE").required(true).help(t("help-inspect-file")),
                ))
                .arg(json()),
        )
        .subcommand(
            sub("review", "help-review")
                .arg(operand(
                    path("files").value_name("FILE").num_args(0..).help(t("help-review-files")),
                ))
                .arg(numbers("accept", "help-review-accept"))
                .arg(numbers("refuse", "help-review-refuse"))
                .arg(numbers("forget", "help-review-forget"))
                .arg(flag("ask", "help-review-ask"))
                .arg(flag("all", "help-review-all"))
                .arg(json()),
        )
        .subcommand(
            sub("check", "help-check")
                .arg(ids())
                .arg(numbers("dismiss", "help-check-dismiss"))
                .arg(words("by", "NAME", "help-check-by"))
                .arg(words("reason", "TEXT", "help-check-reason"))
                .arg(numbers("restore", "help-check-restore"))
                .arg(flag("all", "help-check-all"))
                .arg(json()),
        )
        .subcommand(
            sub("build", "help-build")
                .arg(ids())
                .arg(
                    Arg::new("format")
                        .long("format")
                        .value_name("F")
                        .value_delimiter(',')
                        .value_parser(PossibleValuesParser::new(Format::ALL.map(Format::name)))
                        .hide_possible_values(true)
                        .action(ArgAction::Append)
                        .help(t("help-build-format")),
                )
                .arg(path("icc").long("icc").value_name("FILE").help(t("help-build-icc")))
                .arg(path("out").long("out").value_name("DIR").help(t("help-build-out"))),
        )
        .subcommand(impose(sub("impose", "help-impose"), &t))
        .subcommand(preflight(
            sub("preflight", "help-preflight")
                .arg(operand(
                    path("file").value_name("FILE").required(true).help(t("help-preflight-file")),
                ))
                .arg(flag("saddle", "help-preflight-saddle"))
                .arg(words("black", "PAGES", "help-preflight-black"))
                .arg(words("spot", "NAME", "help-preflight-spot").action(ArgAction::Append)),
            lang,
        ))
        .subcommand(
            sub("verify", "help-verify")
                .arg(operand(
                    path("file").value_name("FILE").required(true).help(t("help-verify-file")),
                ))
                .arg(
                    Arg::new("against")
                        .long("against")
                        .value_name("ID")
                        .required(true)
                        .help(t("help-verify-against")),
                )
                .arg(json()),
        )
        .subcommand(super::wechat::command(
            sub("wechat", "help-wechat"),
            sub("draft", "help-draft"),
            lang,
        ))
        .subcommand(
            sub("explain", "help-explain").arg(
                Arg::new("code")
                    .help_heading(t("help-heading-operands"))
                    .value_name("CODE")
                    .help(t("help-explain-code")),
            ),
        )
        .subcommand(
            sub("fonts", "help-fonts")
                .arg(
                    Arg::new("check")
                        .help_heading(t("help-heading-operands"))
                        .value_name("check")
                        .value_parser(PossibleValuesParser::new(["check"]))
                        .hide_possible_values(true)
                        .help(t("help-fonts-check")),
                )
                .arg(path("from").long("from").value_name("DIR").help(t("help-fonts-from"))),
        )
        .subcommand(
            sub("schema", "help-schema").arg(
                Arg::new("name")
                    .help_heading(t("help-heading-operands"))
                    .value_name("NAME")
                    .value_parser(PossibleValuesParser::new([
                        "inspect",
                        "report",
                        "preflight",
                        "draft",
                        "config",
                    ]))
                    .default_value("inspect")
                    .hide_possible_values(true)
                    .hide_default_value(true)
                    .help(t("help-schema-name")),
            ),
        )
        .subcommand(
            sub("completions", "help-completions").arg(
                Arg::new("shell")
                    .help_heading(t("help-heading-operands"))
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(value_parser!(clap_complete::Shell))
                    .hide_possible_values(true)
                    .help(t("help-completions-shell")),
            ),
        );
    let named = |sub: Command| {
        let bin = format!("kanyin {}", sub.get_name());
        usage(sub, &bin, lang)
    };
    usage(command.mut_subcommands(named), "kanyin", lang)
}

/// What `kanyin impose` takes.
fn impose(command: Command, t: &dyn Fn(&'static str) -> &'static str) -> Command {
    let path = |name: &'static str| {
        let parser = value_parser!(std::path::PathBuf);
        Arg::new(name).value_parser(parser).value_hint(ValueHint::FilePath).required(true)
    };
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(t(help))
    };
    let file = path("file").value_name("IN.pdf").help(t("help-impose-file"));
    let output = path("output").short('o').long("output").value_name("OUT.pdf");
    let schemes = PossibleValuesParser::new(super::impose::SCHEMES);
    command
        .arg(file.help_heading(t("help-heading-operands")))
        .arg(output.help(t("help-impose-output")))
        .arg(option("sheet", "SHEET", "help-impose-sheet").default_value("A3"))
        .arg(
            option("scheme", "SCHEME", "help-impose-scheme")
                .value_parser(schemes)
                .default_value("saddle")
                .hide_possible_values(true),
        )
        .arg(option("signature", "N", "help-impose-signature").value_parser(value_parser!(usize)))
        .arg(option("paper", "PAPER", "help-impose-paper"))
        .arg(option("creep", "MM", "help-impose-creep").value_parser(millimetres::<10>))
        .arg(option("bleed", "MM", "help-impose-bleed").value_parser(millimetres::<20>))
        .arg(
            Arg::new("force").long("force").action(ArgAction::SetTrue).help(t("help-impose-force")),
        )
        .mut_args(|arg| arg.hide_default_value(true))
}

/// A length from nothing to so many millimetres.
fn millimetres<const MOST: u8>(text: &str) -> Result<f64, &'static str> {
    let length = text.parse().ok().filter(|length| (0.0..=f64::from(MOST)).contains(length));
    length.ok_or("out of range")
}

/// What can be said of a printing job.
fn preflight(command: Command, lang: Lang) -> Command {
    let measure = |name: &'static str, value: &'static str, help: &'static str| {
        let number = value_parser!(f64);
        let arg = Arg::new(name).long(name).value_name(value).value_parser(number);
        arg.allow_negative_numbers(true).help(word(help, lang))
    };
    let one_of = |name: &'static str, values: [&'static str; 2], help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(if name == "paper" { "coated|uncoated" } else { "x4|x1a" })
            .value_parser(PossibleValuesParser::new(values))
            .hide_possible_values(true)
            .help(word(help, lang))
    };
    command
        .arg(one_of("standard", ["x4", "x1a"], "help-preflight-standard"))
        .arg(
            Arg::new("trim")
                .long("trim")
                .value_name("WxH")
                .value_parser(size)
                .help(word("help-preflight-trim", lang)),
        )
        .arg(measure("bleed", "MM", "help-preflight-bleed"))
        .arg(measure("ink", "PERCENT", "help-preflight-ink"))
        .arg(one_of("paper", ["coated", "uncoated"], "help-preflight-paper"))
        .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help(word("help-json", lang)))
}

/// Width and height in millimetres as in `185x260`.
fn size(text: &str) -> Result<[f64; 2], String> {
    let sides = text.split_once(['x', 'X', '×', '*']);
    let side =
        |text: &str| text.trim().parse().ok().filter(|side: &f64| *side > 0.0 && *side < 5000.0);
    sides.and_then(|(w, h)| Some([side(w)?, side(h)?])).ok_or_else(String::new)
}

/// A text of the catalogue that has no values in it.
pub(super) fn word(code: &'static str, lang: Lang) -> &'static str {
    diag::entry(code).map_or(code, |entry| entry.message(lang))
}

fn help_flag(help: &'static str) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help)
}

pub(super) fn template(lang: Lang) -> String {
    let usage = word("help-heading-usage", lang);
    format!("{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}")
}

/// The usage line of a command in the catalogue's words: clap writes `[OPTIONS]`
/// and `<COMMAND>` whatever the language.
pub(super) fn usage(command: Command, bin: &str, lang: Lang) -> Command {
    let text = command.clone().bin_name(bin).render_usage().to_string();
    let text = text
        .trim_start_matches("Usage: ")
        .replace("[OPTIONS]", word("help-usage-options", lang))
        .replace("<COMMAND>", word("help-usage-command", lang));
    command.override_usage(text)
}

/// Tells what was typed wrongly, in the catalogue's words.
pub(super) fn refuse(error: &clap::Error, voice: &Voice) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        voice.line(error.render().to_string().trim_end());
        return ExitCode::SUCCESS;
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(s)) => s.clone(),
        Some(ContextValue::Strings(list)) => list.join(" "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let finding = match error.kind() {
        ErrorKind::UnknownArgument => {
            let nearest = context(ContextKind::SuggestedArg);
            let code = if nearest.is_empty() { UNKNOWN_ARGUMENT } else { MISSPELT_ARGUMENT };
            Finding::error(code).arg("argument", argument).arg("nearest", nearest)
        }
        ErrorKind::InvalidSubcommand => {
            let typed = context(ContextKind::InvalidSubcommand);
            let nearest = context(ContextKind::SuggestedSubcommand);
            // clap puts the likeliest last.
            let nearest = nearest.split(' ').next_back().unwrap_or_default();
            let code = if nearest.is_empty() { UNKNOWN_COMMAND } else { MISSPELT_COMMAND };
            Finding::error(code).arg("command", typed).arg("nearest", nearest)
        }
        ErrorKind::MissingSubcommand => {
            voice.aside(&command(voice.lang()).render_help().to_string());
            return ExitCode::from(2);
        }
        ErrorKind::MissingRequiredArgument => Finding::error(MISSING).arg("argument", argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = context(ContextKind::ValidValue).replace(' ', "、");
            let code = if known.is_empty() { UNUSABLE } else { BAD_VALUE };
            Finding::error(code)
                .arg("argument", argument)
                .arg("value", context(ContextKind::InvalidValue))
                .arg("known", known)
        }
        _ => {
            let text = error.render().to_string();
            Finding::error(WRONG).arg("why", text.lines().next().unwrap_or_default().to_owned())
        }
    };
    voice.findings([&finding]);
    ExitCode::from(2)
}

/// `kanyin completions SHELL`.
pub(super) fn completions(args: &ArgMatches, voice: &Voice) -> Result<ExitCode, Fault> {
    if let Some(shell) = args.get_one::<clap_complete::Shell>("shell") {
        let mut out = Vec::new();
        clap_complete::generate(*shell, &mut command(voice.lang()), "kanyin", &mut out);
        voice.line(String::from_utf8_lossy(&out).trim_end());
    }
    Ok(ExitCode::SUCCESS)
}
