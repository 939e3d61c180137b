//! The organizer's table: what is read in it, how its rows find their files, and what is done where one has no other.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::Value;

use crate::build::archive;
use crate::common::{Batch, list, outcomes, report, run, text};

/// The findings of a submission that are no notes, as `requirement message`.
fn found(submission: &Value) -> Vec<String> {
    let findings = list(&submission["findings"]).iter().filter(|one| one["level"] != "note");
    findings.map(|one| format!("{} {}", text(&one["requirement"]), text(&one["id"])).trim().to_owned()).collect()
}

/// The submission whose path holds a word.
fn of<'a>(report: &'a Value, word: &str) -> &'a Value {
    let mut all = list(&report["submissions"]).iter().filter(|one| text(&one["path"]).contains(word));
    all.next().unwrap_or_else(|| panic!("no {word} in {:#}", report["submissions"]))
}

fn remarks(report: &Value) -> Vec<&str> {
    list(&report["registry_findings"]).iter().map(|one| text(&one["id"])).collect()
}

/// The report over the works with this table.
fn with(batch: &Batch, table: &str) -> Value {
    batch.report(&["--registry", &batch.path(table)])
}

#[test]
fn every_participant_of_the_three_sample_batches_is_judged_with_the_table() {
    for (contest, count, requirements, expected) in [
        (
            "opiq-2019",
            17,
            39,
            vec![
                ("03 ", "opiq-subject-email-route sent-elsewhere"),
                ("05 ", "opiq-submission-email sent-elsewhere"),
                ("06 ", "opiq-manager-role answer-unknown"),
                ("06 ", "opiq-participant-category answer-other-nomination"),
                ("07 ", "opiq-teacher-subject-grade-language subject-not-in-table"),
                ("08 ", "opiq-teacher-subject-grade-language subject-unknown"),
                ("14 ", "opiq-deadline received-late"),
                (":00018 15 файлы жоқ", "tool-missing"),
                (":00019 Диск", "opiq-delivery-medium medium-unknown"),
                (":00020 Сілтемеев", "opiq-cloud-link-downloadable link-private"),
            ],
        ),
        (
            "bjb-2020",
            15,
            23,
            vec![
                ("02 ", "bjb-period received-late"),
                ("04 ", "bjb-created-on-platform-page work-of-another-kind"),
                ("05 ", "bjb-created-on-platform-page link-front-page"),
                ("06 ", "bjb-facebook-repost link-elsewhere"),
                ("07 ", "bjb-sent-via-button answer-blank"),
                ("08 ", "bjb-consent-personal-data answer-no"),
                ("10 ", "bjb-subject-and-grade answer-blank"),
            ],
        ),
        (
            "netcom-2017",
            13,
            36,
            vec![
                ("06 ", "netcom-applicant-school-type answer-unknown"),
                ("08 ", "netcom-contact-email-present address-malformed"),
                ("09 ", "netcom-application-window received-late"),
                ("10 ", "netcom-materials-deadline received-late"),
                ("11 ", "netcom-submission-email sent-elsewhere"),
                ("13 ", "tool-unlisted"),
                ("13 ", "tool-cover-unknown"),
            ],
        ),
    ] {
        let folder = format!("samples/contests/{contest}");
        let report = report(&["--profile", contest, &folder, "--registry", &format!("{folder}/registry.xlsx")]);
        assert_eq!(list(&report["submissions"]).len(), count, "{contest}");
        for submission in list(&report["submissions"]) {
            assert_eq!(outcomes(submission).len(), requirements, "{contest}: {}", submission["path"]);
        }
        for (word, finding) in expected {
            let found = found(of(&report, word));
            assert!(found.iter().any(|one| one == finding), "{contest} {word}: {found:?}");
        }
        // Good work is left alone.
        let good = of(&report, if contest == "bjb-2020" { "/12 " } else { "/01 " });
        assert_eq!(found(good), Vec::<String>::new(), "{contest}");
    }
}

const HEAD: [&str; 6] = ["Файл", "Уақыт белгісі", "Аты-жөні", "Жеке деректер", "Пән", "Сынып"];

/// The same rows, whatever they are written in.
const ROWS: [[&str; 6]; 3] = [
    ["01 Әлия", "05.10.2020 10:00", "Үлгісова Әлия; \"Ұя\"", "иә", "Қазақ тілі", "7"],
    ["02 Өмір.zip", "2020-10-23 23:59", "Үлгісов Өмір", "жоқ", "Физика", "9"],
    ["03 Ғани", "24 қазан 2020", "Үлгісов Ғани", "", "Химия", "8"],
];

