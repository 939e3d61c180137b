//! The command line as it may be typed. No logic. What each thing means to users stands in the catalogues, under
//! `help-` and the name of the command or field.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::pack::Target;

#[derive(Parser)]
#[command(name = "tekser", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Cli {
    /// Read before all others, by `language` in `mod.rs`; here it is only made sure that it is one of the three.
    #[arg(long, global = true, value_parser = ["kk", "ru", "en"], value_name = "LANG", hide_possible_values = true)]
    pub lang: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    Check(Check),
    Pack(Pack),
    Verify(Verify),
    Convert(Convert),
    Judge(Judge),
    Render(Render),
    Diff(Diff),
    Replay(Replay),
    Merge(Merge),
    Jury(Jury),
    Init(Init),
    Profile(ProfileOf),
    Explain(Explain),
    Reference,
    Profiles(List),
    Requirements(Requirements),
    Checks(List),
    Inspect(Inspect),
    Schema(Schema),
    Doctor(Doctor),
    /// What the program starts itself with to open apps apart from everything else.
    #[command(hide = true)]
    Browse,
    /// What the program starts itself with to measure apart from everything else.
    #[command(hide = true)]
    Measure,
    Config(ConfigOf),
    Completions(Completions),
    Man(Man),
}

#[derive(Args)]
pub(super) struct Completions {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Args)]
pub(super) struct Man {
    #[arg(value_name = "DIR")]
    pub man_folder: PathBuf,
}

#[derive(Args)]
pub(super) struct ConfigOf {
    #[command(subcommand)]
    pub what: ConfigCommand,
}

#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    Show(ConfigShow),
}

#[derive(Args)]
pub(super) struct ConfigShow {
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What is checked, and with what.
#[derive(Args, Default)]
pub(super) struct Checking {
    #[arg(required_unless_present = "registry", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub measuring: Measuring,
    #[arg(long, value_name = "FILE")]
    pub registry: Option<PathBuf>,
    #[arg(long)]
    pub file_times: bool,
    #[arg(long)]
    pub online: bool,
    #[arg(long, value_delimiter = ',', value_name = "NAME,…")]
    pub browser: Vec<String>,
    #[arg(long)]
    pub isolate: bool,
    /// Mebibytes. Whoever gives it wants processes of their own.
    #[arg(long, value_name = "MIB")]
    pub memory_limit: Option<u64>,
    #[arg(long, value_name = "FILE")]
    pub index: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub reviewed: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub tracker_list: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    #[arg(long, value_name = "JOURNAL")]
    pub resume: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

/// Where a report goes, and in which form.
#[derive(Args)]
pub(super) struct Output {
    #[arg(long, value_name = "FMT", default_value = "text")]
    pub format: String,
    #[arg(long, value_name = "FILE|FMT=PATH")]
    pub output: Vec<String>,
}

#[derive(Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub checking: Checking,
    #[arg(long, value_name = "ID|FILE")]
    pub profile: Option<String>,
    #[command(flatten)]
    pub output: Output,
    #[arg(long, value_name = "REPORT")]
    pub baseline: Option<PathBuf>,
    #[arg(long)]
    pub require_complete: bool,
}

/// How much is put right on the way into a package.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Fix {
    Safe,
    All,
    None,
}

