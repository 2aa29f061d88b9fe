//! How long work tells where it stands, without knowing who listens.

/// Listens to long work. The command line draws bars from it; tests and other
/// programs may stay [`Silent`].
pub trait Progress: Sync {
    /// A stage of `total` steps begins. `code` names it in the message catalogue.
    fn begin(&self, code: super::Code, total: usize);
    /// One more step of the current stage is done.
    fn step(&self);
    /// The current stage is over.
    fn end(&self);
}

/// Listens to nothing.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: super::Code, _: usize) {}
    fn step(&self) {}
    fn end(&self) {}
}
