//! The screens in a real pseudo-terminal. Each gate prints its figure, and one that cannot run says so by name.

mod fixture;
mod harness;
mod terminal;

/// Says what a gate came to. Shown with `cargo test -- --nocapture`, and by every gate that fails.
fn figure(gate: &str, text: &str) {
    println!("{gate}: {text}");
}

/// Says why a gate did not run.
fn skipped(gate: &str, why: &str) {
    println!("{gate}: SKIPPED, {why}");
}
