// The page that is tested in Chromium: it offers one function, `answer`.
import { createHost } from "@isopod/browser";
import { Answering } from "./answer.ts";

const host = createHost({ workers: 1 });
const bytes = new Uint8Array(await (await fetch("/plugin.wasm")).arrayBuffer());
const answering = new Answering((options) => host.load(bytes, options));

Object.assign(globalThis, { answer: answering.answer.bind(answering) });
