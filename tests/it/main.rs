//! One test binary: two cores link once.
