//! A page to read and to print: no script, nothing loaded from elsewhere, the watermark over every
//! page of paper.

use std::io::{self, Write};

use super::about::{About, End};
use super::book::{Book, Line};
use super::marks::pieces;
use super::plain::escaped;

/// How often a watermark stands on a page.
const MARKS_A_PAGE: usize = 24;

/// How it looks; sizes for paper and for a phone.
const STYLE: &str = "body{font:15px/1.6 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans \
CJK SC',sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222}\
h1{font-size:1.4em}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em;\
border:1px solid #ccc;padding:.8em;overflow-wrap:anywhere}dt{color:#666}dd{margin:0}\
article{border-top:1px solid #ddd;padding:.5em 0;break-inside:avoid}\
header{color:#666;font-size:.9em}p{margin:.2em 0;white-space:pre-wrap;overflow-wrap:anywhere;\
unicode-bidi:isolate}mark{background:#ffe58a}\
.wm{position:fixed;inset:0;z-index:9;pointer-events:none;overflow:hidden;display:grid;\
grid-template-columns:repeat(3,1fr);align-items:center;justify-items:center;color:#000;\
opacity:.09;font-size:1.3em}.wm span{transform:rotate(-24deg);white-space:nowrap}\
@media print{body{margin:0;max-width:none}.wm{-webkit-print-color-adjust:exact;\
print-color-adjust:exact}}";

/// What a browser may do with it: draw it.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The file.
pub struct Html<'a> {
    about: &'a About,
    out: &'a mut dyn Write,
}

impl<'a> Html<'a> {
    /// Begins it.
    pub fn begin(about: &'a About, out: &'a mut dyn Write) -> io::Result<Self> {
        let (title, lang) = (escaped(&about.title()), about.pick("zh-CN", "en"));
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        )?;
        if let Some(watermark) = &about.watermark {
            let span = format!("<span>{}</span>", escaped(watermark));
            let all = span.repeat(MARKS_A_PAGE);
            writeln!(out, "<div class=\"wm\" aria-hidden=\"true\">{all}</div>")?;
        }
        writeln!(out, "<h1>{title}</h1>")?;
        let mut html = Self { about, out };
        html.facts(about.facts())?;
        html.out.write_all(b"<main>\n")?;
        Ok(html)
    }

    fn facts(&mut self, facts: Vec<(String, String)>) -> io::Result<()> {
        self.out.write_all(b"<dl>\n")?;
        for (name, value) in facts {
            writeln!(self.out, "<dt>{}</dt><dd>{}</dd>", escaped(&name), escaped(&value))?;
        }
        self.out.write_all(b"</dl>\n")
    }
}

impl Book for Html<'_> {
    fn line(&mut self, line: &Line) -> io::Result<()> {
        let (handle, at, who) = (&line.handle, line.at_text(), escaped(&line.who));
        let mut head = format!("<b>{handle}</b> {at} · {who}");
        let more = [line.tags_text(), line.cabinet.clone(), self.about.remark(line.copied)];
        for more in more.iter().filter(|more| !more.is_empty()) {
            head.push_str(&format!(" · {}", escaped(more)));
        }
        write!(self.out, "<article><header>{head}</header><p>")?;
        for (piece, marked) in pieces(&line.text, &line.marks) {
            let piece = escaped(piece);
            match marked {
                true => write!(self.out, "<mark>{piece}</mark>")?,
                false => self.out.write_all(piece.as_bytes())?,
            }
        }
        self.out.write_all(b"</p></article>\n")
    }

    fn end(&mut self, end: &End) -> io::Result<()> {
        self.out.write_all(b"</main>\n")?;
        self.facts(self.about.last_facts(end))?;
        self.out.write_all(b"</body>\n</html>\n")
    }
}
