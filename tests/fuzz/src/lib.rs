//! What must hold for any bytes whatever. The fuzz targets and `mutate` share it.

pub mod built;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::sync::LazyLock;

use tekser::facts::{Bundle, DamageKind, Facts, FileFacts, Format, Reference, SoundFacts, VideoFacts, WebFacts};
use tekser::finding::Message;
use tekser::identify::identify;
use tekser::judge::{Judgement, Outcome, Verdict, judge};
use tekser::locale::{Language, Locale};
use tekser::pack::{self, Course, Edit, Material, Repair, Target, Wanted};
use tekser::probe::{Context, Deadline, Limits, Listen, probe};
use tekser::profile::Profile;
use tekser::source::Memory;

/// The profile that everything is judged by.
pub static PROFILE: LazyLock<Profile> =
    LazyLock::new(|| Profile::builtin("order-121").expect("tests exclude a broken one"));

/// What speaks the three languages.
pub static LOCALES: LazyLock<[Locale; 3]> = LazyLock::new(|| Language::ALL.map(Locale::new));

/// Bytes that an archive may unpack at a time before its budget is asked.
const PIECE: u64 = 64 * 1024;

/// The day that decides about waivers.
#[must_use]
pub fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 23)
}

/// Budgets that a small file can exhaust, so that the code behind them is reached and no input takes long.
#[must_use]
pub fn small_limits() -> Limits {
    Limits {
        entries: 100,
        held_bytes: 1 << 20,
        unpacked_bytes: 4 << 20,
        unpacked_ratio: 200,
        ratio_from_bytes: 1 << 20,
        depth: 3,
        pixels: 1 << 18,
        read_bytes: 64 << 20,
        text_bytes: 1 << 18,
        references: 1_000,
        sound_seconds: 60.0,
    }
}

/// Budgets that almost any file exhausts.
fn starved_limits() -> Limits {
    Limits {
        entries: 1,
        held_bytes: 64,
        unpacked_bytes: 256,
        unpacked_ratio: 200,
        ratio_from_bytes: 1 << 20,
        depth: 1,
        pixels: 16,
        read_bytes: 512,
        text_bytes: 32,
        references: 1,
        sound_seconds: 0.1,
    }
}

/// Measures and judges `data` in every way that has to agree; false if it is none of the `formats`, and then nothing was
/// done.
///
/// # Panics
/// Something that must hold does not.
#[must_use]
pub fn survives(data: &[u8], name: &str, formats: &[Format], listen: Listen) -> bool {
    if !formats.contains(&identify(&Memory(data), name).format) {
        return false;
    }
    let limits = small_limits();
    let context = Context { listen, ..Context::alone(&limits) };
    let facts = probe(&Memory(data), name, None, &context);
    must_hold(&facts, data.len() as u64, &limits);
    let again = probe(&Memory(data), name, None, &context);
    assert_eq!(facts, again, "the same bytes, other facts");

    let judgement = judge(&PROFILE, &facts, today());
    judged_rightly(&facts, &judgement);
    assert_eq!(judgement, judge(&PROFILE, &again, today()), "the same facts, another judgement");

    let (repairs, counters) = (BTreeSet::from(Repair::ALL), PROFILE.counters(&facts));
    let material = Material { title: name.to_owned(), author: Some(name.to_owned()), ..Material::default() };
    let course = Course { target: Target::ALL[data.len() % Target::ALL.len()], material, reported: None };
    let wanted = Wanted { repairs: &repairs, left_out: &[], course: Some(&course), counters: &counters, local: &[] };
    let planned = pack::plan(&facts.file, &wanted);
    if let Ok(plan) = &planned {
        assert!(plan.files.is_sorted_by(|a, b| a.name < b.name), "a name twice, or out of order");
    }
    assert_eq!(planned, pack::plan(&again.file, &wanted), "the same facts, another plan");
    if let Some(web) = &facts.file.web {
        let edit =
            |one: &Reference| Edit { at: Some(one.spot), was: one.url.clone(), becomes: "x".to_owned(), must: false };
        let edits: Vec<Edit> = web.references.iter().map(edit).collect();
        // Places may lie so that one address stands in another; then nothing is exchanged.
        let _ = pack::rewritten(data, &edits);
    }

    let starved = starved_limits();
    let starved = Context { listen, ..Context::alone(&starved) };
    let late = Context { deadline: Deadline::at(std::time::Instant::now()), listen, ..Context::alone(&limits) };
    for hindered in [starved, late] {
        let facts = probe(&Memory(data), name, None, &hindered);
        must_hold(&facts, data.len() as u64, hindered.limits);
        let hindered = judge(&PROFILE, &facts, today());
        judged_rightly(&facts, &hindered);
        nothing_passes_unseen(&judgement, &hindered);
    }
    true
}

