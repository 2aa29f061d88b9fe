//! A picture without a caption.

use crate::article::Block;
use crate::check::subject::{Rule, Subject};
use crate::diag::{Code, Finding};

const CODE: Code = Code::new("caption-missing");
pub(super) const RULE: Rule = Rule { code: CODE, look };

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (place, block) in &subject.blocks {
        let Block::Figure(figure) = block else { continue };
        // Empty descriptions on all pictures say: decoration, which needs no caption.
        let decoration = figure.images.iter().all(|i| i.alt.as_deref() == Some(""));
        if let (true, false, Some(first)) =
            (figure.caption.is_empty(), decoration, figure.images.first())
        {
            out.push(
                Finding::note(CODE)
                    .arg("name", &first.name)
                    .excerpt(&first.name)
                    .place(place.clone()),
            );
        }
    }
    out
}
