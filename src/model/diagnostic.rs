//! What is wrong with a file, as data.
//!
//! Every problem has a stable [`Code`]; the words, the place and the help are carried along, and rendering is somebody
//! else's work. A code is declared once here; its description serves the documentation and a test demands a bad file
//! for each.

use super::words::words;

/// A file in a source map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self {
            start: range.start,
            end: range.end,
        }
    }
}

/// A place in a file with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The file.
    pub file: FileId,
    /// The place.
    pub span: Span,
    /// What there is to say; may be empty.
    pub message: String,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Which problem.
    pub code: Code,
    /// What is wrong, in one line.
    pub title: String,
    /// Where; the first is the main place. Empty for problems without a place.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// Id of the record concerned, by which a warning can be accepted.
    pub subject: Option<String>,
}

impl Diagnostic {
    /// A problem without a place yet.
    pub fn new(code: Code, title: impl Into<String>) -> Self {
        Self {
            code,
            title: title.into(),
            labels: Vec::new(),
            help: None,
            subject: None,
        }
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, file: FileId, span: impl Into<Span>, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            file,
            span: span.into(),
            message: message.into(),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the record concerned.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Error or warning, by its code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

words! {
    /// How bad a problem is.
    Severity {
        /// The data cannot be used.
        Error = "error",
        /// The data can be used; somebody should look.
        Warning = "warning",
    }
}

words! {
    /// Every problem that licit reports about a data file, by its stable code.
    Code {
        /// A file or folder cannot be read.
        UnreadableFile = "unreadable-file",
        /// A file is larger than the limit of 64 MiB.
        FileTooLarge = "file-too-large",
        /// Values are nested deeper than the limit of 64.
        TooDeep = "too-deep",
        /// The text is not TOML.
        Syntax = "syntax",
        /// A table has a name that the format does not know.
        UnknownTable = "unknown-table",
        /// A record has a key that the format does not know.
        UnknownKey = "unknown-key",
        /// A record lacks a key that it must have.
        MissingKey = "missing-key",
        /// A value has the wrong type or form.
        WrongType = "wrong-type",
        /// A word is none of the words allowed.
        UnknownWord = "unknown-word",
        /// A date is none of the forms allowed.
        BadDate = "bad-date",
        /// An id has characters that ids may not have.
        BadId = "bad-id",
        /// A GUID is not a GUID.
        BadGuid = "bad-guid",
        /// An amount or a currency is not one.
        BadMoney = "bad-money",
        /// An address is not http or https, or hides its host.
        BadUrl = "bad-url",
        /// A text that must say something is empty.
        EmptyText = "empty-text",
        /// A text holds control, bidirectional or invisible characters.
        UncleanText = "unclean-text",
        /// Two records of a kind have one id, or two things one GUID.
        DuplicateId = "duplicate-id",
        /// An id names nothing.
        UnknownId = "unknown-id",
        /// A period ends before it begins, or on that day.
        ReversedDates = "reversed-dates",
        /// A claim names no source.
        NoEvidence = "no-evidence",
        /// A claim has no date and none of its sources has one.
        NoDate = "no-date",
        /// Keys of a record do not fit together.
        BadClaim = "bad-claim",
        /// A comparison or a count does not fit the type of its given.
        BadCondition = "bad-condition",
        /// A relation between claims that cannot be meant.
        BadRelation = "bad-relation",
        /// Relations between claims, covers or prerequisites run in a circle.
        Cycle = "cycle",
        /// Two claims disagree and nobody declared it.
        UndeclaredContradiction = "undeclared-contradiction",
        /// The data was written for another version of the format, or does not say for which.
        WrongSchema = "wrong-schema",
        /// No scenario names the claim.
        NoScenario = "no-scenario",
        /// A claim rests only on sources of little authority and does not say so by its standing.
        WeakSource = "weak-source",
        /// A source was last read more than a year before the data was reviewed.
        StaleSource = "stale-source",
        /// A source is cited by no claim.
        UnusedSource = "unused-source",
        /// A feature or task is mentioned by no claim.
        UnusedSubject = "unused-subject",
        /// A requirement asks for a feature that no SKU grants.
        UngrantedFeature = "ungranted-feature",
        /// A requirement names a plan that no SKU with a price provides.
        NoPrice = "no-price",
        /// Two features or two tasks have nearly the same name.
        NearName = "near-name",
        /// A rule begins on the very day of the only pages that state it.
        SharpDate = "sharp-date",
        /// An accepted warning does not occur.
        UnusedAcceptance = "unused-acceptance",
    }
}

impl Code {
    /// Error or warning.
    pub fn severity(self) -> Severity {
        match self {
            Self::NoScenario
            | Self::WeakSource
            | Self::StaleSource
            | Self::UnusedSource
            | Self::UnusedSubject
            | Self::UngrantedFeature
            | Self::NoPrice
            | Self::NearName
            | Self::SharpDate
            | Self::UnusedAcceptance => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