/// Holds an archive that is called sound against two other readers of it: one that goes by the directory and one that goes
/// from front to back. Where a gate and a pupil's program read different things, somebody can hide something.
///
/// # Panics
/// They do not see the same files.
pub fn readers_agree(data: &[u8]) {
    let limits = small_limits();
    let facts = probe(&Memory(data), "quiz.zip", None, &Context::alone(&limits)).file;
    let Some(bundle) = &facts.bundle else { return };
    let sound = |file: &Option<FileFacts>| file.as_ref().is_none_or(|file| file.damage.is_empty());
    let conflicts = bundle.archive.as_ref().is_none_or(|archive| !archive.conflicts.is_empty());
    let open =
        bundle.unread.is_some() || bundle.entries.iter().any(|entry| entry.unread.is_some() || !sound(&entry.file));
    if conflicts || open || !facts.damage.is_empty() {
        return;
    }
    let ours: Vec<u64> = bundle.entries.iter().map(|entry| entry.size).collect();
    // What the others do not read at all is no other reading.
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(data)) else { return };
    let content = |file: &mut dyn Read| file.read_to_end(&mut Vec::new()).ok();
    let mut listed = Vec::new();
    for number in 0..archive.len() {
        let Ok(mut file) = archive.by_index(number) else { return };
        let Some(length) = content(&mut file) else { return };
        listed.push((file.header_start(), file.name_raw().to_vec(), length as u64));
    }
    assert_eq!(ours, listed.iter().map(|(_, _, length)| *length).collect::<Vec<_>>(), "the directory reads otherwise");
    listed.sort();
    let mut stream = Cursor::new(data);
    for (_, name, length) in listed {
        let Ok(Some(mut file)) = zip::read::read_zipfile_from_stream(&mut stream) else { return };
        let Some(found) = content(&mut file) else { return };
        assert_eq!((file.name_raw(), found as u64), (&*name, length), "from front to back it reads otherwise");
    }
    assert!(!matches!(zip::read::read_zipfile_from_stream(&mut stream), Ok(Some(_))), "there is one more at the end");
}

/// Reads a text document in every way that has to agree; false if it is none.
///
/// # Panics
/// Something that must hold does not.
#[must_use]
pub fn reads(data: &[u8]) -> bool {
    let limits = small_limits();
    let context = Context { documents: true, ..Context::alone(&limits) };
    let facts = probe(&Memory(data), "form.txt", None, &context);
    let Some(document) = &facts.file.document else { return false };
    must_hold(&facts, data.len() as u64, &limits);
    assert!(document.texts().map(str::len).sum::<usize>() <= 2 << 20, "more text than there is room for");
    assert!(document.texts().all(|text| text == text.trim() && !text.contains("  ")), "untidy: {document:?}");
    assert_eq!(facts, probe(&Memory(data), "form.txt", None, &context), "the same bytes, other facts");
    let starved = starved_limits();
    let starved = Context { documents: true, ..Context::alone(&starved) };
    let late =
        Context { deadline: Deadline::at(std::time::Instant::now()), documents: true, ..Context::alone(&limits) };
    for hindered in [starved, late] {
        must_hold(&probe(&Memory(data), "form.txt", None, &hindered), data.len() as u64, hindered.limits);
    }
    true
}