fn works() -> Batch {
    let batch = Batch::new();
    batch.write("works/01 Әлия/a.txt", "x").write("works/03 Ғани/a.txt", "x");
    batch.write("works/02 Өмір.zip", archive(&[("a.txt", "x")]));
    batch
}

fn csv(separator: char) -> String {
    let quoted = |cell: &str| match cell.contains([separator, '"']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    };
    let line = |cells: &[&str]| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(&separator.to_string());
    let rows = ROWS.iter().map(|row| line(row));
    [line(&HEAD)].into_iter().chain(rows).collect::<Vec<_>>().join("\r\n")
}

/// What an organizer's Excel on a Kazakh Windows writes: KZ-1048.
fn kz_1048(text: &str) -> Vec<u8> {
    let kazakh = [('Ә', 0xA3), ('ә', 0xBC), ('Ғ', 0xAA), ('ғ', 0xBA), ('Қ', 0x8D), ('қ', 0x9D), ('Ң', 0xBD)];
    let more = [('ң', 0xBE), ('Ө', 0xA5), ('ө', 0xB4), ('Ұ', 0xA1), ('ұ', 0xA2), ('Ү', 0xAF), ('ү', 0xBF)];
    let last = [('Һ', 0x8E), ('һ', 0x9E), ('І', 0xB2), ('і', 0xB3), ('№', 0xB9), ('ё', 0xB8), ('Ё', 0xA8)];
    let table: BTreeMap<char, u8> = kazakh.into_iter().chain(more).chain(last).collect();
    text.chars()
        .map(|c| match c {
            'А'..='я' => u8::try_from(c as u32 - 'А' as u32).expect("64 letters") + 0xC0,
            c if c.is_ascii() => c as u8,
            c => *table.get(&c).unwrap_or_else(|| panic!("{c} is not in KZ-1048")),
        })
        .collect()
}

#[test]
fn a_table_says_the_same_in_every_form_that_programs_save() {
    let batch = works();
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(csv('\t').encode_utf16().flat_map(u16::to_le_bytes)).collect();
    batch
        .write("utf-8.csv", csv(','))
        .write("bom.csv", format!("\u{feff}{}", csv(';')))
        .write("sep.csv", format!("sep=;\r\n{}", csv(';')))
        .write("kz.csv", kz_1048(&csv(';')))
        .write("utf-16.txt", utf16);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Байқауға келгендер").expect("a cell");
    for (column, heading) in (0..).zip(HEAD) {
        sheet.write(2, column, heading).expect("a cell");
        for (row, cells) in (3..).zip(ROWS) {
            sheet.write(row, column, cells[usize::from(column)]).expect("a cell");
        }
    }
    book.add_worksheet().set_name("Басқа").expect("a name").write(0, 0, "x").expect("a cell");
    book.save(batch.path("book.xlsx")).expect("a file");

    let records = |report: &Value| -> Vec<Value> {
        let mut records: Vec<Value> = list(&report["submissions"]).iter().map(|one| one["record"].clone()).collect();
        records.iter_mut().for_each(|record| record["rows"] = Value::Null);
        records
    };
    let first = with(&batch, "utf-8.csv");
    assert_eq!(text(&of(&first, "01 ")["record"]["answers"]["author-full-name"]["text"]), "Үлгісова Әлия; \"Ұя\"");
    assert_eq!(list(&first["submissions"]).len(), 3);
    assert_eq!(of(&first, "02 ")["record"]["rows"][0], 3, "rows count as a spreadsheet does");
    assert_eq!(outcomes(of(&first, "02 "))["bjb-period"], "passed", "the last day counts");
    assert_eq!(outcomes(of(&first, "03 "))["bjb-period"], "failed");
    assert_eq!(outcomes(of(&first, "02 "))["bjb-consent-personal-data"], "failed");
    assert_eq!(outcomes(of(&first, "03 "))["bjb-consent-personal-data"], "passed", "sending is consent");
    for name in ["bom.csv", "sep.csv", "kz.csv", "utf-16.txt", "book.xlsx"] {
        assert_eq!(records(&with(&batch, name)), records(&first), "{name}");
    }
    assert_eq!(remarks(&with(&batch, "book.xlsx")), ["registry-sheet-left"]);
}

