// Compiled, never run: what an application writes has the types it needs, for every adapter.
import { createHost as browser } from "@isopod/browser";
import { createHost as edge } from "@isopod/edge";
import { createHost as node } from "@isopod/node";
import { createHost } from "isopod";
import esbuild from "@isopod/build/esbuild";
import rolldown from "@isopod/build/rolldown";
import rollup from "@isopod/build/rollup";
import rspack from "@isopod/build/rspack";
import vite from "@isopod/build/vite";
import webpack from "@isopod/build/webpack";
import plugin, { subscribe } from "./rules.wasm?plugin";

export const loads = [browser, edge, node, createHost].map((make) => make().load(plugin.source, { ...plugin.options, grants: { clock: true } }));
export const end: () => void = subscribe(({ digest, size }) => console.log(digest.startsWith("sha256-"), size + 1));
export const plugins = [esbuild(), rolldown(), rollup({ target: "workerd" }), rspack(), vite({}), webpack({ target: "url" })];

// @ts-expect-error: it says where it is, not what is in it
console.log(plugin.source.byteLength);