/// Less to read with must not make anything better: what was not looked at is not passed.
fn nothing_passes_unseen(free: &Judgement, hindered: &Judgement) {
    for (free, hindered) in free.requirements.iter().zip(&hindered.requirements) {
        let passed_unseen = hindered.outcome == Outcome::Passed && free.outcome == Outcome::Failed;
        assert!(!passed_unseen, "{} passes if less may be read", PROFILE.requirements[free.requirement].id);
    }
    let better = hindered.verdict == Verdict::Compliant && free.verdict != Verdict::Compliant;
    assert!(!better, "compliant only if less may be read");
}

/// What must hold for the facts of a file of `size` bytes.
///
/// # Panics
/// It does not.
pub fn must_hold(facts: &Facts, size: u64, limits: &Limits) {
    let text = serde_json::to_string(facts).expect("facts are plain data");
    let read: Facts = serde_json::from_str(&text).expect("facts can be read again");
    assert_eq!(*facts, read, "facts written and read again");
    assert_eq!(facts.file.size, size);
    let bytes_read = facts.file.bytes_read;
    assert!(bytes_read <= 16 * size + (1 << 20), "{bytes_read} bytes read of {size}");
    file(&facts.file, size, limits);
    facts.file.walk(&mut |_, entry| {
        if let Some(inner) = &entry.file {
            file(inner, inner.size, limits);
        }
    });
}

fn file(facts: &FileFacts, size: u64, limits: &Limits) {
    for damage in &facts.damage {
        assert!(damage.byte.is_none_or(|byte| byte <= size), "{damage:?} behind the end of {size} bytes");
        assert_ne!(damage.line, Some(0), "lines count from 1: {damage:?}");
        assert!(damage.detail.as_ref().is_none_or(|detail| detail.chars().count() <= 200), "{damage:?}");
    }
    for attached in &facts.attached {
        assert!(attached.byte < size, "{attached:?} behind the end of {size} bytes");
    }
    if let Some(image) = &facts.image {
        assert!(image.orientation.is_none_or(|orientation| (1..=8).contains(&orientation)), "{image:?}");
        let raster = matches!(facts.identity.format, Format::Jpeg | Format::Png | Format::Gif);
        let sized = image.width.is_some_and(|width| width > 0) && image.height.is_some_and(|height| height > 0);
        assert!(!raster || !image.decoded || sized, "decoded without a size: {image:?}");
    }
    if let Some(audio) = &facts.audio {
        seconds("duration", audio.duration);
        seconds("declared duration", audio.declared_duration);
    }
    if let Some(video) = &facts.video {
        video_holds(video);
    }
    if let Some(sound) = &facts.sound {
        sound_holds(sound);
    }
    if let Some(web) = &facts.web {
        web_holds(web, limits);
    }
    if let Some(bundle) = &facts.bundle {
        bundle_holds(bundle, limits);
    }
}

fn seconds(what: &str, value: Option<f64>) {
    assert!(value.is_none_or(|value| value.is_finite() && value >= 0.0), "{what}: {value:?}");
}

fn video_holds(video: &VideoFacts) {
    seconds("duration", video.duration);
    seconds("declared duration", video.declared_duration);
    for track in &video.tracks {
        seconds("duration of a track", track.duration);
        seconds("declared duration of a track", track.declared_duration);
        if let Some(picture) = &track.picture {
            seconds("frame rate", picture.frame_rate);
            seconds("highest frame rate", picture.highest_frame_rate);
            assert!(matches!(picture.rotation, 0 | 90 | 180 | 270), "{picture:?}");
        }
    }
}

fn sound_holds(sound: &SoundFacts) {
    seconds("listened", Some(sound.listened));
    seconds("range", sound.range);
    assert!(sound.peaks.iter().flatten().all(|peak| peak.is_finite()), "{sound:?}");
    // Why something was not heard and that all was heard exclude each other.
    assert!(!(sound.complete && sound.unheard.is_some()), "{sound:?}");
    if let Some(speech) = &sound.speech {
        assert!((0.0..=1.0).contains(&speech.share), "{speech:?}");
        let ordered = speech.spans.is_sorted_by(|before, after| before.end <= after.start);
        let whole = speech.spans.iter().all(|span| 0.0 <= span.start && span.start < span.end && span.end.is_finite());
        assert!(ordered && whole, "{speech:?}");
    }
}

