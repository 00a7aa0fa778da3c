//! Reads Rust source as far as the house rules need: tokens without comments, paths with their groups taken apart, and
//! what is built for tests only left out.

/// A piece of Rust source; comments are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Text(String),
    PathSeparator,
    Sign(char),
}

/// Parts source into tokens. It knows as much of the language as the rules need: comments, texts of every kind,
/// characters and lifetimes.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if rest.starts_with("::") {
            found.push(Token::PathSeparator);
            2
        } else if let Some(length) = raw_text(rest).or_else(|| text(rest)) {
            found.push(Token::Text(rest[..length].to_owned()));
            length
        } else if first == '\'' {
            character_or_lifetime(rest)
        } else if first.is_alphanumeric() || first == '_' {
            let word: String = rest
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect();
            let length = word.len();
            found.push(Token::Word(word));
            length
        } else {
            if !first.is_whitespace() {
                found.push(Token::Sign(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    found
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut place = 0;
    while place < rest.len() {
        if rest[place..].starts_with("/*") {
            depth += 1;
            place += 2;
        } else if rest[place..].starts_with("*/") {
            depth -= 1;
            place += 2;
            if depth == 0 {
                break;
            }
        } else {
            place += rest[place..].chars().next().map_or(1, char::len_utf8);
        }
    }
    place
}

fn raw_text(rest: &str) -> Option<usize> {
    let start = rest.strip_prefix("br").or(rest.strip_prefix('r'))?;
    let hashes = start.len() - start.trim_start_matches('#').len();
    let inside = start[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = inside.find(&end)? + end.len();
    Some(rest.len() - inside.len() + length)
}

fn text(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("b\"").or(rest.strip_prefix('"'))?;
    let mut escaped = false;
    for (place, letter) in inside.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(rest.len() - inside.len() + place + 1),
            _ => {}
        }
    }
    None
}

fn character_or_lifetime(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        // What is escaped may be a quote itself, so the end is looked for behind it.
        (Some((_, '\\')), Some((escaped, _))) => rest[escaped + 1..]
            .find('\'')
            .map_or(rest.len(), |end| escaped + 1 + end + 1),
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

/// The tokens without what is built for tests only, and the names of modules that are.
pub(super) fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let sign = |place: usize, wanted: char| tokens.get(place) == Some(&Token::Sign(wanted));
    let word = |place: usize, wanted: &str| tokens.get(place) == Some(&Token::Word(wanted.into()));
    let mut kept = Vec::new();
    let mut modules = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        let is_test = sign(place, '#')
            && sign(place + 1, '[')
            && word(place + 2, "cfg")
            && sign(place + 3, '(')
            && word(place + 4, "test")
            && sign(place + 5, ')');
        if !is_test {
            kept.push(tokens[place].clone());
            place += 1;
            continue;
        }
        let start = place;
        let mut depth = 0;
        while let Some(token) = tokens.get(place) {
            place += 1;
            match token {
                Token::Sign('{') => depth += 1,
                Token::Sign('}') if depth == 1 => break,
                Token::Sign('}') => depth -= 1,
                Token::Sign(';') if depth == 0 => break,
                _ => {}
            }
        }
        let is_file = tokens[start..place].last() == Some(&Token::Sign(';'));
        let mut words = tokens[start..place].iter();
        if is_file && words.any(|token| *token == Token::Word("mod".into())) {
            modules.extend(words.find_map(|token| match token {
                Token::Word(name) => Some(name.clone()),
                _ => None,
            }));
        }
    }
    (kept, modules)
}

/// Every path with more than one part, groups of `use` taken apart: `use a::{b, c::d}` gives `a::b` and `a::c::d`.
fn paths(tokens: &[Token]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        let begins = matches!(tokens[place], Token::Word(_))
            && tokens.get(place + 1) == Some(&Token::PathSeparator)
            && (place == 0 || tokens[place - 1] != Token::PathSeparator);
        if begins {
            place = path(tokens, place, &[], &mut found);
        } else {
            place += 1;
        }
    }
    found
}

/// Reads one path, or one item of a group, and returns the place after it.
fn path(
    tokens: &[Token],
    mut place: usize,
    before: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut parts = before.to_vec();
    while let Some(Token::Word(part)) = tokens.get(place) {
        parts.push(part.clone());
        place += 1;
        if tokens.get(place) != Some(&Token::PathSeparator) {
            break;
        }
        place += 1;
    }
    if tokens.get(place) != Some(&Token::Sign('{'))
        || tokens.get(place.wrapping_sub(1)) != Some(&Token::PathSeparator)
    {
        found.push(parts);
        return place;
    }
    place += 1;
    while let Some(token) = tokens.get(place) {
        match token {
            Token::Sign('}') => return place + 1,
            Token::Word(_) => place = path(tokens, place, &parts, found),
            _ => place += 1,
        }
    }
    place
}

/// One Rust file, by its path in the repository.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
    /// Without comments and without what is built for tests only.
    pub(super) tokens: Vec<Token>,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            tokens: without_tests(&tokens(text)).0,
        }
    }

    /// The paths mentioned, those with `super` written from the root of the crate.
    pub(super) fn paths(&self) -> Vec<Vec<String>> {
        let mut module: Vec<String> = vec!["crate".to_owned()];
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let inner = inner.trim_end_matches("/mod");
        module.extend(inner.split('/').map(str::to_owned));
        let absolute = |path: Vec<String>| {
            let hops = path.iter().take_while(|part| *part == "super").count();
            if hops == 0 {
                return path;
            }
            // A module inside the file is one level further down; then this reads one level too high at most, which
            // can only be too strict.
            let stays = module.len().saturating_sub(hops).max(1);
            [&module[..stays], &path[hops..]].concat()
        };
        paths(&self.tokens).into_iter().map(absolute).collect()
    }

    pub(super) fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }
}
