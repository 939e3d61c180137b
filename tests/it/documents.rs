//! Text documents: what they say is read, in order, cell by cell, and nothing else is taken for it.

use std::time::{Duration, Instant};

use encoding_rs::WINDOWS_1251;
use tekser::facts::{Block, DamageKind, DocumentFacts, FileFacts, Unread};
use tekser::probe::{Context, Limits, probe};
use tekser::source::Memory;

use crate::build::{archive, ole};
use crate::common::run;

/// The letters of Kazakh that Russian does not have, and that no code page of Windows holds.
const KAZAKH: &str = "ә ғ қ ң ө ұ ү һ і Ә Ғ Қ Ң Ө Ұ Ү Һ І";

fn facts(bytes: &[u8], name: &str) -> FileFacts {
    let limits = Limits::default();
    let context = Context { documents: true, ..Context::alone(&limits) };
    probe(&Memory(bytes), name, None, &context).file
}

fn document(bytes: &[u8], name: &str) -> DocumentFacts {
    let facts = facts(bytes, name);
    *facts.document.unwrap_or_else(|| panic!("{name} is no document: {:?}", facts.identity))
}

/// Blocks as lines: a row is its cells between bars.
fn lines(document: &DocumentFacts) -> Vec<String> {
    let line = |block: &Block| match block {
        Block::Paragraph(text) => text.clone(),
        Block::Row(cells) => format!("|{}|", cells.join("|").replace('\n', "/")),
    };
    document.blocks.iter().map(line).collect()
}

const WORD: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
     xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
     xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' \
     xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'";

fn docx(body: &str) -> Vec<u8> {
    let main = format!("<?xml version='1.0' encoding='UTF-8'?><w:document {WORD}><w:body>{body}</w:body></w:document>");
    archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &main)])
}

fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version='1.0'?><office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
         xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
         xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
         xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' \
         xmlns:form='urn:oasis:names:tc:opendocument:xmlns:form:1.0' \
         xmlns:loext='urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0'>\
         <office:automatic-styles><x>style</x></office:automatic-styles><office:body><office:text>{body}</office:text>\
         </office:body></office:document-content>"
    );
    let meta = "<m><meta:document-statistic meta:page-count='3'/></m>";
    stored(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content), ("meta.xml", meta)])
}

/// An archive whose entries are not packed: OpenDocument wants that of the first.
fn stored(files: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;

    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in files {
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(content.as_bytes()).expect("content");
    }
    zip.finish().expect("an archive").into_inner()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

fn cell(content: &str) -> String {
    format!("<w:tc><w:tcPr><w:shd/></w:tcPr>{content}</w:tc>")
}

fn row(cells: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|content| cell(content)).collect::<String>())
}

#[test]
fn a_form_in_word_is_read_row_by_row() {
    let table = [
        row(&[&p("Атауы / Наименование"), &(p("№ 25 мектеп &amp; гимназия") + &p("Шымкент&#160; қ."))]),
        row(&[&p("Телефон"), "<w:p/>"]),
        "<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>а</w:t></w:r></w:p></w:tc>".to_owned()
            + &cell(&p("1"))
            + "</w:tr>",
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>".to_owned() + &cell(&p("2")) + "</w:tr>",
        "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc></w:tr>"
            .to_owned(),
        row(&[&p("outer"), &format!("<w:tbl>{}</w:tbl><w:p/>", row(&[&p("in a"), &p("in b")]))]),
        format!("<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{}</w:tr>", cell(&p("deleted row"))),
    ];
    let body = format!(
        "{}<w:p><w:r><w:t>Но</w:t></w:r><w:r><w:t>мин</w:t></w:r><w:r><w:t>ация</w:t></w:r></w:p><w:tbl>{}</w:tbl>{}{}",
        p("ФИО: ____________"),
        table.concat(),
        p(KAZAKH),
        "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>tabbed</w:t><w:softHyphen/></w:r></w:p>",
    );
    let read = document(&docx(&body), "form.docx");
    assert_eq!(
        lines(&read),
        [
            "ФИО: ____________",
            "Номинация",
            "|Атауы / Наименование|№ 25 мектеп & гимназия/Шымкент қ.|",
            "|Телефон||",
            "|а|1|",
            "||2|",
            "|wide|",
            "|outer||",
            "|in a|in b|",
            KAZAKH,
            "one",
            "two tabbed",
        ]
    );
    assert_eq!((read.unread, read.pages, read.is_scan()), (None, None, false));
}

