//! The keys of every table of the data format, declared once.
//!
//! `data/README.md` documents them for people; a test holds the two together.

/// The name of a table and the keys that it may have.
#[derive(Debug)]
pub struct Shape {
    /// How messages name the table, for example `[[area]]`.
    pub name: &'static str,
    /// Its keys, the most telling first.
    pub keys: &'static [&'static str],
}

impl Shape {
    /// The key that shows best what the table looks like.
    pub fn first_key(&self) -> &'static str {
        self.keys.first().copied().unwrap_or("")
    }
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $constant:ident = $name:literal { $($key:literal),* $(,)? })*) => {
        $($(#[$doc])* pub const $constant: Shape = Shape { name: $name, keys: &[$($key),*] };)*

        /// Every shape.
        pub const ALL: &[&Shape] = &[$(&$constant),*];
    };
}

/// Keys of every claim, and those of its kind.
macro_rules! claims {
    ($($constant:ident = $name:literal { $($key:literal),* $(,)? })*) => {
        shapes! {
            /// The top of `meta.toml`.
            META = "`meta.toml`" { "schema", "version", "reviewed", "accepted" }
            /// A warning that was looked at.
            ACCEPTED = "`[[accepted]]`" { "code", "id", "reason" }
            /// What short forms leave out.
            DEFAULTS = "`[defaults]`" { "source", "standing" }
            /// A product area.
            AREA = "`[[area]]`" { "id", "name" }
            /// A source.
            SOURCE = "`[[source]]`" { "id", "title", "url", "publisher", "kind", "published", "read", "note" }
            /// A feature.
            FEATURE = "`[[feature]]`" { "id", "name", "area", "default_task", "aliases", "names", "summary" }
            /// A task.
            TASK = "`[[task]]`" { "id", "name", "feature", "area", "aliases", "summary" }
            /// A role.
            ROLE = "`[[role]]`" {
                "id", "name", "authority", "template", "privileged", "aliases", "names", "summary", "core", "further",
            }
            /// A task that some holders of a role also do.
            FURTHER = "an item of `further`" { "task", "also" }
            /// A given.
            GIVEN = "`[[given]]`" { "id", "type", "values", "question", "summary" }
            /// A service plan.
            PLAN = "`[[plan]]`" { "id", "guid", "name", "aliases", "names" }
            /// A SKU.
            SKU = "`[[sku]]`" {
                "id", "guid", "name", "aliases", "names", "segment", "purchasable", "frontline", "carries",
            }
            /// What is known by hand about a SKU of the vendor's table.
            SKU_NOTE = "`[[sku-note]]`" {
                "id", "name", "aliases", "names", "segment", "purchasable", "frontline", "device", "carries",
            }
            /// What is known by hand about a plan of the vendor's table.
            PLAN_NOTE = "`[[plan-note]]`" { "id", "name", "aliases", "names" }
            /// A dated look at the vendor's table, by what changed since the look before.
            LOOK = "`[[look]]`" { "day", "added", "gone", "renamed", "gained", "lost", "note" }
            /// A SKU that a look shows under another name.
            LOOK_RENAMED = "an item of `renamed`" { "sku", "name" }
            /// Plans that a look shows in a SKU, or no longer shows.
            LOOK_PLANS = "an item of `gained` or `lost`" { "sku", "plan" }
            /// A former name, in short.
            NAMES = "an item of `names`" { "name", "from", "until", "source" }
            /// An inclusion, in short.
            CARRIES = "an item of `carries`" { "plan", "from", "until", "source" }
            /// When something holds.
            PERIOD = "a period" { "from", "until" }
            /// Who says so.
            EVIDENCE = "evidence" { "source", "says", "gone", "second_hand" }
            /// How seats are counted.
            COUNTED = "`counted`" { "per", "over", "each", "first" }
            /// One way, or all ways.
            COMBINED = "a combined requirement" { "any", "all" }
            /// A condition.
            CONDITION = "a condition" {
                "given", "is", "one-of", "before", "on-or-after", "at-least", "holds", "role", "all", "any", "not",
            }
            $(#[doc = concat!("A claim: ", $name, ".")]
            $constant = $name {
                "id", $($key,)* "when", "effective", "known", "standing", "supersedes", "replaces", "disputes", "note",
                "evidence",
            })*
        }
    };
}

claims! {
    REQUIREMENT = "`[[requirement]]`" {
        "task", "feature", "area", "everything", "aspect", "requires", "where", "at_least", "counted",
    }
    LIFECYCLE = "`[[lifecycle]]`" { "feature", "task", "state" }
    PERMISSION = "`[[permission]]`" { "task", "roles", "least" }
    INCLUSION = "`[[inclusion]]`" { "sku", "plan" }
    GRANT = "`[[grant]]`" { "feature", "by" }
    COVER = "`[[cover]]`" { "plan", "covers" }
    NAME = "`[[name]]`" { "of", "name" }
    PRICE = "`[[price]]`" { "sku", "amount", "currency", "market", "term", "verified" }
    PREREQUISITE = "`[[prerequisite]]`" { "sku", "requires" }
    EXCLUSION = "`[[exclusion]]`" { "plans" }
    LIMIT = "`[[limit]]`" { "task", "feature", "given", "skus", "at_most" }
    SALE = "`[[sale]]`" { "sku", "to" }
}
