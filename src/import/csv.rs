//! Rows of fields out of plain text (RFC 4180). What they mean is decided elsewhere.

/// A row, or that its quotation marks are wrong.
pub type Record = Result<Vec<String>, Unquoted>;

/// A quotation mark has no end, or something stands behind the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unquoted;

/// The rows of a table, empty ones included, each as it comes.
pub fn records(text: &str) -> impl Iterator<Item = Record> {
    let mut rest = text;
    std::iter::from_fn(move || (!rest.is_empty()).then(|| record(&mut rest)))
}

fn record(rest: &mut &str) -> Record {
    let (mut fields, mut wrong) = (Vec::new(), false);
    loop {
        match field(rest) {
            Ok(field) => fields.push(field),
            Err(Unquoted) => wrong = true,
        }
        if let Some(next) = rest.strip_prefix(',') {
            *rest = next;
            continue;
        }
        *rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or("");
        return if wrong { Err(Unquoted) } else { Ok(fields) };
    }
}

/// A field up to the comma or the end of the row behind it.
fn field(rest: &mut &str) -> Result<String, Unquoted> {
    let Some(quoted) = rest.strip_prefix('"') else {
        let end = rest.find([',', '\r', '\n']).unwrap_or(rest.len());
        let (field, behind) = rest.split_at(end);
        *rest = behind;
        return Ok(field.to_owned());
    };
    let mut field = String::new();
    let mut inner = quoted;
    loop {
        let Some((part, behind)) = inner.split_once('"') else {
            *rest = "";
            return Err(Unquoted);
        };
        field.push_str(part);
        match behind.strip_prefix('"') {
            Some(more) => {
                field.push('"');
                inner = more;
            }
            None => {
                let end = behind.find([',', '\r', '\n']).unwrap_or(behind.len());
                let (odd, next) = behind.split_at(end);
                *rest = next;
                return if odd.trim().is_empty() { Ok(field) } else { Err(Unquoted) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Record> {
        records(text).collect()
    }

    fn row(fields: &[&str]) -> Record {
        Ok(fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn fields_are_read_with_and_without_quotation_marks() {
        let text = "a,b\r\n\"x,\"\"y\"\"\nz\",\n\n,1";
        let rows = [row(&["a", "b"]), row(&["x,\"y\"\nz", ""]), row(&[""]), row(&["", "1"])];
        assert_eq!(read(text), rows);
    }

    #[test]
    fn a_mark_without_an_end_is_wrong_and_so_is_what_stands_behind_one() {
        assert_eq!(read("\"a\"b,c\nd"), [Err(Unquoted), row(&["d"])]);
        assert_eq!(read("a\n\"b,c\nd"), [row(&["a"]), Err(Unquoted)]);
    }
}
