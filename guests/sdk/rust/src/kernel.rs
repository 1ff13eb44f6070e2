//! The carrier: blocks in the memory of the host's kernel, which a plugin reaches eight bytes at a time.
//!
//! ```text
//! "hello" to the host:  alloc(5) = 32;  store_u8(32, 'h') … store_u8(36, 'o')
//! 11 bytes from there:  load_u64(32), then load_u8(40), load_u8(41), load_u8(42)
//! ```

/// The offset of a block; 0 is none, and holds no bytes.
pub type Block = u64;

/// What the host answers. Elsewhere than in a plugin there is none, and only a test would ask.
macro_rules! imports {
    ($(fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        #[cfg(target_arch = "wasm32")]
        mod imported {
            use super::Block;
            #[link(wasm_import_module = "extism:host/env")]
            extern "C" {
                $(pub fn $name($($argument: $type),*) $(-> $result)?;)*
            }
        }
        $(
            #[cfg(target_arch = "wasm32")]
            pub fn $name($($argument: $type),*) $(-> $result)? {
                // Safe for any argument: the kernel checks each offset, and none is an address of ours.
                unsafe { imported::$name($($argument),*) }
            }
            #[cfg(not(target_arch = "wasm32"))]
            pub fn $name($(_: $type),*) $(-> $result)? {
                panic!("a plugin's host is not there when the plugin is no plugin")
            }
        )*
    };
}

imports! {
    fn input_length() -> u64;
    fn input_load_u8(at: u64) -> u8;
    fn input_load_u64(at: u64) -> u64;
    fn output_set(block: Block, n: u64);
    fn error_set(block: Block);
    fn alloc(n: u64) -> Block;
    fn free(block: Block);
    fn length(block: Block) -> u64;
    fn load_u8(at: u64) -> u8;
    fn load_u64(at: u64) -> u64;
    fn store_u8(at: u64, value: u8);
    fn store_u64(at: u64, value: u64);
    fn config_get(key: Block) -> Block;
    fn log_trace(text: Block);
    fn log_debug(text: Block);
    fn log_info(text: Block);
    fn log_warn(text: Block);
    fn log_error(text: Block);
}

/// A new block with these bytes.
pub fn block(bytes: &[u8]) -> Block {
    let block = alloc(bytes.len() as u64);
    let mut at = block;
    let eights = bytes.chunks_exact(8);
    let rest = eights.remainder();
    for eight in eights {
        let mut value = [0; 8];
        value.copy_from_slice(eight);
        store_u64(at, u64::from_le_bytes(value));
        at += 8;
    }
    for &byte in rest {
        store_u8(at, byte);
        at += 1;
    }
    block
}

/// The bytes of a block, which is freed.
pub fn take(block: Block) -> Vec<u8> {
    let bytes = read(length(block), |at| load_u64(block + at), |at| load_u8(block + at));
    free(block);
    bytes
}

pub fn input() -> Vec<u8> {
    read(input_length(), input_load_u64, input_load_u8)
}

fn read(n: u64, eight: impl Fn(u64) -> u64, one: impl Fn(u64) -> u8) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(n as usize);
    let mut at = 0;
    while n - at >= 8 {
        bytes.extend_from_slice(&eight(at).to_le_bytes());
        at += 8;
    }
    while at < n {
        bytes.push(one(at));
        at += 1;
    }
    bytes
}
