//! A spreadsheet (ECMA-376): the messages on one sheet, what the file says of itself on another.
//! Every cell is text or a time, so that nothing in it is ever computed; nothing leads elsewhere.

use std::io::{self, Write};

use chrono::NaiveDateTime;

use super::about::{About, End};
use super::book::{Book, Line};
use super::marks::pieces;
use super::plain::{escaped, is_formula};
use super::zip::Zip;

const TYPES: &str = include_str!("../../assets/export/xlsx_types.xml");
const RELS: &str = include_str!("../../assets/export/xlsx_rels.xml");
const BOOK_RELS: &str = include_str!("../../assets/export/xlsx_book_rels.xml");
const STYLES: &str = include_str!("../../assets/export/xlsx_styles.xml");

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TO: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Widths of the columns, in characters.
const WIDTHS: [u8; 7] = [8, 20, 14, 70, 22, 16, 12];

/// Looks of a cell, by their place in the file of styles.
const HEAD: u8 = 0;
const TIME: u8 = 1;
const TEXT: u8 = 2;
/// Text that began like a formula: shown as it is, and still text when it is edited.
const QUOTED: u8 = 3;

/// How a marked stretch looks.
const MARKED: &str = "<rPr><b/><color rgb=\"FFC00000\"/></rPr>";

/// The file.
pub struct Xlsx<'a> {
    about: &'a About,
    zip: Zip<'a>,
    rows: u32,
}

impl<'a> Xlsx<'a> {
    /// Begins it.
    pub fn begin(about: &'a About, out: &'a mut dyn Write) -> io::Result<Self> {
        let mut zip = Zip::new(out);
        zip.whole("[Content_Types].xml", TYPES)?;
        zip.whole("_rels/.rels", RELS)?;
        let names = [about.pick("消息", "Messages"), about.pick("说明", "About")];
        let sheets: String = (1..)
            .zip(&names)
            .map(|(n, name)| format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))
            .collect();
        let book = format!(
            "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{TO}\"><sheets>{sheets}</sheets></workbook>"
        );
        zip.whole("xl/workbook.xml", &book)?;
        zip.whole("xl/_rels/workbook.xml.rels", BOOK_RELS)?;
        zip.whole("xl/styles.xml", STYLES)?;
        zip.file("xl/worksheets/sheet1.xml")?;
        zip.add(&sheet(&WIDTHS, true))?;
        let mut xlsx = Self { about, zip, rows: 0 };
        let cells: String = about.columns().iter().map(|name| cell(HEAD, name)).collect();
        xlsx.row(&cells)?;
        Ok(xlsx)
    }

    fn row(&mut self, cells: &str) -> io::Result<()> {
        self.rows += 1;
        self.zip.add(&format!("<row r=\"{}\">{cells}</row>\n", self.rows))
    }

    /// What stands behind the rows; on paper the watermark is above every page.
    fn end_sheet(&mut self, filter: &str) -> io::Result<()> {
        let header = self.about.watermark.as_ref().map(|watermark| {
            // A code of headers begins with it, and a size ends where no digit follows.
            let watermark = escaped(&watermark.replace('&', "&&"));
            format!("<headerFooter><oddHeader>&amp;C&amp;16 {watermark}</oddHeader></headerFooter>")
        });
        let page = "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>";
        let header = header.unwrap_or_default();
        self.zip.add(&format!("</sheetData>{filter}{page}{header}</worksheet>"))
    }
}

impl Book for Xlsx<'_> {
    fn line(&mut self, line: &Line) -> io::Result<()> {
        let before = [cell(TEXT, &line.handle), time(line.at), cell(TEXT, &line.who)].concat();
        let behind = [&line.tags_text(), &line.cabinet, &self.about.remark(line.copied)];
        let behind: String = behind.into_iter().map(|text| cell(TEXT, text)).collect();
        self.row(&[before, marked(line), behind].concat())
    }

    fn end(&mut self, end: &End) -> io::Result<()> {
        let filter = format!("<autoFilter ref=\"A1:G{}\"/>", self.rows);
        self.end_sheet(&filter)?;
        self.zip.file("xl/worksheets/sheet2.xml")?;
        self.zip.add(&sheet(&[26, 90], false))?;
        self.rows = 0;
        for (name, value) in self.about.facts().into_iter().chain(self.about.last_facts(end)) {
            self.row(&[cell(HEAD, &name), cell(TEXT, &value)].concat())?;
        }
        self.end_sheet("")?;
        self.zip.end()
    }
}

/// The beginning of a sheet; the first row of the table stays in view.
fn sheet(widths: &[u8], frozen: bool) -> String {
    let column = |(n, width): (usize, &u8)| {
        format!("<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>")
    };
    let columns: String = (1..).zip(widths).map(column).collect();
    let pane = match frozen {
        true => {
            "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
        }
        false => "",
    };
    format!(
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr \
         fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">{pane}\
         </sheetView></sheetViews><cols>{columns}</cols><sheetData>\n"
    )
}

fn cell(look: u8, text: &str) -> String {
    let look = if look == TEXT && is_formula(text) { QUOTED } else { look };
    let text = safe(text);
    format!("<c s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// What was said, with its marks.
fn marked(line: &Line) -> String {
    if line.marks.is_empty() {
        return cell(TEXT, &line.text);
    }
    let look = if is_formula(&line.text) { QUOTED } else { TEXT };
    let run = |(piece, marked): (&str, bool)| {
        let how = if marked { MARKED } else { "" };
        format!("<r>{how}<t xml:space=\"preserve\">{}</t></r>", safe(piece))
    };
    let runs: String = pieces(&line.text, &line.marks).into_iter().map(run).collect();
    format!("<c s=\"{look}\" t=\"inlineStr\"><is>{runs}</is></c>")
}

/// A time as spreadsheets count it: days since 30 December 1899.
fn time(at: NaiveDateTime) -> String {
    // Seconds from there to 1970.
    const BEFORE_1970_S: i64 = 25_569 * 86_400;
    let days = (at.and_utc().timestamp() + BEFORE_1970_S) as f64 / 86_400.0;
    format!("<c s=\"{TIME}\"><v>{days:.6}</v></c>")
}

/// Text for XML in which no spreadsheet finds a character written as `_x0041_`.
fn safe(text: &str) -> String {
    let escaped = escaped(text);
    if !escaped.contains("_x") {
        return escaped;
    }
    escaped.replace("_x", "_x005F_x")
}
