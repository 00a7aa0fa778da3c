//! Issue.
