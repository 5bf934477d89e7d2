//! A filter before the protocol's reader: what reaches it is well formed.
//!
//! The reader ends the session at the first message that it cannot read. Here such a message is
//! replaced by one that makes the server answer with an error, and reading goes on at the next
//! header that can be found.

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tower_lsp::jsonrpc::{Request, Response};

/// The method of the message that stands for one that could not be read.
pub(crate) const MALFORMED: &str = "$/contextcore/malformed";

/// Bytes that a message may have. Texts that are read have at most a tenth of it.
const LARGEST: usize = 256 << 20;

/// Bytes that the headers of a message may have.
const HEADERS: usize = 8 << 10;

const LENGTH: &[u8] = b"content-length:";

/// Copies well-formed messages from `input` to `output` until one of them ends.
pub(crate) async fn filter(
    mut input: impl AsyncRead + Unpin,
    mut output: impl AsyncWrite + Unpin,
) -> std::io::Result<()> {
    let mut frames = Frames::default();
    let mut chunk = vec![0; 64 << 10];
    loop {
        while let Some(frame) = frames.next() {
            output.write_all(format!("Content-Length: {}\r\n\r\n", frame.len()).as_bytes()).await?;
            output.write_all(&frame).await?;
            output.flush().await?;
        }
        let count = input.read(&mut chunk).await?;
        if count == 0 {
            return output.shutdown().await;
        }
        frames.bytes.extend_from_slice(&chunk[..count]);
    }
}

/// Bytes to frames.
#[derive(Debug, Default)]
struct Frames {
    bytes: Vec<u8>,
    /// Whether the bytes at hand are known to be the rest of something broken.
    lost: bool,
}

impl Frames {
    /// The body of the next message, or of what stands for a broken one; none where bytes are missing.
    fn next(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.step() {
                Step::Wait => return None,
                Step::Frame(frame) => return Some(frame),
                // One complaint for each run of garbage is enough.
                Step::Lost(_) if self.lost => {}
                Step::Lost(error) => {
                    self.lost = true;
                    return Some(stand_in(PARSE_ERROR, error, &Value::Null));
                }
            }
        }
    }

    fn step(&mut self) -> Step {
        let Some(end) = find(&self.bytes, b"\r\n\r\n").filter(|end| *end <= HEADERS) else {
            return self.skip_garbage();
        };
        let Some(length) = length(&self.bytes[..end]).filter(|length| *length <= LARGEST) else {
            // Behind these headers there may be a body of any length; the next header will show.
            let next = find_length(&self.bytes[end..]).map_or(end + 4, |next| end + next);
            self.bytes.drain(..next);
            return Step::Lost("the headers of a message cannot be read");
        };
        let body = end + 4..end + 4 + length;
        if self.bytes.len() < body.end {
            return Step::Wait;
        }
        match checked(&self.bytes[body.clone()]) {
            Ok(message) => {
                self.bytes.drain(..body.end);
                self.lost = false;
                Step::Frame(message)
            }
            Err((reason, error, id)) => {
                // A length that is too large swallows the next message; a header inside shows it.
                let inside = find_length(&self.bytes[body.clone()])
                    .or_else(|| find_beginning(&self.bytes[body.clone()]));
                self.bytes.drain(..inside.map_or(body.end, |at| body.start + at));
                self.lost = true;
                Step::Frame(stand_in(reason, &error, &id))
            }
        }
    }

    /// Leaves out bytes that cannot be headers.
    fn skip_garbage(&mut self) -> Step {
        if self.bytes.len() <= HEADERS {
            return Step::Wait;
        }
        let next = find_length(&self.bytes[1..]).map(|next| next + 1);
        // The beginning of a header may be the last that there is.
        let kept = self.bytes.len() - LENGTH.len();
        self.bytes.drain(..next.unwrap_or(kept));
        Step::Lost("there is no header where a message should begin")
    }
}