fn web_holds(web: &WebFacts, limits: &Limits) {
    assert!(web.references.len() <= limits.references, "{} addresses", web.references.len());
    for reference in &web.references {
        assert!(reference.spot.line > 0 && !reference.url.is_empty(), "{reference:?}");
        assert!(reference.url.chars().count() <= 2048, "{reference:?}");
    }
    assert!(web.forms.iter().all(|form| form.spot.line > 0), "{:?}", web.forms);
    assert!(web.apis.iter().all(|api| api.spot.line > 0), "{:?}", web.apis);
}

fn bundle_holds(bundle: &Bundle, limits: &Limits) {
    let entries = bundle.entries.len();
    assert!(entries <= limits.entries, "{entries} entries");
    assert!(bundle.unpacked_size <= limits.unpacked_bytes + PIECE * entries as u64, "{}", bundle.unpacked_size);
    for entry in &bundle.entries {
        // An entry is a folder, or it was looked at, or there is a reason why not.
        assert!(entry.folder || entry.file.is_some() || entry.unread.is_some(), "{entry:?}");
    }
}

/// What must hold for a judgement: nothing that was not read to its end is compliant, and all of it can be said.
///
/// # Panics
/// It does not.
pub fn judged_rightly(facts: &Facts, judgement: &Judgement) {
    all_sayable(judgement);
    if judgement.verdict == Verdict::Compliant {
        compliant_rightly(facts);
    }
}

/// Whatever was not checked has a reason, and every reason and finding can be said.
///
/// # Panics
/// It has not, or it cannot.
pub fn all_sayable(judgement: &Judgement) {
    let outcomes = || judgement.requirements.iter();
    assert!(outcomes().all(|judged| (judged.outcome == Outcome::NotChecked) == judged.reason.is_some()));
    let findings = judgement.findings.iter().map(|finding| &finding.message);
    for message in findings.chain(outcomes().filter_map(|judged| judged.reason.as_deref())) {
        sayable(message);
    }
}

fn compliant_rightly(facts: &Facts) {
    let file = &facts.file;
    assert_eq!(facts.unread, None, "compliant and not looked at");
    let harmless = |what| matches!(what, DamageKind::TrailingData | DamageKind::Unterminated);
    assert!(file.damage.iter().all(|damage| harmless(damage.what)), "compliant and damaged: {:?}", file.damage);
    let positive = |seconds: Option<f64>| seconds.is_some_and(|seconds| seconds > 0.0);
    match file.identity.format {
        Format::Jpeg | Format::Png | Format::Gif | Format::Svg => {
            assert!(file.image.as_ref().is_some_and(|image| image.decoded), "compliant and not decoded");
        }
        Format::Mp3 | Format::Wav => {
            let duration = file.audio.as_ref().and_then(|audio| audio.duration);
            assert!(positive(duration), "compliant and without a length: {duration:?}");
        }
        Format::Mp4 | Format::Mov => {
            let video = file.video.as_ref().expect("a compliant video was measured");
            assert!(positive(video.duration), "compliant and without a length: {:?}", video.duration);
            let shown = video.pictures().any(|track| track.samples > 0 && positive(track.duration));
            assert!(shown, "compliant and without pictures: {:?}", video.tracks);
        }
        other => panic!("compliant: {other:?}"),
    }
}

/// Every language has a sentence, and every word that it asks for is there.
///
/// # Panics
/// It has not.
pub fn sayable(message: &Message) {
    let asks = |text: &str| text.contains("{$") || text.contains("{ $");
    let quoted = format!("{:?}", message.arguments);
    for locale in LOCALES.iter() {
        let text = locale.text(message);
        assert!(!text.is_empty() && text != message.id, "no sentence for {message:?}");
        assert!(!asks(&text) || asks(&quoted), "{text} lacks something: {message:?}");
    }
}