#[test]
fn what_a_control_prompts_for_is_no_value() {
    let control = |properties: &str, content: &str| {
        format!(
            "<w:p><w:r><w:t>c: </w:t></w:r><w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt></w:p>"
        )
    };
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let field = |data: &str, result: &str| {
        format!(
            "<w:p><w:r><w:t>f: </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'><w:ffData>{data}</w:ffData></w:fldChar></w:r>\
             <w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{result}\
             <w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        )
    };
    let body = [
        control("<w:showingPlcHdr/><w:text/>", &run("Место для ввода текста.")),
        control("<w:text/>", &run("Асанов")),
        control("<w14:checkbox><w14:checked w14:val='1'/></w14:checkbox>", &run("☑")),
        control("<w14:checkbox><w14:checked w14:val='0'/></w14:checkbox>", &run("☐")),
        control("<w14:checkbox><w14:checked w14:val='1'/></w14:checkbox>", ""),
        field("<w:textInput/>", &run("Ерлан")),
        field("<w:textInput/>", &run("\u{2002}\u{2002}\u{2002}")),
        field("<w:textInput><w:default w:val='Введите имя'/></w:textInput>", &run("Введите имя")),
        field("<w:textInput><w:default w:val='Введите имя'/></w:textInput>", &run("Ерлан")),
        field("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", ""),
        field("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", ""),
        field("<w:checkBox><w:default w:val='1'/></w:checkBox>", ""),
        field("<w:ddList><w:result w:val='1'/><w:listEntry w:val='a'/><w:listEntry w:val='b'/></w:ddList>", ""),
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t> sym</w:t></w:r></w:p>".to_owned(),
    ];
    assert_eq!(
        lines(&document(&docx(&body.concat()), "form.docx")),
        [
            "c:",
            "c: Асанов",
            "c: ☒",
            "c: ☐",
            "c: ☒",
            "f: Ерлан",
            "f:",
            "f:",
            "f: Ерлан",
            "f: ☒",
            "f: ☐",
            "f: ☒",
            "f: b",
            "☒ sym"
        ]
    );
}

#[test]
fn changes_boxes_and_hidden_text_are_read_as_they_are_shown() {
    let boxed = format!("<w:txbxContent>{}</w:txbxContent>", p("in the box"));
    let body = [
        "<w:p><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>",
        "<w:p><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>here</w:t></w:r></w:p>",
        &format!(
            "<w:p><w:r><w:t>anchor</w:t><mc:AlternateContent><mc:Choice Requires='wps'>{boxed}</mc:Choice><mc:Fallback>{boxed}\
             </mc:Fallback></mc:AlternateContent><w:t>ed</w:t></w:r></w:p>"
        ),
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p>",
        "<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>",
    ];
    assert_eq!(
        lines(&document(&docx(&body.concat()), "a.docx")),
        ["new", "here", "anchored", "in the box", "seen", "x=1"]
    );
    // Programs that rewrite XML call name spaces as they like.
    let renamed = format!(
        "<ns0:document xmlns:ns0='http://purl.oclc.org/ooxml/wordprocessingml/main'><ns0:body>{}</ns0:body></ns0:document>",
        p("text").replace("w:", "ns0:")
    );
    let relations = "<Relationships><Relationship Id='a' Type='http://x/relationships/officeDocument' \
                     Target='/word/document2.xml'/></Relationships>";
    let bytes = archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", relations),
        ("word/document2.xml", &renamed),
        ("docProps/app.xml", "<Properties><Pages>7</Pages></Properties>"),
    ]);
    let read = document(&bytes, "a.docx");
    assert_eq!((lines(&read), read.pages), (vec!["text".to_owned()], Some(7)));
}

