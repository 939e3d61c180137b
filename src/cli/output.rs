//! Where a report goes: to standard output in one form, to files in others.

use std::io::{self, Write};
use std::path::Path;

use super::args::Output;
use super::{Trouble, replace};
use crate::finding::Message;
use crate::locale::Locale;
use crate::report::{Document, Format};

/// What somebody wants to have written.
pub(super) struct Outputs {
    /// The form of the report on standard output.
    pub format: Format,
    files: Vec<(Format, String)>,
}

impl Outputs {
    /// Understands the arguments.
    pub(super) fn parse(arguments: &Output, locale: &Locale) -> Result<Outputs, Trouble> {
        let format = format(&arguments.format, locale)?;
        Ok(Outputs { format, ..Outputs::beside_text(&arguments.output, locale)? })
    }

    /// These files, and text on standard output.
    pub(super) fn beside_text(files: &[String], locale: &Locale) -> Result<Outputs, Trouble> {
        let files = files.iter().map(|output| file(output, locale)).collect::<Result<_, _>>()?;
        Ok(Outputs { format: Format::Text, files })
    }

    /// The report is wanted in this form.
    pub(super) fn has(&self, format: Format) -> bool {
        self.format == format || self.files.iter().any(|(other, _)| *other == format)
    }

    /// The files that will be written.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(_, path)| Path::new(path))
    }

    /// Nobody but standard output wants the report.
    pub(super) fn are_none(&self) -> bool {
        self.files.is_empty()
    }

    /// Writes the files. All are tried; the first that could not be written is told.
    pub(super) fn write_files(&self, document: &Document<'_>, locale: &Locale) -> Result<(), Trouble> {
        let write = |(format, path): &(Format, String)| {
            let written = replace(Path::new(path), |file| {
                let file: Box<dyn Write> = match format {
                    Format::Text | Format::Compact => Box::new(anstream::StripStream::new(file)),
                    _ => Box::new(file),
                };
                let mut file = io::BufWriter::new(file);
                format.write(document, locale, &mut file)?;
                file.flush()
            });
            written.map_err(|error| unwritable(path, &error, locale))
        };
        let written: Vec<_> = self.files.iter().map(write).collect();
        written.into_iter().collect()
    }

    /// Writes the files, and the report to standard output.
    pub(super) fn write(&self, document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> Result<(), Trouble> {
        self.write_files(document, locale)?;
        Ok(self.format.write(document, locale, out)?)
    }
}

/// A file could not be written.
pub(super) fn unwritable(path: &str, error: &dyn std::error::Error, locale: &Locale) -> Trouble {
    Trouble::Told(locale.text(&Message::new("error-output").with("path", path).with("error", error.to_string())))
}

/// The format of the report on standard output, which takes texts alone.
fn format(id: &str, locale: &Locale) -> Result<Format, Trouble> {
    let told = |message: Message| Trouble::Told(locale.text(&message));
    match Format::of_id(id) {
        Some(format) if format.is_binary() => Err(told(Message::new("error-binary-format").with("word", id))),
        Some(format) => Ok(format),
        None => Err(told(Message::new("error-unknown-format").with("word", id).with("known", formats()))),
    }
}

fn formats() -> String {
    Format::all().map(Format::id).collect::<Vec<_>>().join(", ")
}

/// `FMT=PATH`, or a path whose extension says it all.
fn file(output: &str, locale: &Locale) -> Result<(Format, String), Trouble> {
    if let Some((id, path)) = output.split_once('=')
        && let Some(format) = Format::of_id(id)
        && !path.is_empty()
    {
        return Ok((format, path.to_owned()));
    }
    match Format::of_file(output) {
        Some(format) => Ok((format, output.to_owned())),
        None => {
            let message = Message::new("error-output-form").with("word", output).with("known", formats());
            Err(Trouble::Told(locale.text(&message)))
        }
    }
}
