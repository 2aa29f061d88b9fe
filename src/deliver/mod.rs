//! Hands finished posts to the draft box of a WeChat account through its official
//! API: which articles make a draft, what is uploaded, what is already there. Stops
//! at the draft, for publishing is a person's word; reaches the network only through
//! a [`Transport`] and writes nothing itself.

mod api;
mod carry;
mod content;
mod form;
mod ledger;
mod plan;
mod post;
mod refusal;
mod request;
mod secret;
mod transport;

pub use api::{Account, Api, WAITS};
pub use carry::{Carried, Carrier, Fate, Outcome};
pub use ledger::Ledger;
pub use plan::{Gathering, MOST, Plan, Planned, gather};
pub use post::{Kind, Picture, Post};
pub use secret::Secret;
pub use transport::{Answer, Broken, Request, Transport};
