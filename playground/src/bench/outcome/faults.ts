import type { Code, Fault } from "@isopod/browser";

/** Whose move it is, to a person. */
export const WHOSE: Readonly<Record<Fault, string>> = {
  user: "It is the caller’s to mend.",
  plugin: "It is the plugin’s doing.",
  system: "Neither you nor the plugin did this: it is the runtime’s.",
};

/** What each code says, and what to do about it. */
export const FAULTS: Readonly<Record<Code, readonly [title: string, advice: string]>> = {
  invalid_option: ["An option is not what it must be", "The sentence says what it must be instead."],
  bad_source: ["The plugin could not be read", "Look whether the address or the file is there."],
  integrity: ["These are not the bytes that were promised", "Fetch the plugin again, or pin the digest of the new one."],
  bad_module: ["This is no WebAssembly that could be read", "Look whether the file is a .wasm, all of it: text, a gzipped file and half a download are not."],
  unsupported: ["This is real, but does not run here", "The sentence says what to build or call instead."],
  abi_unknown: ["It follows no ABI that is known here", "Export functions on numbers, or memory with malloc and fn(pointer, length) -> i64; or build it with the kit of Extism or waPC."],
  abi_ambiguous: ["It looks like two ABIs at once", "Say which it is: load(bytes, { abi: \"…\" })."],
  missing_import: ["It asks for what nobody lends it", "Give it these functions: load(bytes, { functions: { env: { name: (bytes) => … } } }). Or build it without them."],
  bad_signature: ["An export has the wrong shape for its ABI", "Compare its exports, below, with what the ABI wants."],
  missing_export: ["It has no operation of that name", "Choose one that it exports; they are listed below."],
  bad_input: ["This input cannot be handed to it", "The sentence says what it takes: numbers for plain, bytes for all others."],
  limit: ["It used more than it may", "The details say which of limits, how much was used, and the cap. Raise it at load, or give the plugin less to do."],
  overloaded: ["Too many calls wait", "Try again in a moment, or raise limits.concurrency and limits.queue."],
  aborted: ["It did not return in time", "Look for a loop that never ends. A call that may hang wants a signal: call(op, input, { signal: AbortSignal.timeout(50) })."],
  disposed: ["The plugin was put away during the call", "Load it again."],
  output_too_small: ["The answer does not fit", "Give a larger buffer; error.details.needed says how large."],
  guest_error: ["It says no itself", "This is the plugin’s own error, in its own words: nothing broke."],
  trap: ["It broke off", "Look for unreachable code, a failed assertion, a division by zero or an index beyond an array. The stack, below, names the function."],
  exit: ["It asked to end the process", "A plugin must return; only commands exit."],
  out_of_bounds: ["It named memory that it does not have", "Look at the pointer and length that it returns: pointer << 32 | length, both in bytes."],
  invalid_utf8: ["Its answer is no text", "Ask for bytes, or look at them as hex."],
  invalid_json: ["Its answer is no JSON", "Ask for text to see what it says."],
  denied: ["It used what it was not granted", "Grant it: load(bytes, { grants: { http: { hosts: […] } } }). Or do not."],
  host_function: ["A function that it was lent has failed", "Look at the cause: it is your own code’s."],
  worker_lost: ["The worker died under it", "Call again: another one takes its place. Often it is memory that ran out."],
  protocol: ["Page and worker are of two versions", "Build both anew, from one version of the package."],
  internal: ["Something broke that is ours", "Please report it, with the cause below."],
};
