// The page that is tested in Chromium: it offers one function, `answer`.
import { createHost } from "@isopod/browser";
import { Answering } from "./answer.ts";

const host = createHost({ workers: 1 });
// There where somebody gave host functions.
const address = new URL("/functions.js", location.href);
const functions = (await fetch(address)).ok ? { functions: address } : {};
const bytes = new Uint8Array(await (await fetch("/plugin.wasm")).arrayBuffer());
const answering = new Answering((options) => host.load(bytes, { ...options, ...functions }));

Object.assign(globalThis, { answer: answering.answer.bind(answering) });
