//! From a publication to its view.

use crate::layout::Look;
use crate::publication::Publication;

use super::View;

/// The view of a publication under a look.
pub fn build(publication: &Publication, look: &Look) -> View {
    let _ = (publication, look);
    unimplemented!()
}
