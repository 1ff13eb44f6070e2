//! Plugins in Rust, without an ABI. README.md beside `src` shows one.
//!
//! ```
//! isopod::plugin! {
//!     pub fn shout(text: &str) -> String {
//!         text.to_uppercase()
//!     }
//! }
//! assert_eq!(shout("hello"), "HELLO");
//! ```

mod crossing;
mod host;
mod kernel;
mod macros;

pub use crossing::{Input, Output};
pub use host::{config, log};

#[doc(hidden)]
pub mod carrier;