#[test]
fn an_opendocument_text_is_read_alike() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion>\
        </text:changed-region></text:tracked-changes><office:forms><form:form><form:text form:id='c1' form:value='Шымкент'/>\
        <form:checkbox form:id='c2' form:current-state='checked' form:label='келісемін'/></form:form></office:forms>\
        <text:h>Өтінім</text:h><text:p>Но<text:span>мин</text:span>ация:<text:s text:c='3'/><text:tab/>____<text:line-break/>b</text:p>\
        <table:table><table:table-column/><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>\
        <table:table-cell table:number-rows-spanned='2'><text:p/></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><text:p>c</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
        <table:table-row><table:table-cell table:number-columns-spanned='2'><table:table><table:table-row><table:table-cell>\
        <text:p>in</text:p></table:table-cell></table:table-row></table:table></table:table-cell><table:covered-table-cell/>\
        </table:table-row></table:table><text:p>anchor<draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame>\
        <draw:custom-shape><text:p>in a shape</text:p></draw:custom-shape>ed<text:note><text:p>note</text:p></text:note></text:p>\
        <text:p><draw:frame><draw:image/><draw:image/></draw:frame><draw:control draw:control='c1'/></text:p>\
        <text:p><draw:control draw:control='c2'/></text:p>\
        <text:p>x <loext:content-control loext:showing-place-holder='true'>prompt</loext:content-control>\
        <loext:content-control loext:checkbox='true' loext:checked='false'>☐</loext:content-control>\
        <text:placeholder>prompt</text:placeholder></text:p>";
    let read = document(&odt(body), "form.odt");
    assert_eq!(
        lines(&read),
        [
            "Өтінім",
            "Номинация: ____",
            "b",
            "|a/b||",
            "|c||",
            "|in|",
            "anchored",
            "in the box",
            "in a shape",
            "Шымкент",
            "☒ келісемін",
            "x ☐"
        ]
    );
    assert_eq!((read.pictures, read.pages), (1, Some(3)));
    let manifest = "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let sealed = stored(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "\u{1}\u{2}"),
        ("META-INF/manifest.xml", manifest),
    ]);
    assert_eq!(document(&sealed, "a.odt").unread, Some(Unread::Encrypted));
}

/// Text as `\'xx` in windows-1251, and as `\uN` where that has no such letter.
fn rtf_text(text: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_ascii() => c.to_string(),
        c => match WINDOWS_1251.encode(c.encode_utf8(&mut [0; 4])) {
            (bytes, _, false) => format!("\\'{:02x}", bytes[0]),
            _ => format!("\\u{}\\'3f", c as u32),
        },
    };
    text.chars().map(letter).collect()
}

fn rtf(body: &str) -> Vec<u8> {
    format!(
        "{{\\rtf1\\ansi\\ansicpg1251\\uc1{{\\fonttbl{{\\f0\\fcharset204 Times New Roman;}}{{\\f1\\fcharset0 Arial;}}\
         {{\\f2\\fcharset2 Wingdings;}}}}{{\\colortbl;\\red0;}}{{\\stylesheet{{\\s0 Normal;}}}}{{\\*\\generator tests}}\
         {{\\info{{\\title hidden}}{{\\nofpages2}}}}\r\n\\pard\\f0 {body}}}"
    )
    .into_bytes()
}

