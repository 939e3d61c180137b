//! The help of the command line in the user's language. The names stay; what they mean comes from the catalogues.

use clap::{Arg, ArgAction, Command};

use crate::finding::Message;
use crate::locale::Locale;

/// The same commands with every description, and the words around them, in the language of `locale`.
pub(super) fn translated(command: Command, locale: &Locale) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let mut command = described(command.about(locale.plain("help-about")), locale)
        .disable_version_flag(true)
        .arg(flag("version", 'V', ArgAction::Version, locale));
    for name in names {
        // A command and what it works with may have the same name.
        let about = match &*name {
            "profile" | "config" => text(&format!("{name}-command"), locale),
            name => text(name, locale),
        };
        command =
            command.mut_subcommand(&name, |command| nested(described(command.about(about), locale), &name, locale));
    }
    command
}

/// The same with the commands of a command.
fn nested(mut command: Command, outer: &str, locale: &Locale) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in names {
        let about = text(&format!("{outer}-{name}"), locale);
        command = command.mut_subcommand(name, |command| described(command.about(about), locale));
    }
    command
}

fn described(command: Command, locale: &Locale) -> Command {
    let usage = locale.plain("help-usage");
    let template = format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{}", sections(&command, locale));
    command
        .help_template(template)
        .disable_help_flag(true)
        .mut_args(|argument| {
            let help = text(argument.get_id().as_str(), locale);
            argument.help(help)
        })
        .arg(flag("help", 'h', ArgAction::Help, locale))
}

/// The parts of the help that this command has.
fn sections(command: &Command, locale: &Locale) -> String {
    let mut text = String::new();
    if command.has_subcommands() {
        text.push_str(&format!("{}:\n{{subcommands}}\n\n", locale.plain("help-commands")));
    }
    if command.get_positionals().next().is_some() {
        text.push_str(&format!("{}:\n{{positionals}}\n\n", locale.plain("help-arguments")));
    }
    text.push_str(&format!("{}:\n{{options}}", locale.plain("help-options")));
    text
}

fn flag(name: &'static str, short: char, action: ArgAction, locale: &Locale) -> Arg {
    Arg::new(name).short(short).long(name).action(action).help(text(name, locale))
}

fn text(name: &str, locale: &Locale) -> String {
    locale.text(&Message { id: format!("help-{name}").into(), ..Message::new("") })
}
