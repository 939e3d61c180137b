//! Profiles: the built-in ones are complete, and a broken one is told whole.

use std::sync::Arc;

use tekser::finding::Level;
use tekser::judge::{Judgement, Outcome, Verdict, waiver_findings};
use tekser::probe::Listen;
use tekser::profile::{BUILTIN, Modality, Profile};

use crate::build::Film;
use crate::common::{judged_by, order_121, run, today};

fn problems(text: &str) -> Vec<String> {
    let Err(problems) = Profile::from_toml("p.toml", text) else { return Vec::new() };
    let line = |problem: &tekser::profile::Problem| format!("{}:{} {}", problem.file, problem.line, problem.message.id);
    problems.0.iter().map(line).collect()
}

#[test]
fn every_built_in_profile_is_valid() {
    assert!(!BUILTIN.is_empty());
    for builtin in BUILTIN {
        let profile = Profile::builtin(builtin.id).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(profile.id, builtin.id);
    }
}

#[test]
fn order_121_has_every_requirement_of_its_clauses() {
    let profile = order_121();
    let count =
        |clause: &str| profile.requirements.iter().filter(|r| r.clause.starts_with(clause) && !r.derived).count();
    assert_eq!(count("A4 ¶45"), 25);
    assert_eq!(count("A4 ¶41"), 16);
    assert_eq!(count("A4 ¶44"), 12);
    let binding = || profile.requirements.iter().filter(|requirement| requirement.modality == Modality::Must);
    let decided = binding().filter(|requirement| requirement.decision.is_some()).count();
    assert_eq!(decided, 23, "all of ¶45 but the three that are made on the platform, and the derived one");
    assert!(binding().all(|requirement| !requirement.quote.is_empty()), "each quotes its source");
    let advice: Vec<_> = profile.requirements.iter().filter(|r| r.modality != Modality::Must).collect();
    assert_eq!(advice.len(), 8);
    assert!(advice.iter().all(|r| r.derived && r.level < Level::Error), "what no clause says binds nobody");
}

/// Advice can be turned off; what the document demands can only be waived, with a reason and a date.
#[test]
fn advice_is_turned_off_and_demands_are_not() {
    let text = "extends = \"order-121\"\n[change.sound-audible]\nlevel = \"off\"\n";
    let profile = Profile::from_toml("quiet.toml", text).expect("a valid profile");
    assert!(profile.requirement("sound-audible").is_none());
    assert_eq!(profile.listen(), Listen::Nothing, "nobody listens for what nobody asks");
    assert_eq!(order_121().listen(), Listen::Sound);
    let text = "extends = \"order-121\"\n[change.video-max-size]\nlevel = \"off\"\n";
    let problems = Profile::from_toml("lax.toml", text).err().expect("a demand").0;
    assert_eq!(problems.iter().map(|p| (p.line, &*p.message.id)).collect::<Vec<_>>(), [(2, "profile-off-must")]);
}

#[test]
fn the_44_forbidden_extensions_are_data_with_their_confidence() {
    let profile = order_121();
    let requirement = profile.requirement("app-no-forbidden-extensions").expect("the requirement");
    let settings = &requirement.decision.as_ref().expect("a check").settings;
    let extensions = settings["extensions"].as_array().expect("a list");
    assert_eq!(extensions.len(), 44);
    for row in extensions {
        assert!(row["printed"].is_string() && (0.5..=1.0).contains(&row["confidence"].as_f64().expect("a number")));
    }
}

