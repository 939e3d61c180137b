//! `tekser pack --target`: packages for learning platforms, as their schemas and their players see them.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use serde_json::Value;

use crate::common::{Ran, root, run, witness};

const PAGE: &str = "<!doctype html><html lang=\"kk\"><head><meta charset=\"utf-8\"><title>Сабақ</title></head><body>";

/// What an author says, with everything in it that XML has to be careful with.
const SAID: [&str; 16] = [
    "--title",
    "Бөлшектер & «<үлестер>»",
    "--description",
    "Жай бөлшектерді қосу",
    "--keywords",
    "бөлшек,бөлім",
    "--level",
    "5-сынып",
    "--subject",
    "Математика",
    "--language",
    "kk",
    "--author",
    "Серікова, Ә.; мұғалім",
    "--source",
    "Оқулық, 2020",
];

/// An app that knows nothing of platforms.
fn silent(folder: &Path) {
    write(folder, "index.html", &format!("{PAGE}<h1>Сәлем</h1><img src=\"img/a%20b.svg\" alt=\"a\"></body></html>"));
    write(folder, "img/a b.svg", "<svg xmlns='http://www.w3.org/2000/svg'><circle r='9'/></svg>");
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A folder with an app, what it is packed to, and what that is unpacked to.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new(app: impl FnOnce(&Path)) -> Desk {
        let desk = Desk(tempfile::tempdir().expect("a folder"));
        fs::create_dir(desk.0.path().join("app")).expect("a folder");
        app(&desk.0.path().join("app"));
        desk
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn pack(&self, target: &str, more: &[&str]) -> Ran {
        let (app, out) = (self.path("app"), self.path(&format!("{target}.zip")));
        run(&[&["pack", "--lang", "en", &app, "--out", &out, "--target", target], more].concat())
    }

    /// Packs, and unpacks what came of it.
    fn packed(&self, target: &str, more: &[&str]) -> (Ran, String) {
        let ran = self.pack(target, more);
        assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
        let bytes = fs::read(self.path(&format!("{target}.zip"))).expect("the package");
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        zip.extract(self.path(target)).expect("its files");
        (ran, self.path(target))
    }
}

/// What a platform is told by a part of a package.
fn played(standard: &str, folder: &str, item: &str) -> Value {
    let script = root().join("tests/witness/player.mjs");
    let ran = witness("node").arg(script).args([standard, folder, item]).output().expect("node");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let told: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    assert_eq!(told["errors"], serde_json::json!([]), "{told:#}");
    assert_eq!(told["missing"], serde_json::json!([]), "{told:#}");
    told
}

/// What is wrong with a manifest by the schemas of its standard.
fn invalid(manifest: &str, schemas: &[(&str, &str)]) -> String {
    let imports: String = schemas
        .iter()
        .map(|(namespace, file)| format!("<xs:import namespace=\"{namespace}\" schemaLocation=\"file://{file}\"/>"))
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let all = folder.path().join("all.xsd");
    fs::write(&all, format!("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">{imports}</xs:schema>"))
        .expect("a schema");
    let ran = witness("xmllint").args(["--noout", "--nonet", "--schema"]).arg(&all).arg(manifest).output();
    let ran = ran.expect("xmllint");
    if ran.status.success() { String::new() } else { String::from_utf8_lossy(&ran.stderr).into_owned() }
}

fn schemas(of: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let folder = root().join("tests/witness/node_modules/node-scorm-packager/lib/schemas/definitionFiles");
    of.iter().map(|(namespace, file)| (*namespace, folder.join(file).display().to_string())).collect()
}

#[test]
fn manifests_keep_to_the_schemas_of_their_standards() {
    let old = schemas(&[
        ("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "scorm12edition/imscp_rootv1p1p2.xsd"),
        ("http://www.adlnet.org/xsd/adlcp_rootv1p2", "scorm12edition/adlcp_rootv1p2.xsd"),
        ("http://www.imsglobal.org/xsd/imsmd_rootv1p2p1", "scorm12edition/imsmd_rootv1p2p1.xsd"),
    ]);
    let new = schemas(&[
        ("http://www.imsglobal.org/xsd/imscp_v1p1", "scorm20044thedition/imscp_v1p1.xsd"),
        ("http://www.adlnet.org/xsd/adlcp_v1p3", "scorm20044thedition/adlcp_v1p3.xsd"),
        ("http://www.imsglobal.org/xsd/imsss", "scorm20044thedition/imsss_v1p0.xsd"),
    ]);
    let desk = Desk::new(silent);
    for (target, schemas) in [("scorm-1.2", &old), ("scorm-2004", &new), ("ims-cp", &new)] {
        let (_, folder) = desk.packed(target, &SAID);
        let manifest = format!("{folder}/imsmanifest.xml");
        let schemas: Vec<(&str, &str)> = schemas.iter().map(|(space, file)| (*space, file.as_str())).collect();
        assert_eq!(invalid(&manifest, &schemas), "", "{target}");
        let text = fs::read_to_string(&manifest).expect("the manifest");
        for said in [
            "Бөлшектер &amp; «&lt;үлестер&gt;»",
            "Жай бөлшектерді қосу",
            "бөлім",
            "5-сынып",
            "Математика",
            "Серікова\\, Ә.\\; мұғалім",
            "Оқулық, 2020",
            "href=\"img/a%20b.svg\"",
        ] {
            assert!(text.contains(said), "{target}: {said} in {text}");
        }
        // The schemas notice.
        fs::write(&manifest, text.replace("<organizations", "<organisations")).expect("a broken manifest");
        assert_ne!(invalid(&manifest, &schemas), "", "{target}");
    }
}

#[test]
fn a_platform_hears_when_an_app_that_is_silent_itself_was_opened_and_left() {
    let desk = Desk::new(silent);
    for (target, status) in [("scorm-1.2", "lesson_status"), ("scorm-2004", "completion_status")] {
        let (ran, folder) = desk.packed(target, &["--title", "Бөлшектер"]);
        assert!(ran.stdout.contains("does not speak to a platform"), "{}", ran.stdout);
        let told = played(target, &folder, "0");
        assert_eq!(told["launch"], "launch/1.html");
        assert_eq!(told["shown"], "Сәлем", "the app itself is in the frame");
        let calls: Vec<&str> = told["calls"].as_array().expect("calls").iter().filter_map(Value::as_str).collect();
        assert!(calls.first().is_some_and(|call| call.ends_with("Initialize")), "{calls:?}");
        let said = |value: &str| calls.iter().any(|call| call.ends_with(&format!("{status} = {value}")));
        assert!(said("incomplete") && said("completed"), "{calls:?}");
        assert!(calls.iter().any(|call| call.contains("session_time = ")), "{calls:?}");
        assert!(calls.last().is_some_and(|call| call.ends_with("Finish") || call.ends_with("Terminate")), "{calls:?}");
        assert_eq!(told["values"]["status"], "completed");
    }
    let (_, folder) = desk.packed("cmi5", &["--title", "Бөлшектер"]);
    let told = played("cmi5", &folder, "0");
    assert_eq!(told["shown"], "Сәлем");
    let verbs: Vec<&Value> =
        told["statements"].as_array().expect("statements").iter().map(|one| &one["verb"]).collect();
    assert_eq!(verbs, ["initialized", "completed", "terminated"]);
    for statement in told["statements"].as_array().expect("statements") {
        assert_eq!(statement["wrong"], serde_json::json!([]), "{told:#}");
    }
}

#[test]
fn an_app_that_speaks_to_the_platform_is_opened_directly_and_its_score_arrives() {
    let old = "var api = parent.API; api.LMSInitialize(''); api.LMSSetValue('cmi.core.score.raw', '80');\n\
               api.LMSSetValue('cmi.core.lesson_status', 'passed'); api.LMSCommit(''); api.LMSFinish('');";
    let new = "var api = parent.API_1484_11; api.Initialize(''); api.SetValue('cmi.score.scaled', '0.8');\n\
               api.SetValue('cmi.score.raw', '80'); api.SetValue('cmi.success_status', 'passed');\n\
               api.SetValue('cmi.completion_status', 'completed'); api.Commit(''); api.Terminate('');";
    for (target, script) in [("scorm-1.2", old), ("scorm-2004", new)] {
        let desk = Desk::new(|app| {
            write(
                app,
                "index.html",
                &format!("{PAGE}<h1>Сәлем</h1><script src=\"js/score.js\"></script></body></html>"),
            );
            write(app, "js/score.js", script);
        });
        let (ran, folder) = desk.packed(target, &["--title", "Бөлшектер"]);
        assert!(ran.stdout.contains("js/score.js:1"), "{}", ran.stdout);
        let held = desk.pack(target, &["--title", "Бөлшектер", "--launch", "reported", "--dry-run"]);
        assert!(held.stdout.contains("launch/1.html") && !held.stdout.contains("score.js"), "{}", held.stdout);
        let told = played(target, &folder, "0");
        assert_eq!(told["launch"], "index.html");
        let values = &told["values"];
        assert_eq!(values["score"].to_string().trim_matches('"'), "80", "{told:#}");
        assert!(values["status"] == "passed" || values["success"] == "passed", "{told:#}");
    }
}

#[test]
fn several_pages_are_several_parts_and_without_a_platform_a_list() {
    let desk = Desk::new(|app| {
        for (name, text) in [("бір/index.html", "Бірінші"), ("екі/index.html", "Екінші")] {
            write(app, name, &format!("{PAGE}<h1>{text}</h1></body></html>"));
        }
    });
    let items = ["--item", "бір/index.html=Бірінші сабақ", "--item", "екі/index.html=Екінші <сабақ>"];
    for (target, fix) in [("scorm-1.2", "safe"), ("scorm-2004", "all"), ("cmi5", "all")] {
        let (_, folder) = desk.packed(target, &[&["--title", "Курс", "--fix", fix], &items[..]].concat());
        for (item, shown) in [("0", "Бірінші"), ("1", "Екінші")] {
            let told = played(target, &folder, item);
            assert_eq!(told["titles"], serde_json::json!(["Бірінші сабақ", "Екінші <сабақ>"]));
            assert_eq!(told["shown"], shown, "{target}");
        }
        let list = fs::read_to_string(format!("{folder}/index.html")).expect("a start page");
        assert!(list.contains("Бірінші сабақ</a>") && list.contains("Екінші &lt;сабақ&gt;"), "{list}");
    }
    let ran = desk.pack("ims-cp", &["--title", "Курс", "--item", "үш.html=Үшінші"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("үш.html: there is no such page"), "{}", ran.stdout);
}

#[test]
fn what_is_said_stands_on_the_command_line_or_in_the_settings() {
    let desk = Desk::new(silent);
    let ran = desk.pack("scorm-1.2", &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("needs a title"), "{}", ran.stderr);
    let ran = run(&["pack", "--lang", "en", &desk.path("app"), "--dry-run", "--title", "Бөлшектер"]);
    assert!(ran.status == 2 && ran.stderr.contains("--target"), "{}", ran.stderr);
    let ran = desk.pack("scorm-1.2", &["--title", "Бөлшектер", "--language", "қазақша"]);
    assert!(ran.status == 2 && ran.stderr.contains("қазақша"), "{}", ran.stderr);

    let settings = "[material]\ntitle = \"Жазылған\"\nkeywords = [\"бір\", \"екі\"]\nlanguage = \"kk\"\n\n\
                    [[material.item]]\npage = \"index.html\"\ntitle = \"Басы\"\n";
    fs::write(desk.path("tekser.toml"), settings).expect("settings");
    let (ran, folder) = desk.packed("ims-cp", &["--author", "Ә. Серік"]);
    let manifest = fs::read_to_string(format!("{folder}/imsmanifest.xml")).expect("a manifest");
    for said in ["Жазылған", "екі", "language=\"kk\"", "Ә. Серік", "<title>Басы</title>"] {
        assert!(manifest.contains(said), "{said} in {manifest}");
    }
    assert!(ran.stdout.contains("¶44") && ran.stdout.contains("--description, --level, --subject"), "{}", ran.stdout);
    assert!(!fs::exists(format!("{folder}/launch")).expect("a folder"), "a package that nobody reports from");
}

#[test]
fn a_package_of_the_same_standard_stays_what_it_is() {
    let desk = Desk::new(silent);
    let (_, folder) = desk.packed("scorm-1.2", &["--title", "Бөлшектер"]);
    let again = desk.path("again.zip");
    let pack = |target: &str| run(&["pack", "--lang", "en", &folder, "--out", &again, "--target", target, "--force"]);
    let ran = pack("scorm-1.2");
    assert!(ran.status == 0 && ran.stdout.contains("a package of SCORM 1.2 already"), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(fs::read(&again).expect("a package"), fs::read(desk.path("scorm-1.2.zip")).expect("a package"));
    // Of another standard, whose title it lends; its manifest has the same name.
    let ran = pack("scorm-2004");
    assert!(ran.status == 0 && ran.stdout.contains("belongs to another standard"), "{}{}", ran.stdout, ran.stderr);
    let bytes = fs::read(&again).expect("a package");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let manifest = std::io::read_to_string(zip.by_name("imsmanifest.xml").expect("a manifest")).expect("its text");
    assert!(manifest.contains("2004 4th Edition") && manifest.contains("Бөлшектер"), "{manifest}");
    let page = std::io::read_to_string(zip.by_name("launch/1.html").expect("a page that reports")).expect("its text");
    assert!(page.contains("data-version=\"2004\""), "{page}");
    assert!(!manifest.contains("launch-2"), "what reported by the other standard stays out: {manifest}");
}