#[derive(Args)]
pub(super) struct Pack {
    #[arg(value_name = "DIR|ZIP")]
    pub source: PathBuf,
    #[arg(short, long, value_name = "OUT.zip", required_unless_present = "dry_run")]
    pub out: Option<PathBuf>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub force: bool,
    #[arg(long, value_enum, default_value = "safe", hide_possible_values = true, value_name = "safe|all|none")]
    pub fix: Fix,
    #[arg(long, value_delimiter = ',', value_name = "REPAIR,…")]
    pub skip: Vec<String>,
    #[arg(long, value_name = "URL=FILE", value_parser = local)]
    pub local: Vec<(String, String)>,
    #[arg(long)]
    pub allow_findings: bool,
    #[arg(long = "report", value_name = "FILE|FMT=PATH")]
    pub kept_report: Vec<String>,
    #[arg(long, value_parser = targets(), value_name = "TARGET", hide_possible_values = true)]
    pub target: Option<String>,
    #[arg(long, value_parser = ["reported", "direct"], value_name = "reported|direct", hide_possible_values = true)]
    pub launch: Option<String>,
    #[command(flatten)]
    pub material: Option<MaterialArgs>,
    #[arg(long, value_name = "ID|FILE")]
    pub profile: Option<String>,
    #[command(flatten)]
    pub measuring: Measuring,
    #[arg(long, value_delimiter = ',', value_name = "NAME,…")]
    pub browser: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

/// An address, which may hold equals signs itself, and a file.
fn local(typed: &str) -> Result<(String, String), String> {
    let (url, file) = typed.rsplit_once('=').ok_or_else(|| typed.to_owned())?;
    Ok((url.to_owned(), file.to_owned()))
}

/// A plain archive, or a package for a learning platform.
fn targets() -> PossibleValuesParser {
    PossibleValuesParser::new(std::iter::once("app").chain(Target::ALL.map(Target::id)))
}

/// What is said of a material on the command line.
#[derive(Args, Clone, Default)]
pub(super) struct MaterialArgs {
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    #[arg(long, value_delimiter = ',', value_name = "WORD,…")]
    pub keywords: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub level: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    #[arg(long, value_name = "LANG")]
    pub language: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    #[arg(long = "source", value_name = "TEXT")]
    pub taken_from: Option<String>,
    #[arg(long, value_name = "PAGE=TITLE")]
    pub item: Vec<String>,
}

impl Pack {
    /// The same as arguments of a check of `path`.
    pub(super) fn checking(&self, path: &Path) -> Checking {
        Checking {
            paths: vec![path.to_owned()],
            measuring: self.measuring.clone(),
            browser: self.browser.clone(),
            config: self.config.clone(),
            no_config: self.no_config,
            ..Checking::default()
        }
    }
}

#[derive(Args)]
pub(super) struct Convert {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(short, long, value_name = "OUT", id = "converted")]
    pub out: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
    #[arg(long, value_name = "ID|FILE")]
    pub profile: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

impl Convert {
    /// The same as arguments of a check of `path`.
    pub(super) fn checking(&self, path: &Path) -> Checking {
        Checking {
            paths: vec![path.to_owned()],
            config: self.config.clone(),
            no_config: self.no_config,
            ..Checking::default()
        }
    }
}

#[derive(Args)]
pub(super) struct Verify {
    #[arg(value_name = "PACKAGE")]
    pub package: PathBuf,
    #[arg(value_name = "RECEIPT")]
    pub receipt: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Judge {
    #[arg(required = true, value_name = "REPORT")]
    pub reports: Vec<PathBuf>,
    #[arg(long, value_name = "ID|FILE", default_value = "order-121")]
    pub profile: String,
    #[command(flatten)]
    pub output: Output,
    #[arg(long)]
    pub require_complete: bool,
}

#[derive(Args)]
pub(super) struct Render {
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Args)]
pub(super) struct Diff {
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    #[command(flatten)]
    pub list: List,
}

#[derive(Args)]
pub(super) struct Replay {
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    #[arg(value_name = "APP")]
    pub app: Option<PathBuf>,
    #[arg(long, value_name = "PART")]
    pub submission: Option<String>,
    #[arg(long, value_delimiter = ',', value_name = "NAME,…")]
    pub browser: Vec<String>,
}

#[derive(Args)]
pub(super) struct Merge {
    #[arg(required = true, value_name = "REPORT")]
    pub reports: Vec<PathBuf>,
    #[command(flatten)]
    pub output: Output,
    #[arg(long)]
    pub require_complete: bool,
}

#[derive(Args)]
pub(super) struct Jury {
    #[arg(value_name = "ID|FILE")]
    pub profile: String,
    #[command(flatten)]
    pub checking: Checking,
    #[arg(long, value_name = "N")]
    pub members: Option<u32>,
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub sheet: PathBuf,
    #[arg(long)]
    pub force: bool,
}

#[derive(Args)]
pub(super) struct Init {
    #[arg(value_name = "FILE")]
    pub new_profile: PathBuf,
}

#[derive(Args)]
pub(super) struct ProfileOf {
    #[command(subcommand)]
    pub what: ProfileCommand,
}

#[derive(Subcommand)]
pub(super) enum ProfileCommand {
    Check(ProfileCheck),
}

#[derive(Args)]
pub(super) struct ProfileCheck {
    #[arg(value_name = "ID|FILE")]
    pub profile: String,
}

#[derive(Args, Clone, Default)]
pub(super) struct Measuring {
    #[arg(long = "as", value_name = "KIND")]
    pub kind: Option<String>,
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    #[arg(long)]
    pub no_digests: bool,
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<u64>,
    #[arg(long, value_name = "ADDRESS")]
    pub clamd: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub yara: Vec<PathBuf>,
}

#[derive(Args)]
pub(super) struct Doctor {
    #[arg(long, value_name = "ADDRESS")]
    pub clamd: Option<String>,
}

#[derive(Args)]
pub(super) struct Inspect {
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub measuring: Measuring,
    #[arg(long, value_enum, default_value = "nothing", value_name = "WHAT")]
    pub listen: Listening,
    #[arg(long)]
    pub documents: bool,
}

/// What `inspect` listens for; `check` is told by the profile.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Listening {
    Nothing,
    Sound,
    Speech,
}

#[derive(Args)]
pub(super) struct Explain {
    pub id: String,
    #[arg(long, value_name = "ID|FILE", default_value = "order-121")]
    pub profile: String,
}

#[derive(Args)]
pub(super) struct List {
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true)]
    pub format: ListFormat,
}

#[derive(Args)]
pub(super) struct Requirements {
    #[arg(long, value_name = "ID|FILE", default_value = "order-121")]
    pub profile: String,
    #[command(flatten)]
    pub list: List,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(super) enum ListFormat {
    Text,
    Json,
}

#[derive(Args)]
pub(super) struct Schema {
    #[arg(value_enum)]
    pub what: SchemaOf,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    Report,
    Profile,
    Record,
    Receipt,
}
