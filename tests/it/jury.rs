//! Contests of one's own, and the sheet for their jury: from the template to ranks that a spreadsheet computes.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use crate::common::{report, run, tekser, witness};

/// A folder for what the tests write.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    /// The sheet of a contest over its sample batch.
    fn sheet(&self, contest: &str, name: &str, more: &[&str]) -> String {
        let (folder, sheet) = (format!("samples/contests/{contest}"), self.path(name));
        let table = format!("{folder}/registry.xlsx");
        let arguments = ["jury", contest, &folder, "--registry", &table, "-o", &sheet, "--lang", "en"];
        let ran = run(&[&arguments[..], more].concat());
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{contest}");
        sheet
    }

    /// The pages of a workbook as LibreOffice computes them, all formulas anew.
    fn computed(&self, sheet: &str) -> Vec<String> {
        let profile = self.0.path().join("office/user");
        fs::create_dir_all(&profile).expect("a folder");
        let always = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><oor:items \
            xmlns:oor=\"http://openoffice.org/2001/registry\"><item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\">\
            <prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\"><value>0</value></prop></item></oor:items>";
        fs::write(profile.join("registrymodifications.xcu"), always).expect("a file");
        let out = self.path("computed");
        let installation = format!("-env:UserInstallation=file://{}", self.path("office"));
        let filter = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1";
        let arguments = [installation.as_str(), "--headless", "--convert-to", filter, "--outdir", &out, sheet];
        let status = witness("soffice").args(arguments).output().expect("soffice").status;
        assert!(status.success());
        let mut pages: Vec<_> = fs::read_dir(&out).expect("pages").flatten().map(|entry| entry.path()).collect();
        pages.sort();
        assert!(!pages.is_empty(), "LibreOffice wrote pages");
        pages.iter().map(|page| fs::read_to_string(page).expect("a page")).collect()
    }
}

/// Writes marks into blank cells of a page, as a member of the jury does.
fn marked(sheet: &str, page: &str, marks: &[(&str, i32)]) {
    let bytes = fs::read(sheet).expect("a workbook");
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut entry = old.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut text = Vec::new();
        entry.read_to_end(&mut text).expect("bytes");
        if name == page {
            let mut xml = String::from_utf8(text).expect("XML");
            for (cell, mark) in marks {
                let at = xml.find(&format!("<c r=\"{cell}\"")).expect("a cell");
                let end = at + xml[at..].find("/>").expect("a blank cell");
                assert!(!xml[at..end].contains('>'), "{cell} is blank");
                xml.replace_range(end..end + 2, &format!("><v>{mark}</v></c>"));
            }
            text = xml.into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        new.write_all(&text).expect("bytes");
    }
    fs::write(sheet, new.finish().expect("a ZIP").into_inner()).expect("a workbook");
}

/// The row of a page that holds a word.
fn row(page: &str, word: &str) -> Vec<String> {
    let page = page.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(page.as_bytes());
    let rows = reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect::<Vec<_>>());
    let mut rows = rows.filter(|row| row.iter().any(|cell| cell.contains(word)));
    rows.next().unwrap_or_else(|| panic!("no {word} in {page}"))
}

#[test]
fn marks_become_ranks_and_awards() {
    let folder = Folder::new();
    let sheet = folder.sheet("netcom-2017", "jury.xlsx", &[]);
    // Two of five members have marked three schools; the third and the fourth school have the same.
    let page = |member: usize| format!("xl/worksheets/sheet{}.xml", member + 1);
    let cells = ["D", "E", "F", "G", "H", "I", "J", "K"];
    for (member, all) in [(1, [[10; 8], [6; 8], [5; 8], [5; 8]]), (2, [[8; 8], [9; 8], [5; 8], [5; 8]])] {
        let places: Vec<(String, i32)> = (3..)
            .zip(all)
            .flat_map(|(row, marks)| cells.iter().zip(marks).map(move |(cell, mark)| (format!("{cell}{row}"), mark)))
            .collect();
        let places: Vec<(&str, i32)> = places.iter().map(|(cell, mark)| (cell.as_str(), *mark)).collect();
        marked(&sheet, &page(member), &places);
    }
    let pages = folder.computed(&sheet);
    let summary = pages.iter().find(|page| page.contains("Formal check")).expect("the summary");
    let head = row(summary, "Formal check");
    let column =
        |name: &str| head.iter().position(|one| one == name).unwrap_or_else(|| panic!("no {name} in {head:?}"));
    let (sum, mean, rank, award) = (column("Sum"), column("Mean"), column("Rank"), column("Award"));
    let first = row(summary, "01 үлгі");
    assert_eq!(
        [&first[sum], &first[mean], &first[rank], &first[award]],
        ["144", "72", "1", "first-degree diploma (2/5)"]
    );
    let second = row(summary, "02 образец");
    assert_eq!([&second[mean], &second[rank], &second[award]], ["60", "2", "second-degree diploma (2/5)"]);
    // The third has no application and takes no part until the jury says so; the fourth is the third then.
    let (third, fourth) = (row(summary, "03 өтінімсіз"), row(summary, "04 жоспарсыз"));
    assert_eq!(fourth[mean], "40");
    assert!(third[rank] == "3" || third[rank].is_empty(), "{third:?}");
    assert_eq!(fourth[rank], "3");
    let special = head.iter().position(|one| one.contains("magnet")).expect("the nomination");
    assert!(first[special].contains("Best network community"), "{first:?}");
    assert_eq!(second[special], "", "it is no magnet school");
    assert_eq!(row(summary, "06 басқа мектеп")[rank], "", "nobody marked it");
    assert_eq!(pages.len(), 1 + 5 + 1, "a summary, five members, notes");
}

