//! Application forms are read right whatever a teacher does with them, and nothing else is taken for one.

use std::sync::{Arc, LazyLock};

use encoding_rs::WINDOWS_1251;
use tekser::facts::{Facts, Kind};
use tekser::finding::{Arg, Finding, Level};
use tekser::judge::{Judgement, Outcome, judge};
use tekser::probe::{Context, Limits, probe};
use tekser::profile::Profile;
use tekser::source::Memory;

use crate::build::{archive, ole};
use crate::common::{root, today};

const FIELDS: [&str; 5] = ["school-location", "nomination", "author-full-name", "subject", "video-summary"];
const RU: [&str; 5] = [
    "Школа, область, район, город",
    "Номинация",
    "Автор разработки материалов конкурса",
    "Предмет",
    "Краткое описание видеоматериала",
];
const KK: [&str; 5] = [
    "Мектеп, облыс, аудан, қала",
    "Номинация",
    "Конкурс материалдарын жасаушы автор",
    "пәні",
    "Бейнематериалдың қысқаша сипаттамасы",
];
const ANSWERS: [&str; 5] = [
    "Школа-лицей №62, город Астана",
    "Лучший учитель",
    "Үлгісова Үлгі Үлгіқызы",
    "Математика, 3 класс",
    "Урок по теме «Дроби». Ученики решают задания на платформе opiq.kz.",
];
const KAZAKH: [&str; 5] = [
    "№62 мектеп-лицей, Астана қаласы",
    "Үздік мұғалім",
    "Үлгісова Үлгі Үлгіқызы",
    "Математика",
    "Сабақта оқушылар тапсырмаларды opiq.kz платформасында орындайды.",
];

/// The profile whose checks tell what stands in every field, because no value is known to them.
static READER: LazyLock<Arc<Profile>> = LazyLock::new(|| {
    let unknown = "settings = { values = [{ id = \"none\", name = { kk = \"∅\" } }], open-list = false }";
    let changes: String = FIELDS.iter().map(|id| format!("[change.opiq-form-{id}]\n{unknown}\n")).collect();
    let text = format!("extends = \"opiq-2019\"\nid = \"reader\"\n{changes}");
    Arc::new(Profile::from_toml("reader.toml", &text).unwrap_or_else(|problems| panic!("{problems}")))
});

static OPIQ: LazyLock<Arc<Profile>> =
    LazyLock::new(|| Arc::new(Profile::builtin("opiq-2019").expect("a valid profile")));

/// One submission that is an archive with these files.
fn judged(profile: &Profile, files: &[(&str, Vec<u8>)]) -> Judgement {
    let limits = Limits::default();
    let context = Context { documents: true, ..Context::alone(&limits) };
    let zip = archive(files);
    let facts: Facts = probe(&Memory(zip), "works.zip", Some(Kind::Submission), &context);
    judge(profile, &facts, today())
}

fn of_check<'a>(judgement: &'a Judgement, check: &'a str) -> impl Iterator<Item = &'a Finding> {
    judgement.findings.iter().filter(move |finding| finding.check == check)
}

fn text(finding: &Finding, name: &str) -> String {
    match finding.message.arguments.get(name) {
        Some(Arg::Text(text)) => text.clone(),
        Some(Arg::Count(count)) => count.to_string(),
        _ => String::new(),
    }
}

/// How many fields of the form were found, and what stands in each.
fn read(bytes: &[u8], name: &str) -> (String, [String; 5]) {
    let judgement = judged(&READER, &[(name, bytes.to_vec())]);
    let count = of_check(&judgement, "application-form").find(|finding| finding.message.id == "form-taken");
    let value = |id: &str| {
        let requirement = format!("opiq-form-{id}");
        let told = of_check(&judgement, "form-field").find(|finding| {
            finding.message.id == "field-unknown" && finding.requirement.as_deref() == Some(requirement.as_str())
        });
        told.map(|finding| text(finding, "value")).unwrap_or_default()
    };
    (count.map(|finding| text(finding, "count")).unwrap_or_default(), FIELDS.map(value))
}

