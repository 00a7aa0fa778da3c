//! The import of the vendor's table: every quirk of its public copies, what is made of several of them, and what is
//! written. The tables here are made up; `the_copies_give_the_catalog` runs where the true ones are.

mod command;
mod copies;
mod history;

use crate::small::small;
use licit::dataset::KnowledgeBase;
use licit::dataset::catalog::{Changes, Extent, Import, TableCopy, import, read_copy};
use licit::model::Day;
use std::path::Path;

const FOLDER: &str = "tests/data/catalog";
const HEAD: &str = "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,\
     Service_Plans_Included_Friendly_Names";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn sku_guid(number: usize) -> String {
    format!("00000001-0000-4000-8000-{number:012}")
}

fn plan_guid(number: usize) -> String {
    format!("00000002-0000-4000-8000-{number:012}")
}

fn whole(copies: &[TableCopy], known: &[Changes]) -> Import {
    let nothing = KnowledgeBase::empty(small().meta);
    let today = day("2026-11-22");
    import(copies.to_vec(), known, &nothing, Extent::Whole, today).unwrap()
}

fn pair() -> Vec<TableCopy> {
    [
        ("plans-2025-03-16.csv", "2025-03-16"),
        ("new.csv", "2026-08-20"),
    ]
    .map(|(file, on)| read_copy(&Path::new(FOLDER).join(file), file, day(on)).unwrap())
    .to_vec()
}
