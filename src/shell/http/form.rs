//! The one file of a form that a browser sends (RFC 7578). Whatever else is in it is left out.

/// Longest boundary (RFC 2046).
const BOUNDARY_BYTES_MAX: usize = 70;

/// The file in a body of this type: the whole body where it is no form; `None` if there is none.
pub fn file<'b>(content_type: &str, body: &'b [u8]) -> Option<&'b [u8]> {
    let Some(parameters) = content_type.trim_start().strip_prefix("multipart/form-data") else {
        return Some(body);
    };
    let boundary = parameters.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    if boundary.is_empty() || boundary.len() > BOUNDARY_BYTES_MAX {
        return None;
    }
    let begin = format!("--{boundary}\r\n");
    let end = format!("\r\n--{boundary}");
    let mut rest = &body[find(body, begin.as_bytes())? + begin.len()..];
    loop {
        let head = find(rest, b"\r\n\r\n")?;
        let (head, behind) = (&rest[..head], &rest[head + 4..]);
        let content = find(behind, end.as_bytes())?;
        if find(head, b"filename=").is_some() {
            return Some(&behind[..content]);
        }
        rest = behind[content + end.len()..].strip_prefix(b"\r\n")?;
    }
}

/// Where the first `wanted` begins.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let (first, others) = wanted.split_first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| byte == first)?;
        if bytes[at + 1..].starts_with(others) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::file;

    const FORM: &str = "multipart/form-data; boundary=\"x1\"";

    #[test]
    fn the_file_of_a_form_is_found_between_its_other_parts() {
        let body = b"--x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x1\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"r.csv\"\r\n\
            Content-Type: text/csv\r\n\r\na,\"b\r\nc\"\r\n\r\n--x1--\r\n";
        assert_eq!(file(FORM, body), Some(&b"a,\"b\r\nc\"\r\n"[..]));
        assert_eq!(file("text/csv", b"a,b"), Some(&b"a,b"[..]));
    }

    #[test]
    fn a_form_without_an_end_or_a_file_holds_none() {
        let head = "--x1\r\nContent-Disposition: form-data; name=\"f\"; filename=\"r\"\r\n\r\na";
        for body in ["", "--x1\r\n", "--x1--\r\n", head, "--x1\r\nname=a\r\n\r\n1\r\n--x1--\r\n"] {
            assert_eq!(file(FORM, body.as_bytes()), None, "{body}");
        }
        assert_eq!(file("multipart/form-data", b"--x1\r\n"), None);
    }
}
