import type { PluginInfo } from "@isopod/browser";
import type { Example } from "./examples/list.ts";
import type { LanguageId } from "./write/languages.ts";

/** What lies on the bench: a plugin, and where its bytes came from. */
export interface Subject {
  /** Of a file, with its ending. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly from: Origin;
}

export type Origin =
  | { readonly kind: "example"; readonly example: Example }
  | { readonly kind: "file" }
  | { readonly kind: "code"; readonly language: LanguageId; readonly code: string };

/** What was found in it: all of it, or as much as a plugin shows that cannot be loaded, and why it cannot. */
export interface Found {
  readonly info?: PluginInfo;
  readonly error?: unknown;
  readonly imports: PluginInfo["imports"];
  readonly exports: PluginInfo["exports"];
}
