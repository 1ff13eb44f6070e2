//! What the macros stand on.
use crate::{kernel, Input, Output};
use std::sync::Once;

pub use kernel::Block;

static PANICS: Once = Once::new();

/// One call: the input goes in, the output or the error out. A panic is a trap, and says its words to the log before.
pub fn operation(run: impl FnOnce(&[u8], &mut dyn FnMut(Result<&[u8], &str>))) -> i32 {
    PANICS.call_once(|| std::panic::set_hook(Box::new(|panic| crate::log::error(panic.to_string()))));
    let mut failed = 0;
    run(&kernel::input(), &mut |shown| match shown {
        Ok(bytes) => kernel::output_set(kernel::block(bytes), bytes.len() as u64),
        Err(message) => {
            kernel::error_set(kernel::block(message.as_bytes()));
            failed = 1;
        }
    });
    failed
}

/// One call of a host function. Its argument's block is freed once there is a reply.
pub fn ask<T: for<'a> Input<'a>>(argument: &dyn Output, host: impl FnOnce(Block) -> Block) -> T {
    let mut block = 0;
    argument.show(&mut |shown| block = kernel::block(shown.unwrap_or_default()));
    let reply = host(block);
    kernel::free(block);
    T::read(&kernel::take(reply)).unwrap_or_else(|error| panic!("a host function replied, but {error}"))
}
