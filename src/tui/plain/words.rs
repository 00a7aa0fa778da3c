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
    Write,
    Open,
    Messages,
    Help,
    Quit,
}

/// Every word, in the order of the help.
pub const WORDS: &[Word] = {
    const fn word(word: &'static str, takes: &'static str, help: &'static str, act: Act) -> Word {
        Word {
            word,
            takes,
            help,
            act,
        }
    }
    use Act as A;
    use Command as C;
    &[
        word(
            "search",
            "WORDS",
            "search, also where the words begin with one of this list",
            A::Search,
        ),
        word("more", "", "the next matches", A::More),
        word(
            "add",
            "NUMBER or NAME",
            "put a match into the basket",
            A::Add,
        ),
        word(
            "remove",
            "NUMBER",
            "take a line out of the basket",
            A::Remove,
        ),
        word(
            "basket",
            "",
            "the basket, with the numbers of its lines",
            A::Basket,
        ),
        word(
            "answer",
            "",
            "the answer, with the numbers of its questions",
            A::Answer,
        ),
        word(
            "why",
            "[NUMBER]",
            "the proof; with a number, one claim of it",
            A::Why,
        ),
        word(
            "source",
            "[NUMBER]",
            "the sources; with a number, one of them",
            A::Sources,
        ),
        word(
            "show",
            "NAME or ID",
            "one thing, claim, source or question whole",
            A::Show,
        ),
        word(
            "without",
            "NUMBER or ID",
            "answer as if a claim had never been made, or count it again",
            A::Without,
        ),
        word(
            "questions",
            "",
            "what only you know, what the answer turns on first",
            A::Questions,
        ),
        word(
            "yes",
            "NUMBER",
            "answer a question with yes",
            A::Answered(Some(true)),
        ),
        word(
            "no",
            "NUMBER",
            "answer a question with no",
            A::Answered(Some(false)),
        ),
        word(
            "unknown",
            "NUMBER",
            "take the answer to a question back",
            A::Answered(None),
        ),
        word(
            "say",
            "NUMBER VALUE",
            "answer a question with a date, a number or a word",
            A::Say,
        ),
        word(
            "on",
            "DAY",
            "the day asked about, as 2020-03-02 or today",
            A::Enter(C::On),
        ),
        word(
            "known",
            "DAY",
            "the day whose knowledge counts",
            A::Enter(C::Known),
        ),
        word(
            "today",
            "",
            "both days are today again",
            A::Change(C::Today),
        ),
        word(
            "next",
            "",
            "the day of the next change of the answer",
            A::Change(C::NextChange),
        ),
        word(
            "previous",
            "",
            "the day of the change before",
            A::Change(C::PreviousChange),
        ),
        word(
            "timeline",
            "",
            "how the answer changes over time",
            A::Timeline,
        ),
        word(
            "held",
            "SKU",
            "a license that the account holds",
            A::Pick(C::Hold),
        ),
        word(
            "elsewhere",
            "SKU",
            "a license on another account of the person",
            A::Pick(C::HoldElsewhere),
        ),
        word(
            "owned",
            "SKU NUMBER",
            "how many seats of a license the tenant owns",
            A::Owned,
        ),
        word(
            "eligible",
            "",
            "roles are held as eligible, or active again",
            A::Change(C::Eligible),
        ),
        word(
            "people",
            "NUMBER",
            "how many people there are",
            A::Enter(C::People),
        ),
        word(
            "persona",
            "",
            "add other people, with needs of their own",
            A::Change(C::Persona),
        ),
        word(
            "others",
            "",
            "ask about the next people of the basket",
            A::Change(C::NextPersona),
        ),
        word("name", "NAME", "name these people", A::Enter(C::Rename)),
        word(
            "reading",
            "WORD",
            "how strictly to read: technical, documented, cautious",
            A::Reading,
        ),
        word(
            "segment",
            "WORD",
            "who buys: commercial, education, government, nonprofit",
            A::Segment,
        ),
        word(
            "currency",
            "CODE",
            "in which currency to pay, as EUR",
            A::Enter(C::Currency),
        ),
        word(
            "ways",
            "",
            "other ways to comply, with what more they cost",
            A::Ways,
        ),
        word(
            "compare",
            "SKU SKU",
            "licenses side by side; without any, those of before",
            A::Compare,
        ),
        word(
            "graph",
            "NAME",
            "what hangs together with a thing",
            A::Graph,
        ),
        word(
            "undo",
            "",
            "undo the last change of the basket",
            A::Change(C::Undo),
        ),
        word("redo", "", "do again what was undone", A::Change(C::Redo)),
        word(
            "new",
            "",
            "begin with an empty basket",
            A::Change(C::NewBasket),
        ),
        word(
            "save",
            "NAME",
            "keep the basket under a name",
            A::Enter(C::SaveBasket),
        ),
        word(
            "open",
            "[NAME]",
            "open a basket that was kept; without a name, all of them",
            A::Open,
        ),
        word(
            "command",
            "",
            "the command line that gives the same",
            A::Print(C::CopyCommand),
        ),
        word(
            "text",
            "",
            "the whole answer, as licit ask prints it",
            A::Print(C::CopyAnswer),
        ),
        word(
            "markdown",
            "",
            "the answer as Markdown, with its sources",
            A::Print(C::CopyMarkdown),
        ),
        word("json", "", "the answer as JSON", A::Print(C::CopyJson)),
        word(
            "write",
            "FILE",
            "write the answer to a file: .txt, .md, .json; .toml for the basket",
            A::Write,
        ),
        word("messages", "", "what the program had to say", A::Messages),
        word(
            "help",
            "[WORD]",
            "these words, or those with a word in them",
            A::Help,
        ),
        word("quit", "", "leave; the basket is kept", A::Quit),
    ]
};

impl Word {
    /// The word with what it takes: "add NUMBER or NAME".
    pub fn usage(&self) -> String {
        format!("{} {}", self.word, self.takes)
            .trim_end()
            .to_owned()
    }

    /// The word that a line begins with.
    pub(super) fn find(typed: &str) -> Option<&'static Self> {
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
