// The page that is tested in Chromium: it offers one function, `answer`.
import { createHost } from "@isopod/browser";
import { Answering } from "./answer.ts";

const host = createHost({ workers: 1 });
// There where somebody gave host functions.
const address = new URL("/functions.js", location.href);
const functions = (await fetch(address)).ok ? { functions: address } : {};
const bytes = new Uint8Array(await (await fetch("/plugin.wasm")).arrayBuffer());
// There where a map lies beside the file; else the file may have its lines in itself.
const map = await fetch("/plugin.wasm.map");
const debug = map.ok ? await map.text() : true;
const answering = new Answering((options) => host.load(bytes, { ...options, ...functions, debug }));

Object.assign(globalThis, { answer: answering.answer.bind(answering) });