#[test]
fn rich_text_is_read_in_its_code_pages() {
    let body = [
        rtf_text(&format!("Өтінім {KAZAKH}\\par ")),
        "Escaped \\{\\}\\\\ a\\~b\\-c\\_d \\emdash  \\u8212- \\u-10179?\\u-8704?\\line next\\par\r\n".to_owned(),
        format!(
            "\\trowd\\cellx1\\cellx2\\pard\\intbl {}\\cell {}\\par second\\cell\\row\\trowd\\pard\\intbl {}\\cell\\cell\\row\\pard ",
            rtf_text("Атауы"),
            rtf_text("Мектеп"),
            rtf_text("Телефон")
        ),
        "{\\header head\\par}{\\footnote note}{\\*\\unknown gone}{\\v hidden}{\\deleted gone}{\\pict 0102}{\\listtext 1.\\tab}after\\par "
            .to_owned(),
        "{\\field{\\*\\fldinst FORMCHECKBOX{\\*\\formfield{\\fftype1\\ffres25\\ffdefres1}}}{\\fldrslt }} box {\\f2\\'fe}\\par ".to_owned(),
        "{\\field{\\*\\fldinst{HYPERLINK x}}{\\fldrslt link}}\\bin5 }}}}}!\\par ".to_owned(),
        "{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt \\pard in the box\\par}}{\\shprslt again}}anchor\\par ".to_owned(),
        "\\pard\\intbl outer{\\pard\\intbl\\itap2 in a\\nestcell in b\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}{\\nonesttables\\par}}\\pard\\intbl\\cell\\row\\pard "
            .to_owned(),
        "end".to_owned(),
    ];
    let read = document(&rtf(&body.concat()), "form.rtf");
    assert_eq!(
        lines(&read),
        [
            &format!("Өтінім {KAZAKH}"),
            "Escaped {}\\ a bc-d — — 😀",
            "next",
            "|Атауы|Мектеп/second|",
            "|Телефон||",
            "after",
            "☒ box ☒",
            "link!",
            "anchor",
            "in the box",
            "|outer|",
            "|in a|in b|",
            "end",
        ]
    );
    assert_eq!((read.pages, read.pictures), (Some(2), 1));
    let cut = rtf("text");
    let facts = facts(&cut[..cut.len() - 1], "a.rtf");
    assert_eq!(facts.damage[0].what, DamageKind::Truncated);
}

/// A PDF of these objects; the first is the catalog.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    for (index, object) in objects.iter().enumerate() {
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    bytes.extend(b"trailer <</Root 1 0 R>>\n%%EOF\n");
    bytes
}

