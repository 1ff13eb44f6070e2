import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { rolldown } from "rolldown";
import { rollup } from "rollup";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import plugin from "@isopod/build/esbuild";
import inRolldown from "@isopod/build/rolldown";
import inRollup from "@isopod/build/rollup";
import inVite from "@isopod/build/vite";
import { makeApp, type App } from "./app.ts";
import { bundlers } from "./bundlers.ts";

vi.setConfig({ testTimeout: 60_000 });

let app: App;
beforeAll(async () => {
  app = await makeApp("node");
  await app.write("plain.js", 'import plugin from "./plugins/rules.wasm?plugin"; console.log(plugin);');
});
afterAll(() => app.remove());

const sentence = async (work: Promise<unknown>) => work.then(() => "it was built", (error: Error) => error.message);

describe("a file that is no plugin fails the build in a sentence", () => {
  const bundle = (name: string) => sentence(bundlers[name]!(app, "node", join(app.root, "dist")));

  test.each(Object.keys(bundlers))("%s", async (name) => {
    await app.write("plugins/rules.wasm", "version https://git-lfs.github.com/spec/v1");
    expect(await bundle(name)).toContain('plugins/rules.wasm is no WebAssembly: it begins with "version ');
  });

  test("a magic number is not enough, and a component is no module", async () => {
    await app.write("plugins/rules.wasm", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 100));
    expect(await bundle("esbuild")).toContain("plugins/rules.wasm is no WebAssembly: it ends too early");
    await app.write("plugins/rules.wasm", await readFile(new URL("../../../guests/dist/component.wasm", import.meta.url)));
    expect(await bundle("esbuild")).toContain("plugins/rules.wasm is a WebAssembly component, and components do not run yet");
  });
});

/** Builds an import of the plugin alone, where some ids are external. */
const left: Record<string, (external: RegExp[]) => Promise<unknown>> = {
  rollup: async (external) => (await rollup({ input: join(app.root, "plain.js"), external, logLevel: "silent", plugins: [inRollup()] })).generate({ format: "es" }),
  rolldown: async (external) => (await rolldown({ input: join(app.root, "plain.js"), external, logLevel: "silent", plugins: [inRolldown()] })).generate({ format: "esm" }),
  vite: (external) => vite({ root: app.root, configFile: false, logLevel: "silent", build: { write: false, rolldownOptions: { input: join(app.root, "plain.js"), external } }, plugins: [inVite()] }),
};

describe("what cannot work says so", () => {
  const build = (options: object, how: object = { format: "esm" }, text = 'import p from "./plugins/rules.wasm?plugin"; console.log(p);') =>
    sentence((async () => esbuild({ stdin: { contents: text, resolveDir: app.root }, outdir: join(app.root, "dist"), bundle: true, logLevel: "silent", ...how, plugins: [plugin(options)] }))());

  test("options", async () => {
    expect(await build({ targets: "node" })).toBe("@isopod/build: there is no option targets, only target and debug");
    expect(await build({ target: "node" })).toBe('@isopod/build: target must be "url" or "workerd", not "node"');
    expect(await build({ debug: "yes" })).toBe("@isopod/build: debug must be true or false");
  });

  test("scripts that are no modules, and files that are not there", async () => {
    expect(await build({}, { format: "iife" })).toContain('@isopod/build needs `format: "esm"`');
    expect(await build({}, { format: "esm" }, 'import p from "./none.wasm?plugin"; console.log(p);')).toContain('Could not resolve "./none.wasm"');
    expect(await build({}, { format: "esm", packages: "external" }, 'import p from "rules/x.wasm?plugin"; console.log(p);')).toContain("rules/x.wasm?plugin is external");
  });

  test.each(["rollup", "rolldown", "vite"])("what %s is told to leave alone", async (name) => {
    expect(await sentence(left[name]!([/\.wasm\?plugin$/]))).toContain("plugins/rules.wasm?plugin is external, but only a file that is there can be built in");
  });
});
