//! The terminal UI, driven without a terminal.

pub(crate) mod drive;

use drive::Drive;

#[test]
fn look() {
    for (w, h) in [(120, 40), (80, 24), (40, 12)] {
        let mut d = Drive::new(w, h);
        println!("{}", d.text());
        d.write("intune adm");
        println!("{}", d.text());
        d.press("Enter");
        println!("{}", d.text());
        d.press("Tab Tab w");
        println!("{}", d.text());
        d.press("3");
        println!("{}", d.text());
        d.press("y");
        println!("{}", d.text());
        d.press("Esc ?");
        println!("{}", d.text());
        d.press("Esc 6");
        println!("{}", d.text());
    }
}