#[test]
fn likes_become_ranks_within_a_region_in_the_workbook_and_in_csv() {
    let folder = Folder::new();
    let pages = folder.computed(&folder.sheet("bjb-2020", "jury.xlsx", &[]));
    let csv = fs::read_to_string(folder.sheet("bjb-2020", "jury.csv", &[])).expect("CSV");
    assert!(csv.starts_with('\u{feff}'));
    let summary = pages.iter().find(|page| page.contains("Formal check")).expect("the summary");
    for page in [summary.as_str(), csv.as_str()] {
        let head = row(page, "Formal check");
        let rank = head.iter().position(|one| one == "Rank").expect("a column");
        let of = |word: &str| (row(page, word)[rank].clone(), !row(page, word)[rank + 1].is_empty());
        // 12 has 120 likes, 4 has 40, and 2 came a day late.
        assert_eq!(of("12 Дүниетану"), ("1".to_owned(), true));
        assert_eq!(of("04 Қазақ тілі"), ("2".to_owned(), false));
        assert_eq!(of("02 Геометрия"), (String::new(), false));
    }
}

#[test]
fn where_the_rules_have_no_marks_decisions_have_columns() {
    let folder = Folder::new();
    let csv = fs::read_to_string(folder.sheet("opiq-2019", "jury.csv", &[])).expect("CSV");
    for heading in ["Round 1 (by correspondence)", "Round 3 (final)", "Award"] {
        assert!(csv.lines().next().is_some_and(|head| head.contains(heading)), "{heading}");
    }
    assert_eq!(csv.lines().count(), 1 + 17);
    let pages = folder.computed(&folder.sheet("opiq-2019", "jury.xlsx", &[]));
    assert_eq!(pages.len(), 2);
}