/// What the bytes at hand give.
enum Step {
    /// Nothing, before there are more.
    Wait,
    /// A body.
    Frame(Vec<u8>),
    /// Bytes that belong to no message.
    Lost(&'static str),
}

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;

/// The message, if the reader will take it.
fn checked(body: &[u8]) -> Result<Vec<u8>, (i64, String, Value)> {
    if is_message(body) {
        return Ok(body.to_vec());
    }
    if let Some(repaired) = without_halves(body).filter(|body| is_message(body)) {
        return Ok(repaired);
    }
    match serde_json::from_slice::<Value>(body) {
        Err(error) => Err((PARSE_ERROR, error.to_string(), Value::Null)),
        Ok(value) => {
            let id = value.get("id").filter(|id| id.is_i64() || id.is_string());
            let id = id.cloned().unwrap_or_default();
            Err((INVALID_REQUEST, "this is no request, notification or response".to_owned(), id))
        }
    }
}

fn is_message(body: &[u8]) -> bool {
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => true,
        _ => serde_json::from_slice::<Response>(body).is_ok(),
    }
}

/// Texts of JavaScript may hold one half of a pair of UTF-16, which is no character. It gives way to
/// one that takes as much room, so that all other places stay where they are.
fn without_halves(body: &[u8]) -> Option<Vec<u8>> {
    let mut repaired = body.to_vec();
    let mut index = 0;
    let mut found = false;
    while index < body.len() {
        if body[index] != b'\\' {
            index += 1;
            continue;
        }
        match unit(&body[index..]) {
            None => index += 2,
            Some(0xD800..=0xDBFF) if is_low(unit(&body[index + 6..])) => index += 12,
            Some(0xD800..=0xDFFF) => {
                repaired[index + 2..index + 6].copy_from_slice(b"fffd");
                found = true;
                index += 6;
            }
            Some(_) => index += 6,
        }
    }
    found.then_some(repaired)
}

/// The unit that an escape at the beginning of `bytes` stands for.
fn unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn is_low(unit: Option<u16>) -> bool {
    matches!(unit, Some(0xDC00..=0xDFFF))
}

fn stand_in(code: i64, message: &str, id: &Value) -> Vec<u8> {
    let params = json!({ "code": code, "message": message, "id": id });
    json!({ "jsonrpc": "2.0", "method": MALFORMED, "params": params }).to_string().into_bytes()
}

