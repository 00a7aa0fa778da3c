//! The program: reads the clock and the environment, hands over to the command line.

fn main() {}
