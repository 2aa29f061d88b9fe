//! Imposition: which page lies where, what a sheet looks like, what becomes of a file.

mod booklet;
mod files;
mod folding;
mod judged;
mod leaves;
mod refused;
mod sheets;

use kanyin::diag::{Fault, Warned};
use kanyin::print::impose::{Creep, Imposed, Plan, Scheme, Sheet, Size, impose};

use self::leaves::Leaves;

const SADDLE: Scheme = Scheme::Saddle(None);

fn sheet(name: &str, width: f64, height: f64) -> Sheet {
    Sheet { name: name.to_owned(), size: Size { width, height } }
}

fn a3() -> Sheet {
    sheet("A3", 297.0, 420.0)
}

/// On A3, with the larger sheets known.
fn plan(scheme: Scheme) -> Plan {
    let known = vec![
        sheet("A2", 420.0, 594.0),
        a3(),
        sheet("RA3", 305.0, 430.0),
        sheet("SRA3", 320.0, 450.0),
    ];
    Plan { sheet: a3(), scheme, creep: Creep::Leaf(0.0), bleed: None, known }
}

/// Pages of 185 by 260 mm with 3 mm of bleed.
fn book(pages: usize) -> Leaves {
    Leaves { pages, ..Leaves::default() }
}

fn laid(leaves: &Leaves, plan: &Plan) -> Warned<Imposed> {
    impose(leaves.document(), plan).unwrap_or_else(|fault| panic!("{fault}"))
}

/// The codes and the values of what was found.
fn told(fault: &Fault) -> (&'static str, Vec<(&'static str, String)>) {
    (fault.findings[0].code.name(), fault.findings[0].args.clone())
}
