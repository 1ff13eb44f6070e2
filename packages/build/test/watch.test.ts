import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import isopod from "@isopod/build/esbuild";
import { context, type Plugin } from "esbuild";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeApp, rules, type App } from "./app.ts";

vi.setConfig({ testTimeout: 60_000 });

let app: App;
beforeEach(async () => {
  app = await makeApp("node");
  await app.write("only.js", 'export { default } from "./plugins/rules.wasm?plugin";');
});
afterEach(() => app.remove());

const start = (...plugins: Plugin[]) => context({ entryPoints: [join(app.root, "only.js")], outdir: join(app.root, "dist"), bundle: true, format: "esm", logLevel: "silent", plugins: [isopod(), ...plugins] });

test("esbuild goes on watching a file that was broken, or gone", async () => {
  const ends: string[] = [];
  const watching = await start({ name: "ends", setup: ({ onEnd }) => onEnd(({ errors }) => void ends.push(errors[0]?.text ?? "built")) });
  const ended = (words: string) => expect.poll(() => ends.at(-1), { timeout: 10_000 }).toContain(words);
  try {
    await watching.watch();
    await ended("built");
    await app.write("plugins/rules.wasm", "not at all");
    await ended("plugins/rules.wasm is no WebAssembly");
    await app.write("plugins/rules.wasm", await rules(43));
    await ended("built");
    await rm(join(app.root, "plugins/rules.wasm"));
    await ended("rules.wasm");
    await app.write("plugins/rules.wasm", await rules(44));
    await ended("built");
  } finally {
    await watching.dispose();
  }
});

test("esbuild keeps nothing of the builds before", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const SIZE = 4 * 1024 * 1024;
  /** A module with a custom section of that size: its length in LEB128, a name of one letter, and what is different each time. */
  const large = async (answer: number) => Buffer.concat([await rules(answer), Buffer.of(0, 0x80 | (SIZE & 0x7f), 0x80 | ((SIZE >> 7) & 0x7f), 0x80 | ((SIZE >> 14) & 0x7f), SIZE >> 21, 1, 0x78), Buffer.alloc(SIZE - 2, answer)]);
  const again = await start();
  try {
    const held = async () => {
      // What the last turn of the event loop still held, goes with the next.
      for (let turn = 0; turn < 3; turn++) {
        await setImmediate();
        collect();
      }
      return process.memoryUsage().arrayBuffers;
    };
    const build = async (answer: number) => {
      await app.write("plugins/rules.wasm", await large(answer));
      await again.rebuild();
    };
    await build(0);
    const before = await held();
    for (let answer = 1; answer <= 10; answer++) await build(answer);
    expect((await held()) - before).toBeLessThan(SIZE);
  } finally {
    await again.dispose();
  }
});
