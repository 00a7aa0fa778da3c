//! The words that a line of the dialogue may begin with, once: what they take, what they do, and their help.

use crate::tui::command::Command;

/// A word that a line may begin with.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// What follows it: in capitals what is to be put in, in brackets what may be left out.
    pub takes: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    pub(super) act: Act,
}

/// What a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Search,
    More,
    Add,
    Remove,
    Basket,
    Answer,
    Why,
    Sources,
    Show,
    Without,
    Questions,
    /// Answers a question with yes, with no, or takes the answer back.
    Answered(Option<bool>),
    Say,
    /// Searches a thing for a command that opens a list of things.
    Pick(Command),
    Owned,
    Compare,
    Graph,
    Ways,
    Timeline,
    /// Gives a value to a command that asks for one.
    Enter(Command),
    Reading,
    Segment,
    /// Does a command that needs nothing else, and tells the basket and the answer.
    Change(Command),
    /// Prints what a command would copy.
    Print(Command),
    /// Reads exports, or tells what they came to.
    Audit,
    Findings,
    Finding,
    Holders,
    /// Puts what a finding asks into the basket.
    Try,
    Ignore,
    Write,
    Open,
    Messages,
    Help,
    Quit,
}

/// Declares the words, one a line.
macro_rules! words {
    ($($word:literal $takes:literal $act:expr, $help:literal;)+) => {
        /// Every word, in the order of the help.
        pub const WORDS: &[Word] = &[$(Word {
            word: $word,
            takes: $takes,
            help: $help,
            act: $act,
        },)+];
    };
}

use Act as A;
use Command as C;

words! {
    "search" "WORDS" A::Search, "search, also where the words begin with one of this list";
    "more" "" A::More, "the next matches";
    "add" "NUMBER or NAME" A::Add, "put a match into the basket";
    "remove" "NUMBER" A::Remove, "take a line out of the basket";
    "basket" "" A::Basket, "the basket, with the numbers of its lines";
    "answer" "" A::Answer, "the answer, with the numbers of its questions";
    "why" "[NUMBER]" A::Why, "the proof; with a number, one claim of it";
    "source" "[NUMBER]" A::Sources, "the sources; with a number, one of them";
    "show" "NAME or ID" A::Show, "one thing, claim, source or question whole";
    "without" "NUMBER or ID" A::Without, "answer as if a claim had never been made, or count it again";
    "questions" "" A::Questions, "what only you know, what the answer turns on first";
    "yes" "NUMBER" A::Answered(Some(true)), "answer a question with yes";
    "no" "NUMBER" A::Answered(Some(false)), "answer a question with no";
    "unknown" "NUMBER" A::Answered(None), "take the answer to a question back";
    "say" "NUMBER VALUE" A::Say, "answer a question with a date, a number or a word";
    "on" "DAY" A::Enter(C::On), "the day asked about, as 2020-03-02 or today";
    "known" "DAY" A::Enter(C::Known), "the day whose knowledge counts";
    "today" "" A::Change(C::Today), "both days are today again";
    "next" "" A::Change(C::NextChange), "the day of the next change of the answer";
    "previous" "" A::Change(C::PreviousChange), "the day of the change before";
    "timeline" "" A::Timeline, "how the answer changes over time";
    "held" "SKU" A::Pick(C::Hold), "a license that the account holds";
    "elsewhere" "SKU" A::Pick(C::HoldElsewhere), "a license on another account of the person";
    "owned" "SKU NUMBER" A::Owned, "how many seats of a license the tenant owns";
    "eligible" "" A::Change(C::Eligible), "roles are held as eligible, or active again";
    "people" "NUMBER" A::Enter(C::People), "how many people there are";
    "persona" "" A::Change(C::Persona), "add other people, with needs of their own";
    "others" "" A::Change(C::NextPersona), "ask about the next people of the basket";
    "name" "NAME" A::Enter(C::Rename), "name these people";
    "reading" "WORD" A::Reading, "how strictly to read: technical, documented, cautious";
    "segment" "WORD" A::Segment, "who buys: commercial, education, government, nonprofit";
    "currency" "CODE" A::Enter(C::Currency), "in which currency to pay, as EUR";
    "ways" "" A::Ways, "other ways to comply, with what more they cost";
    "compare" "SKU SKU" A::Compare, "licenses side by side; without any, those of before";
    "graph" "NAME" A::Graph, "what hangs together with a thing";
    "audit" "[PATHS or --demo]" A::Audit, "read the exports of a tenant; without any, what they came to";
    "findings" "[WORDS]" A::Findings, "what was found, with numbers; with words, those that have them";
    "finding" "NUMBER" A::Finding, "one finding whole";
    "holders" "" A::Holders, "person by person, the verdict on every role";
    "names" "" A::Change(C::Names), "show the names of people in the audit, or hide them";
    "sort" "" A::Change(C::Sort), "sort findings: gravity, verdict, person, role, kind";
    "try" "NUMBER" A::Try, "put what a finding asks into the basket";
    "ignore" "NUMBER REASON until DAY" A::Ignore, "leave a finding out; the end may be missing";
    "undo" "" A::Change(C::Undo), "undo the last change of the basket";
    "redo" "" A::Change(C::Redo), "do again what was undone";
    "new" "" A::Change(C::NewBasket), "begin with an empty basket";
    "save" "NAME" A::Enter(C::SaveBasket), "keep the basket under a name";
    "open" "[NAME]" A::Open, "open a basket that was kept; without a name, all of them";
    "command" "" A::Print(C::CopyCommand), "the command line that gives the same";
    "text" "" A::Print(C::CopyAnswer), "the whole answer, as licit ask prints it";
    "markdown" "" A::Print(C::CopyMarkdown), "the answer as Markdown, with its sources";
    "json" "" A::Print(C::CopyJson), "the answer as JSON";
    "write" "FILE" A::Write, "write the answer to a file: .txt, .md, .json; .toml for the basket";
    "messages" "" A::Messages, "what the program had to say";
    "help" "[WORD]" A::Help, "these words, or those with a word in them";
    "quit" "" A::Quit, "leave; the basket is kept";
}

impl Word {
    /// The word with what it takes: "add NUMBER or NAME".
    pub fn usage(&self) -> String {
        format!("{} {}", self.word, self.takes)
            .trim_end()
            .to_owned()
    }

    /// The word that a line begins with. The keys of the screens for help and for leaving stand for their words.
    pub(super) fn find(typed: &str) -> Option<&'static Self> {
        let typed = match typed {
            "?" => "help",
            "q" => "quit",
            typed => typed,
        };
        WORDS
            .iter()
            .find(|word| word.word.eq_ignore_ascii_case(typed))
    }
}

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn every_word_stands_there_once_and_is_one_word() {
        for (place, word) in WORDS.iter().enumerate() {
            let is_new = WORDS.iter().take(place).all(|one| one.word != word.word);
            assert!(is_new, "{}", word.word);
            assert!(word.word.chars().all(|letter| letter.is_ascii_lowercase()));
            assert!(
                !word.help.ends_with('.') && word.help.len() <= 70,
                "{}",
                word.word
            );
        }
    }
}