fn is_read(case: &str, bytes: &[u8], name: &str, expected: [&str; 5]) {
    let (count, values) = read(bytes, name);
    assert_eq!((count.as_str(), values), ("5", expected.map(str::to_owned)), "{case}");
}

fn docx(body: &str) -> Vec<u8> {
    let spaces = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
                  xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'";
    let main = format!("<?xml version='1.0'?><w:document {spaces}><w:body>{body}</w:body></w:document>");
    archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &main)])
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

fn p(content: &str) -> String {
    let content = if content.starts_with('<') { content.to_owned() } else { run(content) };
    format!("<w:p>{content}</w:p>")
}

fn row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        let content = if text.starts_with('<') { (*text).to_owned() } else { p(text) };
        format!("<w:tc><w:tcPr/>{content}</w:tc>")
    };
    format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

/// Every label with its answer, made into something.
fn each(labels: [&str; 5], answers: [&str; 5], make: impl Fn(&str, &str) -> String) -> String {
    labels.into_iter().zip(answers).map(|(label, answer)| make(label, answer)).collect()
}

/// How a label and an answer are made into a part of a document.
type Way<'a> = &'a dyn Fn(&str, &str) -> String;

/// Runs of three letters, as Word leaves them behind after corrections.
fn split(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(3).map(|piece| run(&piece.iter().collect::<String>())).collect()
}

#[test]
fn words_own_ways_to_fill_in_a_form() {
    let control =
        |text: &str| format!("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run(text));
    let field = |text: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:textInput><w:default w:val='введите'/></w:textInput></w:ffData>\
             </w:fldChar></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            split(text)
        )
    };
    let boxed = |text: &str| format!("<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>", p(text));
    let tracked =
        |text: &str| format!("<w:del><w:r><w:delText>старое</w:delText></w:r></w:del><w:ins>{}</w:ins>", run(text));
    let tab = "<w:r><w:tab/></w:r>";
    let cases: [(&str, Way<'_>); 9] = [
        ("runs", &|label, answer| p(&split(&format!("{label}: {answer}")))),
        ("controls", &|label, answer| p(&(run(label) + &run(" ") + &control(answer)))),
        ("form fields", &|label, answer| p(&(run(label) + &run(" ") + &field(answer)))),
        ("text boxes", &|label, answer| p(&(run(label) + &boxed(answer)))),
        ("tracked changes", &|label, answer| p(&(run(label) + &run(" ") + &tracked(answer)))),
        ("tabs with leaders", &|label, answer| p(&(run(label) + tab + &run(answer) + tab))),
        ("soft hyphens", &|label, answer| p(&format!("{}: {answer}", label.replace("ц", "\u{ad}ц")))),
        ("no-break spaces", &|label, answer| p(&format!("{label}\u{a0}\u{a0}{answer}").replace(' ', "\u{a0}"))),
        ("a dash", &|label, answer| p(&format!("{} – {answer}", label.to_uppercase()))),
    ];
    for (case, make) in cases {
        let body = p("Заявка") + &p("на участие в конкурсе") + &each(RU, ANSWERS, make);
        is_read(case, &docx(&body), "a.docx", ANSWERS);
    }
}

