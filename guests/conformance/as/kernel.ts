/** The imports of the ABI extism 1.x that these guests use. Offsets are into the host's kernel memory, never into ours. */
@external("extism:host/env", "input_length")
export declare function input_length(): u64;
@external("extism:host/env", "input_load_u8")
export declare function input_load_u8(at: u64): u8;
@external("extism:host/env", "input_load_u64")
export declare function input_load_u64(at: u64): u64;
@external("extism:host/env", "alloc")
export declare function alloc(n: u64): u64;
@external("extism:host/env", "length")
export declare function length(block: u64): u64;
@external("extism:host/env", "store_u8")
export declare function store_u8(at: u64, value: u8): void;
@external("extism:host/env", "store_u64")
export declare function store_u64(at: u64, value: u64): void;
@external("extism:host/env", "output_set")
export declare function output_set(block: u64, n: u64): void;
@external("extism:host/env", "error_set")
export declare function error_set(block: u64): void;
@external("extism:host/user", "reverse")
export declare function reverse(block: u64): u64;