#[test]
fn a_name_is_no_formula() {
    let folder = Folder::new();
    let table = "Аты-жөні;Мектеп;Облысы;Лайк\n\"=HYPERLINK(\"\"http://x.example\"\")\";+7 701;@cmd;5\n";
    fs::write(folder.path("table.csv"), table).expect("a table");
    for name in ["jury.csv", "jury.xlsx"] {
        let (table, sheet) = (folder.path("table.csv"), folder.path(name));
        let ran = run(&["jury", "bjb-2020", "--registry", &table, "-o", &sheet, "--lang", "kk"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    let csv = fs::read_to_string(folder.path("jury.csv")).expect("CSV");
    assert!(csv.contains("'=HYPERLINK") && csv.contains(";'+7 701;'@cmd;"), "{csv}");
    let pages = folder.computed(&folder.path("jury.xlsx"));
    assert!(pages.iter().any(|page| page.contains("=HYPERLINK(")), "it stands there as text: {pages:?}");
}

#[test]
fn marks_are_not_written_over() {
    let folder = Folder::new();
    let sheet = folder.sheet("bjb-2020", "jury.csv", &[]);
    fs::write(&sheet, "marks").expect("a file");
    let arguments = ["jury", "bjb-2020", "samples/contests/bjb-2020", "-o", &sheet, "--lang", "en"];
    let ran = run(&arguments);
    assert_eq!((ran.status, fs::read_to_string(&sheet).expect("a file").as_str()), (2, "marks"));
    assert!(ran.stderr.contains("--force"), "{}", ran.stderr);
    assert_eq!(run(&[&arguments[..], &["--force"]].concat()).status, 0);
    let other = folder.path("jury.xlsx");
    let ran = run(&["jury", "order-121", "samples/good", "-o", &other, "--lang", "en"]);
    assert_eq!(ran.status, 2, "no jury judges what an order wants");
    assert!(ran.stderr.contains("[jury]") && !Path::new(&other).exists(), "{}", ran.stderr);
    assert_eq!(run(&["jury", "bjb-2020", "samples/good", "-o", &folder.path("jury.pdf")]).status, 2);
}

#[test]
fn the_template_is_a_contest_in_three_languages() {
    let folder = Folder::new();
    let works = folder.path("works");
    let work = |name: &str, author: &str, nomination: &str| {
        let form = format!("Заявка\nАвтор: {author}\nШкола: школа № 1\nНоминация: {nomination}\n");
        fs::create_dir_all(format!("{works}/{name}")).expect("a folder");
        fs::write(format!("{works}/{name}/Заявка.txt"), form).expect("a form");
        fs::copy("samples/good/lesson.mp4", format!("{works}/{name}/видео.mp4")).expect("a video");
    };
    work("1", "Образцова Анна", "Начальная школа");
    work("2", "Образцов П.", "Средняя школа");
    let table = "Файл;Дата;Почта;ФИО;Согласие на публикацию;Число часов\n\
                 1;05.03.2027;a@example.kz;Образцова Анна;да;2\n2;05.04.2027;b@example.kz;Образцов П.;да;3\n";
    fs::write(folder.path("table.csv"), table).expect("a table");
    for language in ["kk", "ru", "en"] {
        let profile = folder.path(&format!("contest-{language}.toml"));
        let ran = run(&["init", &profile, "--lang", language]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let ran = run(&["profile", "check", &profile, "--lang", language]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{language}");
        assert!(ran.stdout.contains("31.03.2027"), "{}", ran.stdout);
        let report = report(&["--profile", &profile, "--registry", &folder.path("table.csv"), &works]);
        let failed = |at: usize| -> Vec<String> {
            let all = report["submissions"][at]["requirements"].as_array().expect("requirements").iter();
            let failed = all.filter(|one| one["outcome"] == "failed");
            failed.map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
        };
        assert_eq!(failed(1), ["form-author", "nomination-allowed", "received-in-time"], "{language}");
        assert_eq!(failed(0), Vec::<String>::new(), "{language}");
        let sheet = folder.path(&format!("jury-{language}.xlsx"));
        let (table, works) = (folder.path("table.csv"), folder.path("works"));
        assert_eq!(run(&["jury", &profile, &works, "--registry", &table, "-o", &sheet]).status, 0);
        let ran = run(&["init", &profile, "--lang", language]);
        assert_eq!(ran.status, 2, "what an organizer wrote is not written over");
    }
}

/// What somebody does wrong who has never written such a file.
#[test]
fn slips_in_a_profile_are_told_with_their_lines() {
    let folder = Folder::new();
    let template = folder.path("contest.toml");
    assert_eq!(run(&["init", &template, "--lang", "en"]).status, 0);
    let text = fs::read_to_string(&template).expect("a template");
    // As Notepad may save it: with a mark in front, which hurts nothing, or in the code page of Windows, which does.
    fs::write(&template, format!("\u{feff}{text}")).expect("a file");
    assert_eq!(run(&["profile", "check", &template, "--lang", "en"]).status, 0);
    fs::write(&template, b"title = \"\xCA\xEE\xED\"").expect("a file");
    let ran = run(&["profile", "check", &template, "--lang", "en"]);
    assert!(ran.status == 2 && ran.stderr.contains("UTF-8"), "{}", ran.stderr);
    for (from, to, says) in [
        ("check = \"max-size\"", "check = \"maxsize\"", "max-size"),
        ("version = \"1\"", "version = 1", "version"),
        ("period = \"submission\"", "period = submission", "quotation marks"),
        ("id = \"max-size\"", "id = \"video-present\"", "video-present"),
        ("list = \"nominations\" } }", "list = \"nomination\" } }", "nominations"),
        ("answer = \"email\"", "answer = \"e-mail\"", "email"),
        ("modality = \"should\"", "modality = \"shuold\"", "should"),
        ("Asia/Almaty", "Almaty", "Almaty"),
        ("to = 2027-03-31", "to = \"31.03.2027\"", "31.03.2027"),
        ("max-bytes = 524_288_000", "max-bytes = \"500 MB\"", "wants a number"),
        ("min = 0", "min = zero", "zero"),
    ] {
        assert!(text.contains(from), "{from}");
        let line = 1 + text[..text.find(from).expect("it is there")].matches('\n').count();
        fs::write(&template, text.replacen(from, to, 1)).expect("a file");
        let output = tekser(&["profile", "check", &template, "--lang", "en"]).output().expect("a run");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{to}: {told}");
        let lines = [format!(":{line}:"), format!(":{}:", line.saturating_sub(1)), format!(":{}:", line + 1)];
        let near = lines.iter().any(|line| told.contains(line.as_str()))
            || from.starts_with("to =")
            || from.starts_with("min");
        assert!(told.contains(says) && near, "{to} (line {line}): {told}");
    }
}
