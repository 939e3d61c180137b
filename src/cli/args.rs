//! The command line as it may be typed. No logic.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Checks e-learning content against the documents that govern it.
#[derive(Parser)]
#[command(name = "tekser", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Cli {
    /// Language of all messages: kk, ru or en [default: that of the environment, else ru]
    #[arg(long, global = true, value_enum, value_name = "LANG", hide_possible_values = true)]
    pub lang: Option<Lang>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Lang {
    Kk,
    Ru,
    En,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Check files, folders and archives; exit status 1 if one does not comply
    Check(Check),
    /// Explain a requirement or a check: clause, why, what to do
    Explain(Explain),
    /// List the built-in profiles
    Profiles(List),
    /// List the requirements of a profile, the checklist for people included
    Requirements(Requirements),
    /// List the checks
    Checks(List),
    /// Show what can be measured in files, without judging
    Inspect(Inspect),
    /// Print a JSON Schema
    Schema(Schema),
    /// Show what this machine has for the checks that need other programs
    Doctor,
}

#[derive(Args)]
pub(super) struct Check {
    /// Files, folders and archives
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// A built-in profile or a TOML file
    #[arg(long, value_name = "ID|FILE", default_value = "order-121")]
    pub profile: String,
    #[command(flatten)]
    pub measuring: Measuring,
    /// Form of the report on standard output: text or json
    #[arg(long, value_name = "FMT", default_value = "text")]
    pub format: String,
    /// Write the report to a file as well; may be given several times
    #[arg(long, value_name = "FMT=PATH")]
    pub output: Vec<String>,
    /// Exit status 1 as well if a submission is not fully checked
    #[arg(long)]
    pub require_complete: bool,
}

#[derive(Args)]
pub(super) struct Measuring {
    /// Judge every file as this kind: image, audio, video, app, text, test, lesson-scenario, e-textbook
    #[arg(long = "as", value_name = "KIND")]
    pub kind: Option<String>,
    /// Threads; 0 for one a core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Leave out SHA-256 digests, which are the one thing that reads every byte
    #[arg(long)]
    pub no_digests: bool,
    /// Seconds that one submission may take
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub time_limit: u64,
}

#[derive(Args)]
pub(super) struct Inspect {
    /// Files, folders and archives
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub measuring: Measuring,
}

#[derive(Args)]
pub(super) struct Explain {
    /// Id of a requirement or a check
    pub id: String,
    /// A built-in profile or a TOML file
    #[arg(long, value_name = "ID|FILE", default_value = "order-121")]
    pub profile: String,
}

#[derive(Args)]
pub(super) struct List {
    /// text or json
    #[arg(long, value_enum, default_value = "text", hide_possible_values = true)]
    pub format: ListFormat,
}

#[derive(Args)]
pub(super) struct Requirements {
    /// A built-in profile or a TOML file
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
    /// What to describe
    #[arg(value_enum)]
    pub what: SchemaOf,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    /// The JSON report
    Report,
    /// A profile file
    Profile,
}
