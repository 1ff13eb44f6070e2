import { MAX_FUNCTIONS } from "../bounds.ts";
import { Reader } from "../reader.ts";
import { enter, walk } from "../sections.ts";

const CODE = 10;

/** Where a module's code is. */
export interface Code {
  /** Where the contents of the section begin: addresses of DWARF count from there. */
  readonly from: number;
  readonly to: number;
  /** Where each function of the module's own begins, with its locals, and at last where the code ends. */
  readonly starts: readonly number[];
}

/** @throws `bad_module` */
export function codeOf(bytes: Uint8Array): Code {
  const reader = new Reader(bytes);
  const code = walk(reader).find(({ id }) => id === CODE);
  if (!code) return { from: 0, to: 0, starts: [] };
  enter(reader, code.offset, code.size);
  const starts = reader.list(MAX_FUNCTIONS, () => reader.skip(reader.count(Infinity)));
  return { from: code.offset, to: reader.end, starts: [...starts, reader.at] };
}
