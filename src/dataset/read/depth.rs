//! Counts nesting before anything is parsed.
//!
//! The parser bounds brackets and dotted keys each for itself; together they can still nest thousands of tables in each
//! other, more than the stack holds when they are dropped.

/// The place where values are first nested deeper than `limit`; `None` when they never are.
///
/// Points in keys count like brackets. A point in a number counts, too, which only makes the limit a little stricter.
pub(super) fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    // What each open bracket added, and the points since the last value began.
    let mut open: Vec<usize> = Vec::new();
    let mut depth = 0;
    let mut points = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'#' => at += line_end(bytes, at),
            b'"' | b'\'' => {
                at = skip_string(bytes, at);
                continue;
            }
            b'[' | b'{' => {
                open.push(points + 1);
                depth += points + 1;
                points = 0;
            }
            b']' | b'}' => {
                depth -= open.pop().unwrap_or(0);
                points = 0;
            }
            b'.' => points += 1,
            b',' => points = 0,
            b'\n' if open.is_empty() => points = 0,
            _ => {}
        }
        if depth + points > limit {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// How far it is from `at` to the last byte of the line.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at + 1..).unwrap_or_default();
    rest.iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(rest.len())
}

/// The place after the string that begins at `at`.
fn skip_string(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let quote = rest.first().copied().unwrap_or(b'"');
    let triple = rest.get(..3).is_some_and(|three| three == [quote; 3]);
    let width = if triple { 3 } else { 1 };
    let mut place = width;
    while let Some(byte) = rest.get(place) {
        match byte {
            b'\\' if quote == b'"' => place += 1,
            b'\n' if !triple => return at + place,
            _ if *byte == quote => {
                let ends = rest.get(place..place + width);
                if ends.is_some_and(|ends| ends.iter().all(|byte| *byte == quote)) {
                    return at + place + width;
                }
            }
            _ => {}
        }
        place += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn brackets_and_points_count_together() {
        assert_eq!(too_deep("x = [[[1]]]", 3), None);
        assert_eq!(too_deep("x = [[[[1]]]]", 3), Some(7));
        assert_eq!(too_deep("x = { a.b.c = 1 }", 3), None);
        assert_eq!(too_deep("x = { a.b.c = [1] }", 3), Some(14));
        assert_eq!(too_deep("a.b.c = 1\na.b.d = 1\n", 2), None);
        assert_eq!(too_deep("[[a.b]]\n[[a.b]]\n", 3), None);
    }

    #[test]
    fn strings_and_comments_do_not_count() {
        for text in [
            "x = \"[[[[\" # [[[[",
            "x = '[[[[' # [[[[",
            "x = \"\\\"[[[[\"",
            "x = \"\"\"\n[[[[\"\" [[[[\"\"\"",
            "x = '''\n[[[['' [[[['''",
            "# [[[[\n# [[[[",
        ] {
            assert_eq!(too_deep(text, 3), None, "{text}");
        }
        assert!(too_deep("x = \"a\n[[[[", 3).is_some());
    }
}
