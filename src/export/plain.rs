//! Text that no program takes for more than text: formulas of spreadsheets, markup, characters that
//! XML does not know.

use crate::text::fold::is_invisible;

/// How a cell begins that a spreadsheet would compute, in either width.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet might compute this text: it looks past blanks and what cannot be seen, and
/// so do we.
pub fn is_formula(text: &str) -> bool {
    let odd = text.starts_with(['\t', '\r', '\n']);
    let skipped = |c: &char| c.is_whitespace() || c.is_control() || is_invisible(*c);
    odd || text.chars().find(|c| !skipped(c)).is_some_and(|c| FORMULA.contains(&c))
}

/// Text for XML and HTML: markup escaped, and what XML does not allow shown as `�`.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // A reader of XML would make a line break of it.
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_spreadsheet_would_compute_is_seen() {
        let formulas = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠x",
            "  =HYPERLINK(\"http://x\")",
            "\u{200b}=1",
            "\u{feff}=1",
            "\tx",
            "\u{3000}＝1",
        ];
        assert!(formulas.iter().all(|text| is_formula(text)), "{formulas:?}");
        for text in ["", "退费", "1-1", "a@b", "（=1）", "'=1", "😀=1"] {
            assert!(!is_formula(text), "{text}");
        }
    }

    #[test]
    fn nothing_typed_is_markup() {
        let typed = "<script>alert('1')</script>&\"\0\u{b}\r\n\u{ffff}";
        let safe = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;��&#13;\n�";
        assert_eq!(escaped(typed), safe);
    }
}
