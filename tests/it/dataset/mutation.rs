//! Whatever a file holds, loading and reporting come to an end and say something.

use super::repository;
use licit::dataset::{SourceMap, load, report};

/// A repeatable sequence of numbers that look random.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn a_changed_byte_never_stops_the_program() {
    let (sources, _) = SourceMap::from_dir(&repository("tests/data/good"));
    let texts: Vec<(&str, &str)> = sources
        .files()
        .map(|file| (sources.relative_path(file), sources.text(file)))
        .collect();
    let mut numbers = Numbers(1);
    let mut refused = 0;
    for turn in 0..3_000 {
        let (path, text) = texts[turn % texts.len()];
        let mut bytes = text.as_bytes().to_vec();
        let place = numbers.below(bytes.len());
        const TELLING: &[u8] = b"\"'[]{}=,.#\\\n\r\t -_:09azAZ\0\x1b\x7f\xc3\xff";
        bytes[place] = TELLING[numbers.below(TELLING.len())];
        let changed = String::from_utf8_lossy(&bytes).into_owned();
        // The file alone is quick and meets the reader; all files together meet the validation as well.
        let files: Vec<(&str, &str)> = if turn % 8 < texts.len() {
            let others = texts.iter().filter(|(other, _)| *other != path).copied();
            others.chain([(path, changed.as_str())]).collect()
        } else {
            vec![(path, &changed)]
        };
        let loaded = load(SourceMap::from_texts(files), None);
        assert_eq!(loaded.knowledge.is_none(), loaded.has_errors());
        let said = report(&loaded.sources, &loaded.problems, false);
        assert_eq!(said.is_empty(), loaded.problems.is_empty());
        refused += usize::from(loaded.has_errors());
    }
    // Most changes hit an id, a date or a bracket; some only a letter of a text.
    assert!((1_000..3_000).contains(&refused), "{refused}");
}

#[test]
fn nesting_is_refused_before_it_is_parsed() {
    let dotted = ["a"; 79].join(".");
    let deep = format!(
        "x = {}1{}\n",
        format!("{{{dotted}=").repeat(78),
        "}".repeat(78)
    );
    for text in [
        deep,
        format!("x = {}", "[".repeat(100_000)),
        format!("{} = 1", vec!["a"; 100_000].join(".")),
        format!("[{}]", vec!["a"; 100_000].join(".")),
    ] {
        let loaded = load(SourceMap::from_texts([("deep.toml", text)]), None);
        let said = report(&loaded.sources, &loaded.problems, false);
        assert!(said.contains("error[too-deep]"), "{}", said.len());
    }
}
