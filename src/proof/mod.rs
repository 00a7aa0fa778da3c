//! Why: the reasons of an answer as data, an independent checker, and sentences.
//!
//! A [`Proof`] is a list of [`Step`]s, each resting on earlier ones, each saying who said so: a source through a claim,
//! or the asker. [`check`] accepts a proof only if every step follows and nothing that speaks was left out; it shares no
//! code with the room that reasons. [`Sentences`] turns steps into words.

mod check;
mod sentences;
mod step;
mod values;

pub use check::{
    ArgumentFault, BoundFault, Fault, SetFault, TenantFault, check, check_certificate,
    check_license_set, check_purchase, check_tenant, check_tenant_certificate,
};
pub use sentences::{
    aspect_words, because_words, edge_question, place_words, requirement_words, sentence,
    subject_name, unknown_question, why_out,
};
pub use step::{Assumption, Finding, Out, Proof, Range, Statement, Step, StepId, Unknown, Value};
pub use values::value_words;