fn stream(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// A page with this content in a font of two bytes a letter, which are those of UTF-16.
fn page(content: &str, more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[9 0 R 10 0 R 11 0 R]>>>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F 4 0 R>>/XObject<</Im 8 0 R>>>>>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents[5 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 6 0 R>>".to_owned(),
        stream("", content),
        stream(
            "",
            "1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfrange <0020> <007e> <0020> <0400> <04ff> <0400> \
             endbfrange 1 beginbfchar <2116> <2116> endbfchar",
        ),
        "<</Type/Font/Subtype/CIDFontType2/DW 500>>".to_owned(),
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1", "x"),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

/// Text at a place, in 10 points.
fn at(x: u32, y: u32, text: &str) -> String {
    let hex: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    format!("BT /F 10 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
}

#[test]
fn pages_are_read_from_top_to_bottom_and_tables_by_their_lines() {
    let mut content = at(50, 700, "second line") + &at(50, 720, "Өтінім") + &at(100, 720, &format!("№ {KAZAKH}"));
    // A table of two columns and three rows, the right cell of the first over two lines, the last cell empty.
    for y in [600, 640, 660, 680] {
        content += &format!("50 {y} 300 0.5 re f\n");
    }
    for x in [50, 150, 350] {
        content += &format!("{x} 600 m {x} 680 l S\n");
    }
    content += &(at(155, 667, "Мектеп") + &at(55, 667, "Атауы"));
    content += &(at(155, 650, "two") + &at(155, 642, "lines") + &at(55, 646, "label"));
    content += &(at(55, 620, "Телефон") + &at(50, 500, "left") + &at(300, 500, "right") + "/Im Do");
    let more = [
        "<</FT/Tx/T(name)/TU<FEFF0410>/V<FEFF04D9043B0438>>>".to_owned(),
        "<</FT/Btn/T(agree)/V/Yes>>".to_owned(),
        "<</T(outer)/Kids[12 0 R]>>".to_owned(),
        "<</FT/Tx/T(empty)/Parent 11 0 R>>".to_owned(),
    ];
    let read = document(&page(&content, &more), "form.pdf");
    assert_eq!(
        lines(&read),
        [
            &format!("Өтінім № {KAZAKH}"),
            "second line",
            "|Атауы|Мектеп|",
            "|label|two lines|",
            "|Телефон||",
            "|left|right|",
            "|А|әли|",
            "|agree|☒|",
            "|outer.empty||",
        ]
    );
    assert_eq!((read.pages, read.pictures, read.unread, read.is_scan()), (Some(1), 1, None, false));
    let scan = document(&page("q 500 0 0 700 0 0 cm /Im Do Q", &[]), "scan.pdf");
    assert!(scan.is_scan() && scan.blocks.is_empty(), "{scan:?}");
    let sealed = String::from_utf8(page("", &[])).expect("ASCII").replace("trailer <<", "trailer <</Encrypt 9 0 R");
    assert_eq!(document(sealed.as_bytes(), "a.pdf").unread, Some(Unread::Encrypted));
}

#[test]
fn plain_texts_are_read_by_their_lines() {
    let text = "Өтінім\r\n\r\n  ФИО:\u{a0} ____\nТелефон\t8 700\n";
    let read = document(text.as_bytes(), "form.txt");
    assert_eq!(lines(&read), ["Өтінім", "ФИО: ____", "|Телефон|8 700|"]);
    let (old, ..) = WINDOWS_1251.encode("Заявка на участие в республиканском конкурсе");
    assert_eq!(lines(&document(&old, "form.txt")), ["Заявка на участие в республиканском конкурсе"]);
    assert_eq!(facts(b"# for programmers", "README.md").document, None);
    let word = ole(&["Root Entry", "WordDocument"]);
    assert_eq!(document(&word, "old.doc").unread, Some(Unread::Method));
}

#[test]
fn documents_in_archives_are_read_if_somebody_asks() {
    let inner = docx(&p("inside"));
    let bytes =
        archive(&[("a/form.docx", inner.as_slice()), ("b.txt", b"text"), ("c.pdf", &page(&at(1, 1, "pdf"), &[]))]);
    let read = facts(&bytes, "works.zip");
    let entries = &read.bundle.as_ref().expect("an archive").entries;
    let found: Vec<Vec<String>> = entries
        .iter()
        .map(|entry| lines(entry.file.as_ref().and_then(|file| file.document.as_ref()).expect("read")))
        .collect();
    assert_eq!(found, [["inside"], ["text"], ["pdf"]]);
    let limits = Limits::default();
    let unasked = probe(&Memory(&bytes), "works.zip", None, &Context::alone(&limits)).file;
    assert!(
        unasked.bundle.expect("an archive").entries.iter().all(|entry| entry
            .file
            .as_ref()
            .expect("a file")
            .document
            .is_none())
    );
    // A text larger than its front is held if it is to be read, and not otherwise.
    let long = "мәтін ".repeat(20_000);
    let bytes = archive(&[("long.txt", &long)]);
    let read = facts(&bytes, "works.zip");
    let file = read.bundle.expect("an archive").entries.remove(0).file.expect("a file");
    assert_eq!(file.document.expect("a document").texts().map(str::len).sum::<usize>(), long.len() - 1);
}

#[test]
fn inspect_reads_documents_only_when_told() {
    let read = run(&["inspect", "--documents", "samples/bad/plan.docx"]).stdout;
    let read: serde_json::Value = serde_json::from_str(&read).expect("JSON");
    let blocks = read["facts"]["document"]["blocks"].as_array().expect("blocks");
    assert!(blocks.iter().any(|block| block["paragraph"].is_string()), "{blocks:?}");
    let plain = run(&["inspect", "samples/bad/plan.docx"]).stdout;
    assert!(!plain.contains("\"document\""), "{plain}");
}

#[test]
fn bombs_and_endless_texts_stop() {
    let start = Instant::now();
    let head = format!("<w:document {WORD}><w:body><w:p><w:r><w:t>front</w:t></w:r></w:p>");
    let spaces = head + &" ".repeat(300 << 20);
    let bytes = archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &spaces)]);
    drop(spaces);
    let read = facts(&bytes, "bomb.docx");
    assert_eq!(lines(read.document.as_ref().expect("a document")), ["front"]);
    assert!(read.damage.iter().any(|damage| damage.what == DamageKind::OverLimit), "{:?}", read.damage);
    let much = docx(&p(&"слово ".repeat(400_000)));
    let read = facts(&much, "much.docx");
    let kept: usize = read.document.as_ref().expect("a document").texts().map(str::len).sum();
    assert!((1 << 19..=1 << 20).contains(&kept), "{kept}");
    assert!(read.damage.iter().any(|damage| damage.what == DamageKind::OverLimit));
    let nested = format!("{{\\rtf1 {}", "{".repeat(1_000_000));
    assert!(!facts(nested.as_bytes(), "a.rtf").damage.is_empty());
    let deep = docx(&"<w:tbl><w:tr><w:tc>".repeat(100_000));
    assert!(!facts(&deep, "a.docx").damage.is_empty());
    // Objects of one array that is long, a form that draws itself, and pages that are their own parents.
    let array = pdf(&["<</Type/Catalog/Pages 2 0 R>>".to_owned(), format!("[{}]", "0 ".repeat(2 << 20))]);
    assert!(document(&array, "a.pdf").blocks.is_empty());
    let cycle = page("/Im Do", &[])
        .into_iter()
        .chain(
            stream("/Type/XObject/Subtype/Form/Resources<</XObject<</Im 8 0 R>>>>", "/Im Do /Im Do /Im Do /Im Do")
                .into_bytes(),
        )
        .collect::<Vec<u8>>();
    let cycle = String::from_utf8(cycle)
        .expect("ASCII")
        .replace("\nendobj\ntrailer", "\nendobj\n8 0 obj ")
        .replace("<</Root 1 0 R>>\n%%EOF\n", "");
    let cycle = cycle + "\nendobj\ntrailer <</Root 1 0 R>>";
    assert_eq!(document(cycle.as_bytes(), "a.pdf").pages, Some(1));
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

/// A sequence of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

#[test]
fn damaged_documents_end_and_are_never_taken_for_more() {
    let table = format!("<w:tbl>{}</w:tbl>", row(&[&p("a"), &p("b")]).repeat(5));
    let content = (0..20).map(|y| at(50, 100 + 30 * y, "text in a line") + "10 10 100 100 re S\n").collect::<String>();
    let parts = stored(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("<w:document {WORD}><w:body>{}{table}</w:body></w:document>", p("text"))),
    ]);
    let samples = [
        (parts, "a.docx"),
        (docx(&(p("text") + &table)), "packed.docx"),
        (
            odt(
                "<text:p>text</text:p><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
              </table:table-row></table:table>",
            ),
            "a.odt",
        ),
        (
            rtf(
                "text\\par\\trowd\\pard\\intbl a\\cell\\u1171?\\cell\\row\\pard end{\\shp{\\*\\shpinst{\\shptxt box}}}",
            ),
            "a.rtf",
        ),
        (page(&content, &["<</FT/Tx/T(name)/V(value)>>".to_owned()]), "a.pdf"),
        ("Өтінім\nТелефон\t8 700".as_bytes().to_vec(), "a.txt"),
    ];
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for (bytes, name) in &samples {
        for round in 0..1_000 {
            let mut damaged = bytes.clone();
            for _ in 0..=round % 8 {
                let place = dice.below(damaged.len());
                damaged[place] ^= 1 << dice.below(8);
            }
            if round % 10 == 0 {
                damaged.truncate(dice.below(damaged.len()));
            }
            let start = Instant::now();
            let read = facts(&damaged, name);
            assert!(start.elapsed() < Duration::from_secs(2), "{name} {round}: {:?}", start.elapsed());
            let kept = read.document.iter().flat_map(|document| document.texts()).map(str::len).sum::<usize>();
            assert!(kept <= 1 << 20, "{name} {round}: {kept}");
        }
        for length in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            let _ = facts(&bytes[..length], name);
        }
    }
}
