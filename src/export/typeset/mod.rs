//! Typst as a library: a desk with everything before it, the faces of a look, and
//! what it complains of. Pages and covers are both set here; what is set on them
//! is their own affair.

mod calls;
mod complaints;
mod desk;
mod marginals;
mod passes;
mod patience;
mod typefaces;
mod unmeasured;

pub(super) use calls::{Argument, Call};
pub(super) use complaints::{fault, warnings};
pub(super) use desk::{Desk, Files};
pub(super) use passes::Laid;
pub(super) use patience::compiled;
pub(super) use typefaces::{Typefaces, visible};