#[test]
fn all_mistakes_are_told_at_once_with_line_and_suggestion() {
    let text = "extends = \"order-121\"\nid = \"x\"\nversoin = \"1\"\n\n[change.video-max-duraton]\nlevel = \"warnin\"\n\n\
                [change.image-max-size]\nsettings = { max-byte = 1 }\n\n[[waive]]\nrequirement = \"app-no-malware\"\n";
    assert_eq!(
        problems(text),
        [
            "p.toml:3 profile-unknown-key",
            "p.toml:5 profile-unknown-requirement",
            "p.toml:6 profile-unknown-value",
            "p.toml:9 profile-unknown-setting",
            "p.toml:11 profile-missing-key",
            "p.toml:11 profile-missing-key",
        ]
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("p.toml");
    std::fs::write(&path, text).expect("a file");
    let ran = run(&["check", "samples", "--lang", "en", "--profile", path.to_str().expect("UTF-8")]);
    assert_eq!(ran.status, 2);
    for suggestion in ["\"version\"?", "\"video-max-duration\"?", "\"warning\"?", "\"max-bytes\"?"] {
        assert!(ran.stderr.contains(suggestion), "{suggestion} in {}", ran.stderr);
    }
}

#[test]
fn wrong_types_and_duplicates_are_told() {
    assert_eq!(
        problems("extends = \"order-121\"\n[change.video-max-duration]\nsettings = { max-seconds = \"ten\" }\n"),
        ["p.toml:3 profile-wants-number"]
    );
    assert!(problems("extends = 5\n").contains(&"p.toml:1 profile-wrong-type".to_owned()));
    assert!(problems("extends = \"order-121\"\nid = \n").iter().any(|problem| problem.ends_with("profile-syntax")));
    let twice = "extends = \"order-121\"\n[[requirement]]\nid = \"image-max-size\"\nclause = \"1\"\nmodality = \"must\"\n\
                 applies-to = [\"image\"]\ntitle = \"t\"\nwhy = \"w\"\nhelp = \"h\"\n";
    assert_eq!(problems(twice), ["p.toml:2 profile-duplicate"]);
}

#[test]
fn a_profile_changes_settings_and_levels() {
    let film = Film::new(700).bytes();
    let longer =
        "extends = \"order-121\"\nid = \"longer\"\n[change.video-max-duration]\nsettings = { max-seconds = 900 }\n";
    let profile = Profile::from_toml("p.toml", longer).expect("a valid profile");
    assert_eq!(judged_by(Arc::new(profile), &film, "a.mp4").judgement.verdict, Verdict::Compliant);

    let advice = "extends = \"order-121\"\nid = \"advice\"\n[change.video-max-duration]\nlevel = \"warning\"\n";
    let profile = Profile::from_toml("p.toml", advice).expect("a valid profile");
    let judged = judged_by(Arc::new(profile), &film, "a.mp4");
    assert_eq!(judged.judgement.verdict, Verdict::Compliant);
    assert_eq!(judged.outcome("video-max-duration"), Outcome::Failed, "it is told all the same");
    assert_eq!(judged.profile.requirement("video-max-duration").expect("it").modality, Modality::Should);
}

#[test]
fn the_example_of_the_readme_is_valid() {
    let readme = std::fs::read_to_string(crate::common::root().join("README.md")).expect("README.md");
    let mut examples = readme.split("```toml").skip(1).filter_map(|rest| rest.split("```").next());
    let example = examples.find(|example| example.contains("extends = ")).expect("an example of a profile");
    let profile = Profile::from_toml("readme.toml", example).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(profile.waivers.len(), 1);
}

#[test]
fn a_waiver_counts_until_its_last_day_and_must_be_needed() {
    let waive = |expires: &str| {
        let text = format!(
            "extends = \"order-121\"\nid = \"w\"\n[[waive]]\nrequirement = \"video-max-duration\"\n\
             reason = \"the camera of the school\"\nexpires = {expires}\n"
        );
        Profile::from_toml("p.toml", &text).expect("a valid profile")
    };
    let film = Film::new(700).bytes();
    let waived = judged_by(Arc::new(waive("2026-11-23")), &film, "a.mp4");
    assert_eq!(waived.judgement.verdict, Verdict::Compliant);
    assert_eq!(waived.outcome("video-max-duration"), Outcome::Failed, "marked, not dropped");
    assert!(waived.judgement.findings[0].waived && waived.errors().is_empty());

    let expired = judged_by(Arc::new(waive("2026-11-22")), &film, "a.mp4");
    assert_eq!(expired.judgement.verdict, Verdict::NonCompliant);
    let said = |profile: &Profile, judged: &[&Judgement]| {
        let findings = waiver_findings(profile, today(), &judged.iter().copied().collect());
        findings.into_iter().map(|finding| finding.message.id.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(said(&expired.profile, &[]), ["waiver-expired"]);
    assert_eq!(said(&waived.profile, &[]), ["waiver-unused"]);
    assert!(said(&waived.profile, &[&waived.judgement]).is_empty());
}

#[test]
fn a_profile_of_its_own_needs_no_other() {
    let text = "id = \"own\"\nversion = \"1\"\ntitle = \"Own\"\nsource = \"Us\"\n[[requirement]]\nid = \"small\"\nclause = \"1\"\n\
                modality = \"must\"\napplies-to = [\"image\", \"video\"]\ncheck = \"max-size\"\n\
                settings = { max-bytes = 10 }\ntitle = \"Small\"\nwhy = \"w\"\nhelp = \"h\"\n";
    let profile = Profile::from_toml("own.toml", text).unwrap_or_else(|problems| panic!("{problems}"));
    let judged = judged_by(Arc::new(profile), &Film::new(60).bytes(), "a.mp4");
    assert_eq!(judged.errors(), ["size-over-limit @ "]);
}

#[test]
fn the_schema_of_profiles_accepts_the_built_in_ones() {
    let schema: serde_json::Value = serde_json::from_str(&run(&["schema", "profile"]).stdout).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let files = BUILTIN.iter().flat_map(|builtin| builtin.files);
    for (name, text) in files.filter(|(name, _)| name.ends_with(".toml")) {
        let value: toml::Table = toml::from_str(text).expect("TOML");
        let value = serde_json::to_value(value).expect("JSON");
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn a_profile_sets_the_budgets() {
    use crate::build::archive;
    use tekser::judge::{Outcome, judge};
    use tekser::probe::{Context, probe};
    use tekser::source::Memory;

    let own = |limits: &str| {
        let text = format!("extends = \"order-121\"\nid = \"own\"\n[limits]\n{limits}\n");
        Profile::from_toml("own.toml", &text)
    };
    let zeros = vec![0u8; 3 << 20];
    let app = archive(&[("index.html", &b"<!doctype html><title>a</title>"[..]), ("zeros.txt", &zeros)]);
    let outcome = |profile: &Profile| {
        let facts = probe(&Memory(&app[..]), "a.zip", None, &Context::alone(&profile.limits));
        let judgement = judge(profile, &facts, today());
        let at = profile.requirements.iter().position(|requirement| &*requirement.id == "app-zip-archive");
        judgement.requirements[at.expect("the requirement")].outcome
    };
    let wide = own("").unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(outcome(&wide), Outcome::Passed);
    let tight = own("ratio-from-bytes = 1_000_000\nunpacked-ratio = 10");
    assert_eq!(outcome(&tight.unwrap_or_else(|problems| panic!("{problems}"))), Outcome::Failed);

    let wrong = own("depth = 3\nunpacked-ratoi = 10").err().expect("a problem");
    assert_eq!(wrong.0.len(), 1);
    assert_eq!((wrong.0[0].line, wrong.0[0].message.id.as_ref()), (5, "profile-unknown-key"));
}
