// What goes between the command and the runtime that it asks: nothing but JSON, so that IPC, HTTP and a page carry it alike.

import type { Grants } from "@isopod/core";

/** An operation's input. A number is spelled out, an i64 with an `n` at its end: JSON has neither NaN nor 2^63. */
export type WireInput = { readonly text: string } | { readonly base64: string } | { readonly json: unknown } | { readonly numbers: readonly string[] } | null;

/** What a plugin is loaded with, besides its case's own config. */
export interface WireLoad {
  readonly abi: string | undefined;
  readonly grants: Grants | undefined;
}

/** One call. */
export interface Request {
  readonly op: string;
  readonly input: WireInput;
  readonly load: WireLoad;
  readonly config: Readonly<Record<string, string>> | undefined;
  /** On the plugin of the call before; otherwise on one that is loaded anew. */
  readonly continues: boolean;
}

/** What came of it. */
export type Answer = { readonly base64: string } | { readonly numbers: readonly string[] } | { readonly error: { readonly code: string; readonly message: string } };
