//! The license-set engine against proven answers, brute force and an independent integer program.

mod brute;
mod certificates;
mod generate;
mod instances;
mod peer;
mod properties;
mod tenants;