#[test]
fn tables_of_every_shape() {
    let left: Vec<String> = RU.iter().zip(ANSWERS).map(|(label, answer)| row(&[label, answer])).collect();
    let cases = [
        ("labels left", table(&left)),
        ("a table in a table", table(&[row(&[&(table(&left) + "<w:p/>")])])),
        ("labels above", table(&[row(&RU), row(&ANSWERS)])),
        (
            "labels above, one by one",
            table(
                &RU.iter().zip(ANSWERS).flat_map(|(label, answer)| [row(&[label]), row(&[answer])]).collect::<Vec<_>>(),
            ),
        ),
        (
            "numbered",
            p("Заявка")
                + &table(&[row(&["№", "Сұрақ / Вопрос", "Ответ"])])
                + &each(RU, ANSWERS, |label, answer| table(&[row(&["1.", &format!("{label} (полностью)"), answer])])),
        ),
        (
            "two columns for two languages",
            each(RU, ANSWERS, |label, answer| {
                let other = KK[RU.iter().position(|one| *one == label).unwrap_or(0)];
                table(&[row(&[other, label, answer])])
            }),
        ),
        (
            "both languages in a cell",
            each(RU, ANSWERS, |label, answer| {
                let other = KK[RU.iter().position(|one| *one == label).unwrap_or(0)];
                table(&[row(&[&(p(other) + &p(label)), answer])])
            }),
        ),
        ("label and answer in one cell", each(RU, ANSWERS, |label, answer| table(&[row(&[&(p(label) + &p(answer))])]))),
        (
            "two pairs in a row",
            table(&[
                row(&[RU[0], ANSWERS[0], RU[1], ANSWERS[1]]),
                row(&[RU[2], ANSWERS[2], RU[3], ANSWERS[3]]),
                row(&[RU[4], ANSWERS[4]]),
            ]),
        ),
        ("a frame around it", table(&[row(&[&each(RU, ANSWERS, |label, answer| p(&format!("{label}: {answer}")))])])),
        (
            "lines that people add",
            table(&[
                row(&[RU[0], ANSWERS[0]]),
                row(&["Директор школы", "Ахметов А."]),
                row(&[RU[1], ANSWERS[1]]),
                row(&[RU[2], ANSWERS[2]]),
                row(&["Должность", "учитель"]),
                row(&[RU[3], ANSWERS[3]]),
                row(&["Класс", "3"]),
                row(&[RU[4], ANSWERS[4]]),
            ]) + &p("Дата: 12.03.2019")
                + &p("М.П."),
        ),
        (
            "a head with columns of its own",
            table(&[
                row(&["№", "ФИО", "Школа", "Номинация", "Предмет", "Телефон", "Краткое описание"]),
                row(&["1", ANSWERS[2], ANSWERS[0], ANSWERS[1], ANSWERS[3], "8701", ANSWERS[4]]),
            ]),
        ),
    ];
    for (case, body) in cases {
        is_read(case, &docx(&body), "a.docx", ANSWERS);
    }
    let mut school = ANSWERS;
    school[0] = "Школа №62 города Астаны";
    is_read(
        "an answer like its label",
        &docx(&each(RU, school, |label, answer| table(&[row(&[label, answer])]))),
        "a.docx",
        school,
    );
    is_read("the same below it", &docx(&each(RU, school, |label, answer| p(label) + &p(answer))), "a.docx", school);
    let mut authors = ANSWERS;
    authors[2] = "Үлгісова Үлгі Үлгіқызы Петрова Анна Олеговна";
    let mut rows = left;
    rows.insert(3, row(&["<w:p/>", "Петрова Анна Олеговна"]));
    is_read("a merged cell", &docx(&table(&rows)), "a.docx", authors);
}

