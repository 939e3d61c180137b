//! The report for servers that show tests: JUnit XML. A submission is a suite, a requirement that speaks of it a test; what
//! was not checked, or is for a person, is a test that was skipped.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::document::{Document, Submission, WrittenFinding, WrittenRequirement};
use super::words::{self, Of};
use crate::finding::Level;
use crate::judge::Outcome;
use crate::locale::Locale;

pub(super) fn write(document: &Document<'_>, locale: &Locale, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut all = Counts::default();
    for submission in document.submissions.iter() {
        all.add(&Counts::of(&submission));
    }
    let unreached = document.summary.unreached;
    all.tests += usize::from(unreached > 0);
    all.errors += usize::from(unreached > 0);
    let root = element("testsuites", &[("name", document.profile.title.get(locale.language()))]);
    xml.write_event(Event::Start(all.on(root)))?;
    for submission in document.submissions.iter() {
        suite(&submission, document, locale, &mut xml)?;
    }
    if unreached > 0 {
        // Tests that were never run must not look like tests that passed.
        let name = locale.plain("summary-title");
        let counts = Counts { tests: 1, errors: 1, ..Counts::default() };
        let suite = element("testsuite", &[("name", &name)]);
        xml.write_event(Event::Start(counts.on(suite)))?;
        let text = words::count("summary-unreached", unreached, locale);
        case(&name, "unreached", &mut xml, |xml| result("error", &text, "", xml))?;
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    xml.into_inner().write_all(b"\n")
}

/// How the tests of a submission came out.
#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn of(submission: &Submission<'_>) -> Counts {
        let mut counts = Counts { errors: troubles(submission).count(), ..Counts::default() };
        counts.tests = counts.errors;
        for requirement in spoken(submission) {
            counts.tests += 1;
            counts.failures += usize::from(requirement.counts_as_failed());
            counts.skipped += usize::from(matches!(requirement.outcome, Outcome::NotChecked | Outcome::Manual));
        }
        counts
    }

    fn add(&mut self, other: &Counts) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skipped += other.skipped;
    }

    fn on(&self, mut element: BytesStart<'static>) -> BytesStart<'static> {
        let counts =
            [("tests", self.tests), ("failures", self.failures), ("errors", self.errors), ("skipped", self.skipped)];
        counts.into_iter().for_each(|(name, count)| element.push_attribute((name, &*count.to_string())));
        element
    }
}

/// Requirements that speak of a submission.
fn spoken<'a>(submission: &'a Submission<'_>) -> impl Iterator<Item = &'a WrittenRequirement<'a>> {
    submission.requirements.iter().filter(|requirement| requirement.outcome != Outcome::NotApplicable)
}

/// Errors that no requirement speaks of: the program's own troubles.
fn troubles<'a>(submission: &'a Submission<'_>) -> impl Iterator<Item = &'a WrittenFinding<'a>> {
    submission.findings.iter().filter(|finding| finding.level == Level::Error && finding.requirement.is_none())
}

fn suite(
    submission: &Submission<'_>,
    document: &Document<'_>,
    locale: &Locale,
    xml: &mut Writer<&mut dyn Write>,
) -> io::Result<()> {
    let path = submission.path.as_ref();
    let start = element("testsuite", &[("name", path)]);
    xml.write_event(Event::Start(Counts::of(submission).on(start)))?;
    for requirement in spoken(submission) {
        let texts = document.profile.requirement(&requirement.id);
        let name = texts.map_or(requirement.id.to_string(), |texts| {
            format!("{} ({}, {})", texts.title.get(locale.language()), texts.clause, texts.id)
        });
        let own = submission.findings.iter().filter(|finding| finding.requirement.as_ref() == Some(&requirement.id));
        let lines: Vec<String> = own.map(|finding| words::sentence(finding, Of::Submission, locale)).collect();
        let text = lines.join("\n");
        case(path, &name, xml, |xml| match requirement.outcome {
            _ if requirement.counts_as_failed() => result("failure", lines.first().unwrap_or(&name), &text, xml),
            Outcome::NotChecked => {
                result("skipped", requirement.reason.as_deref().unwrap_or_default(), "", xml)?;
                output(&text, xml)
            }
            Outcome::Manual => result("skipped", &locale.named("outcome", requirement.outcome.id()), "", xml),
            _ => output(&text, xml),
        })?;
    }
    for trouble in troubles(submission) {
        let text = words::sentence(trouble, Of::Submission, locale);
        case(path, &trouble.id, xml, |xml| result("error", &trouble.message, &text, xml))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}

fn case(
    class: &str,
    name: &str,
    xml: &mut Writer<&mut dyn Write>,
    inside: impl FnOnce(&mut Writer<&mut dyn Write>) -> io::Result<()>,
) -> io::Result<()> {
    xml.write_event(Event::Start(element("testcase", &[("classname", class), ("name", name)])))?;
    inside(xml)?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

fn result(name: &'static str, message: &str, text: &str, xml: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let start = element(name, &[("message", message)]);
    if text.is_empty() {
        return xml.write_event(Event::Empty(start));
    }
    xml.write_event(Event::Start(start))?;
    xml.write_event(Event::Text(BytesText::new(&allowed(text))))?;
    xml.write_event(Event::End(BytesEnd::new(name)))
}

/// What is to be said of a test that did not fail.
fn output(text: &str, xml: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    xml.write_event(Event::Start(BytesStart::new("system-out")))?;
    xml.write_event(Event::Text(BytesText::new(&allowed(text))))?;
    xml.write_event(Event::End(BytesEnd::new("system-out")))
}

fn element(name: &'static str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let mut element = BytesStart::new(name);
    attributes.iter().for_each(|(name, value)| element.push_attribute((*name, &*allowed(value))));
    element
}

/// XML has no way to write most control characters, nor two code points that Unicode keeps for itself.
fn allowed(text: &str) -> Cow<'_, str> {
    let bad = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if text.contains(bad) { Cow::Owned(text.replace(bad, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}