#[test]
fn merged_cells_formulas_and_dates_of_a_workbook_are_read() {
    let batch = works();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    for (column, heading) in (0..).zip(["Файл", "Облысы", "Келген уақыты", "Пән", "Лайк"])
    {
        sheet.write(0, column, heading).expect("a cell");
    }
    sheet.merge_range(1, 1, 2, 1, "Ақмола облысы", &Format::new()).expect("merged");
    for (row, name) in (1..).zip(["01 Әлия", "02 Өмір", "03 Ғани"]) {
        sheet.write(row, 0, name).expect("a cell");
        sheet.write_with_format(row, 2, 44_110.5, &date).expect("a cell");
        sheet.write(row, 4, 7).expect("a cell");
    }
    sheet.write_formula(1, 3, Formula::new("=CONCATENATE(\"Физ\",\"ика\")").set_result("Физика")).expect("a cell");
    sheet.write_formula(3, 3, Formula::new("=1/0").set_result("#DIV/0!")).expect("a cell");
    book.save(batch.path("book.xlsx")).expect("a file");

    let report = with(&batch, "book.xlsx");
    let answer = |word: &str, id: &str| text(&of(&report, word)["record"]["answers"][id]["text"]).to_owned();
    assert_eq!(
        [answer("01 ", "region"), answer("02 ", "region"), answer("03 ", "region")],
        ["Ақмола облысы", "Ақмола облысы", ""]
    );
    assert_eq!(answer("01 ", "received-at"), "2020-10-06 12:00:00");
    assert_eq!(answer("01 ", "subject"), "Физика");
    assert_eq!(answer("01 ", "likes"), "7");
    assert_eq!(remarks(&report), ["registry-cell-error"]);
    assert_ne!(outcomes(of(&report, "03 "))["bjb-subject-and-grade"], "passed");
}

