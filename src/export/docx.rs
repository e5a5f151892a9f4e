//! A text document (ECMA-376): what it says of itself, the messages, the end; the watermark across
//! every page. No fields, no links, nothing loaded from elsewhere.

use std::io::{self, Write};

use super::about::{About, End};
use super::book::{Book, Line};
use super::marks::pieces;
use super::plain::escaped;
use super::zip::Zip;

const TYPES: &str = include_str!("../../assets/export/docx_types.xml");
const RELS: &str = include_str!("../../assets/export/docx_rels.xml");
const DOCUMENT_RELS: &str = include_str!("../../assets/export/docx_document_rels.xml");
const STYLES: &str = include_str!("../../assets/export/docx_styles.xml");
/// What a drawn text is: the same in every document.
const DRAWN: &str = include_str!("../../assets/export/docx_watermark.xml");

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TO: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Width of a watermark of one character, in points; a page is 420 wide between its margins.
const CHAR_PT: usize = 40;
/// Widest watermark.
const WIDE_PT: usize = 440;

/// The last part: A4, and the header with the watermark.
const SECTION: &str = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/>\
<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1200\" w:right=\"1200\" w:bottom=\"1200\" \
w:left=\"1200\" w:header=\"600\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr>";

/// The file.
pub struct Docx<'a> {
    about: &'a About,
    zip: Zip<'a>,
}

impl<'a> Docx<'a> {
    /// Begins it.
    pub fn begin(about: &'a About, out: &'a mut dyn Write) -> io::Result<Self> {
        let mut zip = Zip::new(out);
        zip.whole("[Content_Types].xml", TYPES)?;
        zip.whole("_rels/.rels", RELS)?;
        zip.whole("word/_rels/document.xml.rels", DOCUMENT_RELS)?;
        zip.whole("word/styles.xml", STYLES)?;
        zip.whole("word/header1.xml", &header(about.watermark.as_deref()))?;
        zip.file("word/document.xml")?;
        zip.add(&format!(
            "{XML}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{TO}\"><w:body>{}{}",
            paragraph("Title", &run("", &about.title())),
            table(&about.facts()),
        ))?;
        Ok(Self { about, zip })
    }
}

impl Book for Docx<'_> {
    fn line(&mut self, line: &Line) -> io::Result<()> {
        let (at, remark) = (line.at_text(), self.about.remark(line.copied));
        let known = [&line.handle, &at, &line.who, &line.tags_text(), &line.cabinet, &remark];
        let known: Vec<&str> =
            known.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let head = paragraph("MessageHead", &run("", &known.join(" · ")));
        let piece = |(piece, marked): (&str, bool)| {
            run(if marked { "<w:rPr><w:highlight w:val=\"yellow\"/></w:rPr>" } else { "" }, piece)
        };
        let text: String = pieces(&line.text, &line.marks).into_iter().map(piece).collect();
        self.zip.add(&head)?;
        self.zip.add(&paragraph("Normal", &text))?;
        self.zip.add("\n")
    }

    fn end(&mut self, end: &End) -> io::Result<()> {
        let facts = table(&self.about.last_facts(end));
        self.zip
            .add(&format!("{}{facts}{SECTION}</w:body></w:document>", paragraph("Normal", "")))?;
        self.zip.end()
    }
}

fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// A stretch of text; its line breaks stay.
fn run(how: &str, text: &str) -> String {
    let line = |line: &str| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line));
    let lines: Vec<String> = text.lines().map(line).collect();
    let last = if text.ends_with('\n') { "<w:br/>" } else { "" };
    format!("<w:r>{how}{}{last}</w:r>", lines.join("<w:br/>"))
}

/// Names and values.
fn table(facts: &[(String, String)]) -> String {
    let cell = |width: u32, text: &str| {
        let width = format!("<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
        format!("<w:tc>{width}{}</w:tc>", paragraph("Normal", &run("", text)))
    };
    let row = |(name, value): &(String, String)| {
        format!("<w:tr>{}{}</w:tr>", cell(2600, name), cell(6800, value))
    };
    let rows: String = facts.iter().map(row).collect();
    let line = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:color=\"BBBBBB\"/>");
    let lines: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"9400\" w:type=\"dxa\"/><w:tblBorders>{lines}</w:tblBorders>\
         </w:tblPr><w:tblGrid><w:gridCol w:w=\"2600\"/><w:gridCol w:w=\"6800\"/></w:tblGrid>{rows}\
         </w:tbl>"
    )
}

/// What stands on every page: the watermark as a line, and drawn across the page.
fn header(watermark: Option<&str>) -> String {
    let drawn = watermark.map(|watermark| {
        let width = (watermark.chars().count() * CHAR_PT).clamp(2 * CHAR_PT, WIDE_PT);
        let height = (width / watermark.chars().count().max(1)).clamp(14, CHAR_PT);
        let text = escaped(watermark);
        format!(
            "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}<w:r><w:pict>\
             {DRAWN}<v:shape id=\"watermark\" type=\"#_x0000_t136\" style=\"position:absolute;\
             margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;z-index:-1;\
             mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
             mso-position-vertical:center;mso-position-vertical-relative:margin\" \
             fillcolor=\"silver\" stroked=\"f\"><v:fill opacity=\".5\"/>\
             <v:textpath style=\"font-family:&quot;Microsoft YaHei&quot;\" string=\"{text}\"/>\
             </v:shape></w:pict></w:r></w:p>",
            run("<w:rPr><w:color w:val=\"999999\"/></w:rPr>", watermark),
        )
    });
    let inside = drawn.unwrap_or_else(|| paragraph("Normal", ""));
    format!(
        "{XML}<w:hdr xmlns:w=\"{MAIN}\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\">{inside}</w:hdr>"
    )
}