#[test]
fn typed_texts_of_every_habit() {
    let bilingual: String = (0..5).map(|at| format!("{} / {}: {}\n", RU[at], KK[at], ANSWERS[at])).collect();
    let letters = |text: &str, pairs: &[(char, char)]| -> String {
        text.chars().map(|c| pairs.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
    };
    let latin = [('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'), ('х', 'x'), ('Н', 'H'), ('К', 'K')];
    let russian: [(char, char); 18] = std::array::from_fn(|at| {
        let pairs = "әағгқкңнөоұуүуһхіи ӘАҒГҚКҢНӨОҰУҮУҺХІИ".replace(' ', "");
        let pair: Vec<char> = pairs.chars().skip(at * 2).take(2).collect();
        (pair[0], pair[1])
    });
    let line = |label: &str, answer: &str| format!("{label}: {answer}\n");
    let cases = [
        ("underscores", each(RU, ANSWERS, |label, answer| format!("{label} ____{answer}____\n"))),
        ("the next line", each(RU, ANSWERS, |label, answer| format!("{label}\n{answer}\n"))),
        ("over the line", each(RU, ANSWERS, |label, answer| format!("{label}:\n{answer}\n____________\n"))),
        ("dots", each(RU, ANSWERS, |label, answer| format!("{label}........{answer}\n"))),
        ("asterisks", each(RU, ANSWERS, |label, answer| format!("**{label}:** {answer}\n"))),
        ("numbers", each(RU, ANSWERS, |label, answer| format!("3) {label}: {answer}\n"))),
        ("hints", each(RU, ANSWERS, |label, answer| format!("{label} (полностью): {answer}\n(ФИО полностью)\n"))),
        ("Kazakh labels", each(KK, ANSWERS, line)),
        ("both languages", bilingual),
        ("Latin letters", each(RU, ANSWERS, |label, answer| line(&letters(label, &latin), answer))),
        (
            "broken labels",
            format!(
                "Школа, область,\nрайон, город: {}\nНоминация: {}\nАвтор разработки\nматериалов конкурса: {}\nПредмет: {}\n\
                 Краткое описание\nвидеоматериала: {}\n",
                ANSWERS[0], ANSWERS[1], ANSWERS[2], ANSWERS[3], ANSWERS[4]
            ),
        ),
        (
            "short labels",
            each(
                ["Школа", "Номинация", "ФИО", "Предмет", "Описание"],
                ANSWERS,
                |label, answer| format!("{label} {answer}\n"),
            ),
        ),
        (
            "boxes to tick",
            each(RU, ANSWERS, line).replace("Лучший учитель", "☐ Лучший ученик ☒ Лучший учитель ☐ Лучший менеджер"),
        ),
        (
            "other lines between",
            each(RU, ANSWERS, line)
                .replace("\nПредмет", "\nДолжность: учитель\nСтаж работы: 12 лет\nE-mail: a@x.example\nПредмет")
                + "«12» марта 2019 г.\nПодпись: ____\n",
        ),
        (
            "an answer in front",
            each(RU, ANSWERS, line).replace("Предмет: Математика, 3 класс", "Математика, 3 класс пәні")
                + "С уважением, Ү. Үлгісова\n",
        ),
    ];
    for (case, text) in &cases {
        is_read(case, text.as_bytes(), "a.txt", ANSWERS);
    }
    let typed = KAZAKH.map(|answer| letters(answer, &russian));
    let text = letters(&each(KK, KAZAKH, line), &russian);
    is_read("Kazakh with Russian letters", text.as_bytes(), "a.txt", typed.each_ref().map(String::as_str));
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(cases[1].1.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    is_read("UTF-16", &wide, "a.txt", ANSWERS);
    let mut plain = ANSWERS;
    plain[2] = "Сарсенова Айгуль Болатовна";
    let mail = each(RU, plain, |label, answer| format!("> {label}: {answer}\r\n")).replace("№62, ", "№62,\r\n> ");
    let (mail, ..) = WINDOWS_1251.encode(&mail);
    is_read("a quoted e-mail in windows-1251", &mail, "a.txt", plain);
}

#[test]
fn the_printed_form_as_it_is() {
    let form = |subject: &str| {
        format!(
            "Өтініш\n\nМектеп, облыс, аудан, қала ____{}____\n(толық жазылсын)\n_________\n\nНоминация __{}____\n\n\
             Конкурс материалдарын жасаушы автор________\n(аты-жөні толық)\n____{}____\n\n{subject}\n\n\
             Бейнематериалдың қысқаша сипаттамасы ______\n____{}___\n",
            KAZAKH[0], KAZAKH[1], KAZAKH[2], KAZAKH[4]
        )
    };
    for subject in [
        "_______\n____Математика____ пәні",
        "____Математика____\n__________ пәні",
        "Математика пәні",
        "пәні: Математика",
    ] {
        is_read(subject, form(subject).as_bytes(), "a.txt", KAZAKH);
    }
    let long = format!("{} Второй абзац: проверка. Автор показывает доску. Предмет изучается с интересом", ANSWERS[4]);
    let text = each(RU, ANSWERS, |label, answer| format!("{label}: {answer}\n"))
        + "Второй абзац: проверка. Автор показывает доску. Предмет изучается с интересом\nТелефон: 8 701 000 00 00\n";
    let mut expected = ANSWERS;
    expected[4] = &long;
    is_read("paragraphs", text.as_bytes(), "a.txt", expected);
    let both = each(KK, KAZAKH, |label, answer| format!("{label}: {answer}\n"))
        + "Заявка\n"
        + &each(RU, ANSWERS, |label, answer| format!("{label}: {answer}\n"));
    let joined: [String; 5] = std::array::from_fn(|at| {
        if KAZAKH[at] == ANSWERS[at] { ANSWERS[at].to_owned() } else { format!("{} / {}", KAZAKH[at], ANSWERS[at]) }
    });
    is_read("one form in each language", both.as_bytes(), "a.txt", joined.each_ref().map(String::as_str));
}

#[test]
fn blank_forms_have_no_answers() {
    let control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Щелкните здесь</w:t></w:r></w:sdtContent></w:sdt>";
    let cases = [
        (
            "underscores",
            docx(&each(RU, [""; 5], |label, _| p(&format!("{label} ______")) + &p("(полностью)") + &p("_______"))),
        ),
        (
            "dots",
            docx(
                &(each(RU, [""; 5], |label, _| p(&format!("{label} .......")))
                    + &p("Дата: 12.03.2019")
                    + &p("Подпись")),
            ),
        ),
        ("prompts", docx(&each(RU, [""; 5], |label, _| p(&format!("{label}: введите текст"))))),
        ("brackets", docx(&each(KK, [""; 5], |label, _| p(&format!("{label} [толық жазыңыз]"))))),
        ("controls", docx(&each(RU, [""; 5], |label, _| p(&(run(label) + control))))),
        (
            "a table",
            docx(
                &(each(RU, [""; 5], |label, _| table(&[row(&["1", label, "<w:p/>"])]))
                    + &table(&[row(&["6", "Телефон", "8701"])])),
            ),
        ),
        (
            "a table in two languages",
            docx(
                &(each(RU, [""; 5], |label, _| table(&[row(&[label, label, "<w:p/>"])]))
                    + &table(&[row(&["Күні", "Дата", "12.03.2019"])])),
            ),
        ),
        ("boxes", docx(&each(RU, [""; 5], |label, _| p(&format!("{label}: ☐ Лучший учитель ☐ Лучший ученик"))))),
    ];
    for (case, bytes) in cases {
        is_read(case, &bytes, "a.docx", [""; 5]);
    }
}

/// Made by `tests/make-forms.py` with LibreOffice.
#[test]
fn what_libreoffice_saves() {
    let mut expected = ANSWERS;
    expected[4] = "Ученики решают задания на платформе opiq.kz.";
    for name in ["form.docx", "form.odt", "form.rtf", "form.pdf"] {
        let bytes = std::fs::read(root().join("tests/forms").join(name)).expect("a file of the repository");
        is_read(name, &bytes, name, expected);
    }
}

#[test]
fn what_is_no_form_is_not_taken_for_one() {
    let rules = "Конкурс ережесі. ".repeat(400)
        + "\nАвтор: жеңімпаз\n"
        + &each(KK, ["____"; 5], |label, line| format!("{label} {line}\n"));
    let texts = [
        "Краткосрочный план\nШкола: СШ №5\nПредмет: Математика\nАвтор: Иванова А.П.\nКласс: 3\nОписание: работа на платформе",
        "Қысқа мерзімді жоспар\nМектеп: №62\nПән: Математика\nАты-жөні: Үлгісова Ү.\nСынып: 3\nСипаттама: топпен жұмыс",
        "Краткое описание ролика\nАвтор показывает урок.\nПредмет математика.\nНоминация выбрана с учётом темы.\nШкола светлая.",
        "ДИПЛОМ\nНаграждается Үлгісова Үлгі\nза победу в номинации «Лучший учитель»\nШкола-лицей №62\nг. Астана",
        "Согласие на обработку данных\nФИО: Иванова Анна\nШкола: СШ №5\nПредмет: математика\nДата: 12.03.2019",
        "Резюме\nФамилия, имя, отчество: Иванова\nМесто работы: СШ №5\nПредмет: математика\nОписание: опыт 12 лет",
        "Сценарий\nКадр 1. Автор: здравствуйте!\nКадр 2. Школа: общий вид\nКадр 3. Описание: книга\nКадр 4. Предмет: глобус",
        "Мақала\nАвтор Үлгісова Үлгі\nМатематика пәні ойлауға үйретеді\nБұл қызықты пәні\nМектеп өмірі",
        "Оценочный лист\nНоминация: Лучший учитель\nКритерий 1: соответствие\nИтого: 45\nПодпись",
        "Предмет исследования: вода\nШкола будущего: проект\nНоминация года: наука\nАвтор учебника: Петров",
        &rules,
    ];
    for text in texts {
        assert_eq!(read(text.as_bytes(), "a.txt").0, "", "{text}");
    }
    let head = row(&["№", "ФИО", "Школа", "Номинация", "Предмет"]);
    let work = |name: &str| row(&["1", name, "СШ №5", "Лучший учитель", "Математика"]);
    assert_eq!(
        read(&docx(&table(&[head.clone(), work("Иванова"), work("Петрова")])), "a.docx").0,
        "",
        "a list of works"
    );
    assert_eq!(read(&docx(&table(&[head, work("Иванова")])), "a.docx").0, "4", "one work");
}

fn outcome(judgement: &Judgement, requirement: &str) -> Outcome {
    let position = OPIQ.requirements.iter().position(|other| &*other.id == requirement);
    judgement.requirements[position.expect("a requirement of the profile")].outcome
}

fn told(judgement: &Judgement, level: Level) -> Vec<String> {
    let of_level = of_check(judgement, "form-field").filter(|finding| finding.level == level);
    of_level.map(|finding| finding.message.id.to_string()).collect()
}

/// What the notes to the requirements promise where the two languages of the rules differ.
#[test]
fn the_lenient_reading_holds_where_the_languages_differ() {
    let with = |labels: [&str; 5], changes: &[(usize, &str)]| {
        let mut answers = ANSWERS;
        for (at, answer) in changes {
            answers[*at] = answer;
        }
        let text = each(labels, answers, |label, answer| format!("{label}: {answer}\n"));
        judged(&OPIQ, &[("Заявка.txt", text.into_bytes())])
    };
    // A Russian form asks for the patronymic, which not everybody has; a Kazakh one does not.
    let two = [(2, "Үлгісова Үлгі")];
    assert_eq!(told(&with(RU, &two), Level::Note), ["field-fewer-words"]);
    assert_eq!(outcome(&with(RU, &two), "opiq-form-author-full-name"), Outcome::Passed);
    assert_eq!(told(&with(KK, &two), Level::Note), Vec::<String>::new());
    assert_eq!(told(&with(RU, &[]), Level::Note), Vec::<String>::new());
    assert_eq!(told(&with(RU, &[(2, "Ү. Үлгісова")]), Level::Error), ["field-short"]);
    // The subject matters to teachers alone.
    for (nomination, id) in [("Лучший ученик", "note"), ("Лучший учитель", "error"), ("", "error")]
    {
        let judgement = with(RU, &[(1, nomination), (3, "")]);
        let noted = told(&judgement, Level::Note).contains(&"field-blank-noted".to_owned());
        assert_eq!(noted, id == "note", "{nomination}");
        let expected = if noted { Outcome::Passed } else { Outcome::Failed };
        assert_eq!(outcome(&judgement, "opiq-form-subject"), expected, "{nomination}");
    }
    // Abbreviations are warned of, and the school is recognised.
    let short = with(RU, &[(0, "Шк.-лицей №62, Карагандинская обл., р-н Абая")]);
    assert_eq!(told(&short, Level::Warning), ["field-abbreviated"]);
    assert_eq!(outcome(&short, "opiq-form-school-location"), Outcome::Passed);
    assert_eq!(told(&with(RU, &[]), Level::Warning), Vec::<String>::new());
    // Two nominations at once are for a person to sort out.
    let several = with(RU, &[(1, "Лучший учитель, Лучший менеджер")]);
    assert_eq!(outcome(&several, "opiq-nomination-allowed"), Outcome::NotChecked);
    let same = with(RU, &[(1, "Үздік мұғалім / Лучший учитель")]);
    assert_eq!(outcome(&same, "opiq-nomination-allowed"), Outcome::Passed);
}

#[test]
fn forms_that_nobody_can_read_are_neither_missing_nor_there() {
    let good = docx(&each(RU, ANSWERS, |label, answer| p(&format!("{label}: {answer}"))));
    let attached = |name: &str, bytes: Vec<u8>| outcome(&judged(&OPIQ, &[(name, bytes)]), "opiq-application-attached");
    let part = |content: &str| archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", content)]);
    let deep = docx(&"<w:tbl><w:tr><w:tc>".repeat(100_000));
    let zeros = archive(&[("[Content_Types].xml", vec![0; 8]), ("word/document.xml", vec![0u8; 40 << 20])]);
    let entities = part(
        "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><w:document xmlns:w='http://schemas.openxmlformats.org/\
         wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>",
    );
    let cut = good[..good.len() / 2].to_vec();
    for name in ["Заявка", "1"] {
        for (case, extension, bytes) in [
            ("a password", "docx", ole(&["Root Entry", "EncryptionInfo", "EncryptedPackage"])),
            ("old Word", "doc", ole(&["Root Entry", "WordDocument"])),
            ("cut", "docx", cut.clone()),
            ("deep", "docx", deep.clone()),
            ("zeros", "docx", zeros.clone()),
        ] {
            assert_eq!(attached(&format!("{name}.{extension}"), bytes), Outcome::NotChecked, "{name}: {case}");
        }
    }
    assert_eq!(attached("Заявка.docx", entities), Outcome::Failed, "entities say nothing");
    assert_eq!(attached("Заявка.docx", good.clone()), Outcome::Passed);
    // A part of a form is no form that lacks something.
    let mut partly = each(RU, ANSWERS, |label, answer| p(&format!("{label}: {answer}")));
    partly.truncate(partly.find("Предмет").expect("a label"));
    let judgement = judged(&OPIQ, &[("Заявка.docx", docx(&format!("{partly}</w:t></w:r></w:p><w:p>")))]);
    assert_eq!(outcome(&judgement, "opiq-application-attached"), Outcome::NotChecked);
    assert_eq!(outcome(&judgement, "opiq-form-subject"), Outcome::NotChecked);
    // What can be read is read, and what is odd about it is told.
    let ids = |name: &str, bytes: Vec<u8>| -> Vec<String> {
        let judgement = judged(&OPIQ, &[(name, bytes)]);
        let warnings = of_check(&judgement, "application-form").filter(|finding| finding.level == Level::Warning);
        warnings.map(|finding| finding.message.id.to_string()).collect()
    };
    assert_eq!(ids("Заявка.pdf", good.clone()), ["form-misnamed"]);
    let body = each(RU, ANSWERS, |label, answer| p(&format!("{label}: {answer}")));
    let main = format!(
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>"
    );
    let macros =
        archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &main), ("word/vbaProject.bin", "x")]);
    assert_eq!(ids("Заявка.docm", macros), ["form-macros"]);
    // The empty form that it was made from lies beside it.
    let blank = docx(&each(RU, [""; 5], |label, _| p(&format!("{label} ______"))));
    let judgement = judged(&OPIQ, &[("Заявка.docx", blank), ("Заявка 2.docx", good)]);
    assert!(of_check(&judgement, "application-form").all(|finding| finding.message.id == "form-taken"));
    assert_eq!(outcome(&judgement, "opiq-form-subject"), Outcome::Passed);
}
