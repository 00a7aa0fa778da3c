//! The facade: a question in, an answer with its proof out.
//!
//! Both faces of the program, the command line and the terminal UI, ask here and nowhere else. In debug builds every
//! answer goes through the independent checker before it is handed out.

mod instance;

pub use instance::solve;

use crate::dataset::{KnowledgeBase, from_bytes};
use crate::model::{Answer, Question};
use crate::proof::Proof;

/// The compact form of `data/`, written by the build script.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/licit.data"));

/// The knowledge base that the program was built with. Its text is borrowed from the binary.
///
/// # Errors
/// When the compact form cannot be read, which means that the program itself is damaged.
pub fn built_in() -> Result<KnowledgeBase, String> {
    from_bytes(BUILT_IN).map_err(|error| format!("the built-in data cannot be read: {error}"))
}

/// Answers a question.
///
/// ```
/// use licit::model::{Asked, Currency, Day, Question, Reading, Segment, Verdict};
///
/// let kb = licit::ask::built_in().unwrap();
/// let task = kb.tasks.find("pim.hold-eligible-assignment").unwrap();
/// let day = Day::parse("2026-11-22").unwrap();
/// let question = Question {
///     subjects: vec![Asked::Task(task)],
///     eligible: false,
///     on: day,
///     known: day,
///     givens: Default::default(),
///     held: Vec::new(),
///     held_elsewhere: Vec::new(),
///     owned: Default::default(),
///     reading: Reading::Documented,
///     segment: Segment::Commercial,
///     currency: Currency::parse("USD").unwrap(),
/// };
/// let (answer, proof) = licit::ask::ask(&kb, &question);
/// assert_eq!(answer.verdict, Verdict::Required);
/// assert!(licit::proof::check(&kb, &answer, &proof).is_ok());
/// ```
pub fn ask(kb: &KnowledgeBase, question: &Question) -> (Answer, Proof) {
    let (answer, proof) = crate::reason::answer(kb, question);
    debug_assert_eq!(
        crate::proof::check(kb, &answer, &proof),
        Ok(()),
        "the proof of an answer does not hold"
    );
    (answer, proof)
}
