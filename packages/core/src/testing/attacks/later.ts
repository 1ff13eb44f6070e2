import type { Later } from "./attack.ts";

const NETWORK = "waits for the network capability: until then a request goes to a host that is granted by its exact name, and the runtime's fetch does the rest";
const FILES = "waits for the file capability: no file can be opened until then";
const TRUST = "waits for signed distribution: a digest is all that is checked until then";
const SHARED = "shared memory is refused at load, and waits for plugins with threads";

/** What waits for a part that is not there. Listed so that none is forgotten, and never counted as survived. */
export const laterAttacks: readonly Later[] = [
  { name: "network: a redirect to another host, to http from https, to file: and data:", expected: "each hop is checked again", reason: NETWORK },
  { name: "network: a name that resolves to a private address, or to another one the second time", expected: "refused, or documented", reason: NETWORK },
  { name: "network: CRLF and NUL in headers, Host and Content-Length, cookies", expected: "refused", reason: NETWORK },
  { name: "network: a response that is a compression bomb", expected: "cut off while streaming", reason: NETWORK },
  { name: "network: a body that never ends", expected: "limit time", reason: NETWORK },
  { name: "network: a glob or regular expression bomb in an allow-list", expected: "linear matching", reason: NETWORK },
  { name: "files: .., absolute, encoded and NUL paths, drive letters, very long names", expected: "ENOTCAPABLE or EINVAL", reason: FILES },
  { name: "files: devices, FIFOs and /proc", expected: "regular files only", reason: FILES },
  { name: "memory: a guest's thread edits arguments after they were checked", expected: "copied once, then checked", reason: SHARED },
  { name: "trust: a signed manifest of another module or name", expected: "refused", reason: TRUST },
  { name: "trust: expired, not yet valid, a revoked issuer", expected: "refused, and audited", reason: TRUST },
  { name: "trust: an older signed version", expected: "refused", reason: TRUST },
  { name: "trust: archives with .., bombs, a million entries; layers that lie about type or size", expected: "refused while streaming", reason: TRUST },
];