/// What a program writes that does not compute: openpyxl, for one.
#[test]
fn a_formula_without_a_value_is_told() {
    let cell = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = [
        format!("<row r=\"1\">{}{}</row>", cell("A1", "Файл"), cell("B1", "Пән")),
        format!("<row r=\"2\">{}<c r=\"B2\"><f>A1</f><v></v></c></row>", cell("A2", "01 Әлия")),
    ];
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = |kind: &str, target: &str| {
        let own = format!("<Relationship Id=\"r1\" Type=\"{office}/{kind}\" Target=\"{target}\"/>");
        format!("<Relationships xmlns=\"{package}\">{own}</Relationships>")
    };
    let sheets = "<sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"r1\"/></sheets>";
    let book = format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\">{sheets}</workbook>");
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{}</sheetData></worksheet>", rows.concat());
    let batch = works();
    let bytes = archive(&[
        ("_rels/.rels", &relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    let report = with(batch.write("book.xlsx", bytes), "book.xlsx");
    assert_eq!(remarks(&report), ["registry-formula-empty"]);
    assert_eq!(text(&of(&report, "01 ")["record"]["answers"]["subject"]["text"]), "");
}

#[test]
fn rows_find_their_files_however_they_are_named() {
    let batch = works();
    batch.write("works/А/жұмыс.txt", "x").write("works/Б/жұмыс.txt", "x");
    let rows = [
        "Файл;Пән",
        "WORKS/01 Әлия/a.txt;физика", // a file inside, with the folder that was given
        "\"  02  өмір \";химия",      // without the extension, with more spaces
        ".\\03 Ғани\\;биология",      // as Windows writes it
        "03 Ғани;информатика",        // twice
        "04 жоқ.zip;тарих",
        ";алгебра",
        "жұмыс.txt;геометрия",
    ];
    batch.write("registry.csv", rows.join("\n"));
    let report = with(&batch, "registry.csv");
    let subject = |word: &str| text(&of(&report, word)["record"]["answers"]["subject"]["text"]).to_owned();
    assert_eq!([subject("01 "), subject("02 "), subject("03 ")], ["физика", "химия", "биология"]);
    assert_eq!(found(of(&report, "/03 "))[..1], ["tool-rows-repeated"]);
    let missing = of(&report, "04 жоқ");
    assert_eq!((text(&missing["unread"]), text(&missing["verdict"])), ("missing", "incomplete"));
    assert_eq!(found(missing), ["tool-missing"]);
    assert!(found(of(&report, "works/А")).contains(&"tool-unlisted".to_owned()), "no row names it");
    assert_eq!(text(&of(&report, "registry.csv:00007")["record"]["answers"]["subject"]["text"]), "алгебра");
    assert_eq!(list(&report["submissions"]).len(), 5 + 3, "three rows have no files");
}

#[test]
fn a_file_name_that_two_submissions_bear_is_not_guessed() {
    let batch = Batch::new();
    batch.write("works/А/x.txt", "x").write("more/А/x.txt", "y").write("registry.csv", "Файл;Пән\nА;физика\n");
    let (table, works, more) = (batch.path("registry.csv"), batch.path("works"), batch.path("more"));
    let report = report(&["--profile", "bjb-2020", "--registry", &table, &works, &more]);
    assert_eq!(remarks(&report), ["registry-path-several"]);
    assert_eq!(list(&report["submissions"]).len(), 3);
}

#[test]
fn a_table_without_files_is_checked_alone() {
    let batch = works();
    batch.write("rows.csv", "Аты-жөні;Пән;Сынып\nА;физика;7\nБ;;\n");
    let (table, lang) = (batch.path("rows.csv"), ["--lang", "en"]);
    let arguments = ["check", "--profile", "bjb-2020", "--registry", &table, "--format", "json"];
    let ran = run(&[&arguments[..], &lang].concat());
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(list(&report["submissions"]).len(), 2);
    assert_eq!(outcomes(of(&report, ":00002 А"))["bjb-subject-and-grade"], "passed");
    assert_eq!(outcomes(of(&report, ":00003 Б"))["bjb-subject-and-grade"], "failed");
    assert_eq!(ran.status, 1);
}

#[test]
fn what_is_wrong_with_a_table_is_told_before_the_work_begins() {
    let batch = works();
    batch
        .write("rows.csv", "Аты-жөні;Пән\nА;физика\n")
        .write("paths.csv", "Файл;Пән\n01 Әлия;физика\n")
        .write("nothing.csv", "сәлем\nәлем\n")
        .write("broken.xlsx", "PK\u{3}\u{4}broken")
        .write("empty.csv", "");
    let works = batch.path("works");
    for (table, paths, says) in [
        ("rows.csv", vec![works.as_str()], "does not say which files"),
        ("paths.csv", vec![], "names files"),
        ("nothing.csv", vec![works.as_str()], "No row"),
        ("empty.csv", vec![works.as_str()], "No row"),
        ("broken.xlsx", vec![works.as_str()], "cannot be read"),
        ("absent.csv", vec![works.as_str()], "cannot be read"),
    ] {
        let table_path = batch.path(table);
        let arguments = ["check", "--profile", "bjb-2020", "--lang", "en", "--registry", &table_path];
        let ran = run(&[&arguments[..], &paths].concat());
        assert_eq!(ran.status, 2, "{table}: {}", ran.stderr);
        assert!(ran.stderr.contains(says) && ran.stdout.is_empty(), "{table}: {}", ran.stderr);
    }
}

#[test]
fn letters_that_a_program_lost_and_columns_that_nobody_knows_are_told() {
    let batch = works();
    batch.write("lost.csv", "Файл;Ескерту;Пән\n01 Әлия;Са?ат;физика;артық\n");
    let report = with(&batch, "lost.csv");
    let mut remarks = remarks(&report);
    remarks.sort_unstable();
    assert_eq!(remarks, ["registry-columns-unknown", "registry-letters-lost", "registry-row-long"]);
    // A column without a heading is a slip in every row.
    batch.write("long.csv", format!("Файл;Пән\n{}", "01 Әлия;физика;артық\n".repeat(500)));
    assert_eq!(list(&with(&batch, "long.csv")["registry_findings"]).len(), 20);
}

#[test]
fn a_table_beside_the_submissions_is_no_submission() {
    let batch = works();
    batch.write("works/registry.csv", "Файл;Пән\n01 Әлия;физика\n");
    let beside = report(&["--profile", "bjb-2020", &batch.path("works")]);
    assert_eq!(list(&beside["submissions"]).len(), 3);
    assert_eq!(remarks(&beside), ["registry-unused"]);
    let used = with(&batch, "works/registry.csv");
    assert_eq!(list(&used["submissions"]).len(), 3);
    assert_eq!(remarks(&used), Vec::<&str>::new());
    assert_eq!(used["registry"]["rows"], 1);
}

#[test]
fn a_cover_sheet_says_what_the_table_does_not() {
    let batch = Batch::new();
    let sheet = "received-at = 2020-10-23T20:30:00Z\nsubject = \"физика\"\ngrade = 7\nconsent-personal-data = false\ncolour = 1\n";
    batch.write("works/1/submission.toml", sheet).write("works/1/a.txt", "x");
    batch.write("works/2.zip", archive(&[("2/submission.toml", sheet), ("2/a.txt", "x")]));
    batch.write("works/3/submission.json", "{").write("works/3/a.txt", "x");
    let json = "{\"received-at\": \"2020-10-05\", \"subject\": \"химия\"}";
    batch.write("works/4/submission.json", json).write("works/4/deep/er/submission.json", sheet);
    batch.write("table.csv", "Файл;Пән\n1;биология\n2.zip;\n3;\n4;\n");

    let report = with(&batch, "table.csv");
    let answer = |word: &str, id: &str| of(&report, word)["record"]["answers"][id].clone();
    assert_eq!(
        (text(&answer("works/1", "subject")["text"]), text(&answer("works/1", "subject")["from"])),
        ("биология", "table")
    );
    assert_eq!(text(&answer("works/2.zip", "subject")["from"]), "sent-cover");
    // Half past two in the night of the 24th in Almaty.
    assert_eq!(outcomes(of(&report, "works/1"))["bjb-period"], "failed");
    assert_eq!(outcomes(of(&report, "works/2.zip"))["bjb-period"], "not-checked", "its own author wrote it");
    assert_eq!(outcomes(of(&report, "works/1"))["bjb-consent-personal-data"], "failed");
    assert!(found(of(&report, "works/1")).contains(&"tool-cover-unknown".to_owned()));
    assert!(found(of(&report, "works/3")).contains(&"tool-cover-broken".to_owned()));
    assert_eq!(outcomes(of(&report, "works/4"))["bjb-period"], "passed");
    assert_eq!(text(&answer("works/4", "subject")["text"]), "химия");
}

#[test]
fn the_table_names_the_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let form = "Мектеп, облыс, аудан, қала: №62 мектеп-лицей, Астана қаласы\nНоминация: Үздік мұғалім\n";
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("works/1")).expect("a folder");
    fs::write(path("works/1/құжат.txt"), form).expect("a file");
    fs::write(path("works/1/жоспар.txt"), "Сабақ жоспары").expect("a file");
    fs::write(path("table.csv"), "Файл;Өтініш файлы\n1;құжат.txt\n").expect("a file");
    let utf8 = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let report = report(&["--profile", "opiq-2019", "--registry", &utf8(&path("table.csv")), &utf8(&path("works"))]);
    let submission = of(&report, "works/1");
    assert_eq!(outcomes(submission)["opiq-application-attached"], "passed", "two fields are enough if it is named");
    assert_eq!(outcomes(submission)["opiq-form-nomination"], "passed");
    let notes = list(&submission["findings"]).iter().any(|one| one["id"] == "form-named");
    assert!(notes, "{:#}", submission["findings"]);
}

