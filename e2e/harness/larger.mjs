// Plain JavaScript: bench/ reads it, too.
const TYPES_OF_FUNCTIONS = 3;
const CODE = 10;

/** The same module with all its functions so many times. Only the first of each is ever called, but engines and rewriters cannot know. */
export function larger(module, times) {
  const parts = [module.subarray(0, 8)];
  for (let at = 8; at < module.length; ) {
    const from = at;
    const id = module[at];
    const size = read(module, at + 1);
    const body = size.to;
    at = body + size.value;
    if (id !== TYPES_OF_FUNCTIONS && id !== CODE) {
      parts.push(module.subarray(from, at));
      continue;
    }
    const count = read(module, body);
    const entries = module.subarray(count.to, at);
    const head = number(count.value * times);
    parts.push(Uint8Array.from([id, ...number(head.length + entries.length * times), ...head]), ...Array(times).fill(entries));
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** An unsigned LEB128 number, and where it ends. */
function read(bytes, at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, to: at };
  }
}

function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}
