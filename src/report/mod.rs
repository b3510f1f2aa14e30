//! What a study says of itself in words: the page that is kept beside its tables, the methods paragraph and the ODD
//! description of its model, the works it rests on.
//!
//! Plain values in, text out; nothing is run and nothing is read here. The same values give the same bytes: no clock, no
//! host, no path.

mod account;
mod cases;
mod head;
mod page;
mod setting;
mod works;

pub use account::{Account, runs, sentence};
pub use cases::{Case, cases, levels};
pub use head::Head;
pub use page::{Check, Figure, Page, Sheet, html};
pub use works::{Work, known};
