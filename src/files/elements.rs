//! JSON text, bounded in size and depth, with the places of its parts.

use crate::dataset::LARGEST_FILE;
use crate::model::{Code, Diagnostic, FileId, clean};
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::path::Path;

/// The deepest nesting of a value.
const DEEPEST: usize = 64;

/// Reads a file of at most 64 MiB.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(path: &Path) -> Result<String, Diagnostic> {
    let shown = clean(&path.to_string_lossy()).text;
    let unreadable = |why: &dyn std::fmt::Display| {
        Diagnostic::new(
            Code::UnreadableFile,
            format!("{shown} cannot be read: {why}"),
        )
        .help("name a file of UTF-8 text that may be read")
    };
    let size = std::fs::metadata(path)
        .map_err(|error| unreadable(&error))?
        .len();
    if size > LARGEST_FILE {
        let title = format!("{shown} has {size} bytes; more than {LARGEST_FILE} are not read");
        return Err(Diagnostic::new(Code::FileTooLarge, title).help("split it into several files"));
    }
    std::fs::read_to_string(path).map_err(|error| unreadable(&error))
}

/// Where the elements of an array stand, of which the text consists.
///
/// # Errors
/// Where the text is nested too deeply or is no array at all.
pub(super) fn elements(text: &str, file: FileId) -> Result<Vec<Range<usize>>, Diagnostic> {
    check_depth(text, file)?;
    // The whole text must be JSON before its brackets and commas mean anything.
    let whole: Result<Vec<serde::de::IgnoredAny>, _> = serde_json::from_str(text);
    if let Err(error) = whole {
        let help = "write an array of instances, as in [{\"id\": \"one\", ...}]";
        return Err(wrong(&error, text, 0, file).help(help));
    }
    let mut elements = Vec::new();
    let mut depth = 0usize;
    let mut start = None;
    each_sign(text, &mut |place, sign| {
        let is_between = depth == 1;
        match sign {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let begins = depth == 1 && !is_between && start.is_none();
        if begins {
            start = Some(place + 1);
        } else if (sign == b',' && is_between) || depth == 0 {
            if let Some(from) = start {
                elements.push(trimmed(text, from..place));
            }
            start = Some(place + 1);
        }
        true
    });
    elements.retain(|range| !range.is_empty());
    Ok(elements)
}

/// Reads a part of a text as a value.
///
/// # Errors
/// Where it is something else.
pub(super) fn value<T: DeserializeOwned>(
    text: &str,
    part: Range<usize>,
    file: FileId,
) -> Result<T, Diagnostic> {
    let start = part.start;
    let part = text.get(part).unwrap_or("");
    serde_json::from_str(part).map_err(|error| wrong(&error, part, start, file))
}

/// Refuses text that is nested too deeply.
///
/// # Errors
/// The place where it is.
pub(super) fn check_depth(text: &str, file: FileId) -> Result<(), Diagnostic> {
    let mut depth = 0usize;
    let mut too_deep = None;
    each_sign(text, &mut |place, sign| {
        match sign {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            too_deep = Some(place);
        }
        too_deep.is_none()
    });
    match too_deep {
        None => Ok(()),
        Some(place) => Err(Diagnostic::new(
            Code::TooDeep,
            format!("values are nested deeper than {DEEPEST} levels"),
        )
        .at(file, place..place + 1, "one level too deep")
        .help("nest less")),
    }
}

/// A problem that the parser found, at its place.
fn wrong(error: &serde_json::Error, text: &str, start: usize, file: FileId) -> Diagnostic {
    let code = match error.classify() {
        serde_json::error::Category::Data => Code::WrongType,
        _ => Code::Syntax,
    };
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let line: usize = lines.map(str::len).sum();
    let place = start + (line + error.column().saturating_sub(1)).min(text.len());
    // The parser says the place itself, counted in the part that it was given.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or("").to_owned();
    Diagnostic::new(code, clean(&message).text)
        .at(file, place..place + 1, "")
        .help("write numbers counted from 0, texts in quotation marks, and lists in brackets")
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or("");
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Visits brackets, braces and commas outside of strings, until told to stop.
fn each_sign(text: &str, visit: &mut impl FnMut(usize, u8) -> bool) {
    let mut is_string = false;
    let mut is_escaped = false;
    for (place, byte) in text.bytes().enumerate() {
        if is_string {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'"' => is_string = false,
                _ => {}
            }
        } else if byte == b'"' {
            is_string = true;
        } else if matches!(byte, b'[' | b']' | b'{' | b'}' | b',') && !visit(place, byte) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_where_they_stand() {
        let text = r#" [ {"a":[1,2],"b":"],["} , 7,{} ]"#;
        let found = elements(text, FileId(0)).unwrap();
        let parts: Vec<&str> = found.into_iter().map(|part| &text[part]).collect();
        assert_eq!(parts, [r#"{"a":[1,2],"b":"],["}"#, "7", "{}"]);
        assert!(elements("[ ]", FileId(0)).unwrap().is_empty());
    }

    #[test]
    fn text_that_is_no_array_or_too_deep_is_refused_with_its_place() {
        let wrong = elements("[1,\n 2,,3]", FileId(0)).unwrap_err();
        assert_eq!((wrong.code, wrong.labels[0].span.start), (Code::Syntax, 7));
        assert!(elements("{}", FileId(0)).is_err());
        let deep = "[".repeat(65) + &"]".repeat(65);
        let wrong = elements(&deep, FileId(0)).unwrap_err();
        assert_eq!(
            (wrong.code, wrong.labels[0].span.start),
            (Code::TooDeep, 64)
        );
        assert!(check_depth(&deep[1..129], FileId(0)).is_ok());
    }
}