#[test]
fn the_time_of_a_file_is_weak() {
    let batch = works();
    let works = batch.path("works");
    let early = fs::File::options().write(true).open(batch.path("works/02 Өмір.zip")).expect("a file");
    let october = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_602_000_000);
    early.set_modified(october).expect("a time");
    let without = report(&["--profile", "bjb-2020", &works]);
    assert_eq!(outcomes(of(&without, "02 "))["bjb-period"], "not-checked");
    let with = report(&["--profile", "bjb-2020", "--file-times", &works]);
    assert_eq!(outcomes(of(&with, "02 "))["bjb-period"], "passed");
    assert!(found(of(&with, "02 ")).contains(&"bjb-period received-weak".to_owned()));
    assert_eq!(outcomes(of(&with, "01 "))["bjb-period"], "not-checked", "a copy made today is no proof");
    assert!(found(of(&with, "01 ")).contains(&"bjb-period received-late".to_owned()));
}

#[test]
fn a_table_of_five_thousand_rows_is_joined_to_its_files() {
    let batch = works();
    let rows = (0..5_000).map(|number| format!("{number:05} жоқ;физика;7\n"));
    batch.write("large.csv", format!("Файл;Пән;Сынып\n01 Әлия;химия;8\n{}", rows.collect::<String>()));
    let report = with(&batch, "large.csv");
    assert_eq!(list(&report["submissions"]).len(), 5_000 + 3);
    assert_eq!(text(&of(&report, "01 Әлия")["record"]["answers"]["subject"]["text"]), "химия");
}
