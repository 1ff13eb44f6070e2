/** The imports of the ABI wapc that this guest uses. */
@external("wapc", "__guest_request")
export declare function guestRequest(operation: usize, payload: usize): void;
@external("wapc", "__guest_response")
export declare function guestResponse(at: usize, n: usize): void;
@external("wapc", "__guest_error")
export declare function guestError(at: usize, n: usize): void;
@external("wapc", "__host_call")
export declare function hostCall(binding: usize, b: usize, space: usize, s: usize, operation: usize, o: usize, payload: usize, p: usize): bool;
@external("wapc", "__host_response_len")
export declare function hostResponseLength(): usize;
@external("wapc", "__host_response")
export declare function hostResponse(at: usize): void;
@external("wapc", "__host_error_len")
export declare function hostErrorLength(): usize;
@external("wapc", "__host_error")
export declare function hostError(at: usize): void;