/// The length that the headers give. They may stand behind the rest of something broken.
fn length(headers: &[u8]) -> Option<usize> {
    let start = find_last_length(headers)?;
    let value = headers[start + LENGTH.len()..].split(|byte| *byte == b'\r').next()?;
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn find_length(bytes: &[u8]) -> Option<usize> {
    bytes.windows(LENGTH.len()).position(|window| window.eq_ignore_ascii_case(LENGTH))
}

/// Where the bytes end with the beginning of a header.
fn find_beginning(bytes: &[u8]) -> Option<usize> {
    let longest = bytes.len().min(LENGTH.len() - 1);
    let starts = (1..=longest).rev().map(|count| bytes.len() - count);
    starts.into_iter().find(|start| {
        let rest = &bytes[*start..];
        rest.eq_ignore_ascii_case(&LENGTH[..rest.len()])
    })
}

fn find_last_length(bytes: &[u8]) -> Option<usize> {
    bytes.windows(LENGTH.len()).rposition(|window| window.eq_ignore_ascii_case(LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"a"}"#;

    fn frame(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    /// What comes through: bodies of messages, and codes of what was broken.
    fn through(bytes: &[u8]) -> Vec<String> {
        let mut frames = Frames::default();
        let mut all = Vec::new();
        // One byte after the other is the hardest way for bytes to come.
        for byte in bytes {
            frames.bytes.push(*byte);
            while let Some(frame) = frames.next() {
                let value: Value = serde_json::from_slice(&frame).unwrap();
                all.push(match value["method"].as_str() {
                    Some(MALFORMED) => value["params"]["code"].to_string(),
                    _ => String::from_utf8(frame).unwrap(),
                });
            }
        }
        all
    }

    #[test]
    fn good_messages_pass_unchanged() {
        let bytes = [frame(GOOD), frame(r#"{"jsonrpc":"2.0","id":1,"result":null}"#)].concat();
        assert_eq!(through(&bytes), [GOOD, r#"{"jsonrpc":"2.0","id":1,"result":null}"#]);
        let spelled = format!("content-length:{}\r\nX: y\r\n\r\n{GOOD}", GOOD.len());
        assert_eq!(through(spelled.as_bytes()), [GOOD]);
    }

    #[test]
    fn a_broken_body_is_answered_and_passed_over() {
        for (body, code) in [
            ("{", "-32700"),
            ("", "-32700"),
            ("[]", "-32600"),
            (r#"{"jsonrpc":"1.0","method":"a","id":7}"#, "-32600"),
            (r#"{"jsonrpc":"2.0"}"#, "-32600"),
            (r#"{"jsonrpc":"2.0","method":"a","id":1.5}"#, "-32600"),
            (r#"{"jsonrpc":"2.0","method":"a","method":"b"}"#, "-32600"),
        ] {
            let bytes = [frame(body), frame(GOOD)].concat();
            assert_eq!(through(&bytes), [code, GOOD], "{body}");
        }
        let mut bytes = frame("xx");
        let end = bytes.len();
        bytes[end - 1] = 0xFF;
        assert_eq!(through(&[bytes, frame(GOOD)].concat()), ["-32700", GOOD]);
        let deep = format!(
            r#"{{"jsonrpc":"2.0","method":"a","params":{}1{}}}"#,
            "[".repeat(500),
            "]".repeat(500)
        );
        assert_eq!(through(&[frame(&deep), frame(GOOD)].concat()), ["-32700", GOOD]);
    }

    #[test]
    fn a_wrong_length_costs_no_more_than_its_message() {
        let long = format!("Content-Length: {}\r\n\r\n{GOOD}", GOOD.len() + 9);
        assert_eq!(
            through(&[long.into_bytes(), frame(GOOD), frame(GOOD)].concat()),
            ["-32700", GOOD, GOOD]
        );
        let short = format!("Content-Length: {}\r\n\r\n{GOOD}", GOOD.len() - 9);
        assert_eq!(
            through(&[short.into_bytes(), frame(GOOD), frame(GOOD)].concat()),
            ["-32700", GOOD, GOOD]
        );
        for length in ["", "-3", "x", "99999999999999", "99999999999999999999999"] {
            let odd = format!("Content-Length: {length}\r\n\r\n{GOOD}");
            let bytes = [odd.into_bytes(), frame(GOOD), frame(GOOD)].concat();
            assert_eq!(through(&bytes), ["-32700", GOOD, GOOD], "{length}");
        }
    }

    #[test]
    fn garbage_is_passed_over() {
        let bytes = [b"garbage\r\n\r\nmore".to_vec(), frame(GOOD), frame(GOOD)].concat();
        assert_eq!(through(&bytes).last().map(String::as_str), Some(GOOD));
        let bytes = [vec![b'x'; 3 * HEADERS], frame(GOOD), frame(GOOD)].concat();
        assert_eq!(through(&bytes), ["-32700", GOOD, GOOD]);
    }

    #[test]
    fn half_a_character_is_replaced_by_a_whole_one() {
        let body = r#"{"jsonrpc":"2.0","method":"a","params":["\ud834","\ud834\udd1e","\\ud834"]}"#;
        let whole =
            r#"{"jsonrpc":"2.0","method":"a","params":["\ufffd","\ud834\udd1e","\\ud834"]}"#;
        assert_eq!(through(&frame(body)), [whole]);
    }
}
