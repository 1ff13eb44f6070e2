// READMEs are read where no code can be taken in from files: what they show is compiled here, and what is for Node is run.
import { spawnSync } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { docs, ground, inNode } from "./run.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** What a README has spoken of, and does not declare again. */
const SPOKEN_OF = `
declare module "*.wasm" { const module: WebAssembly.Module; export default module; }
interface Env { readonly LOADER: import("@isopod/edge").WorkerLoader }
declare function bytesOf(env: Env): Promise<Uint8Array<ArrayBuffer>>;
declare const host: import("isopod").Host, source: import("isopod").Source, bytes: Uint8Array;
declare function lookUp(sku: Uint8Array): Promise<Uint8Array>;
`;
const TSCONFIG = {
  extends: "../../tsconfig.json",
  compilerOptions: { customConditions: ["workerd"], lib: ["ES2023", "ESNext.Disposable", "DOM", "DOM.Iterable"], types: ["node", "vite/client", "@isopod/build/client"], moduleDetection: "force", checkJs: false },
  include: ["."],
};

const root = resolve(docs, "..");
const packages = (await readdir(join(root, "packages"))).map((name) => `packages/${name}`);
/** By the name of a file, such as `packages-node-0.js`. */
const blocks = new Map((await Promise.all(["", ...packages].map(blocksOf))).flat());
let folder: string;

beforeAll(async () => {
  folder = await ground("readmes");
  await Promise.all([...blocks, ["spoken-of.d.ts", SPOKEN_OF] as const, ["tsconfig.json", JSON.stringify(TSCONFIG)] as const].map(([name, text]) => writeFile(join(folder, name), text)));
});

async function blocksOf(of: string): Promise<[name: string, code: string][]> {
  const text = await readFile(join(root, of, "README.md"), "utf8");
  return [...text.matchAll(/^```(ts|js)\n([^]*?)^```$/gm)].map(([, language, code = ""], index) => [`${of.replace("/", "-") || "root"}-${index}.${language}`, code]);
}

test("what READMEs show compiles", () => {
  const { stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], { cwd: folder, encoding: "utf8" });
  expect([stdout.trim(), blocks.size > 15]).toEqual(["", true]);
});

test.each([
  ["root-2.ts", root, [""]],
  ["packages-node-0.js", "", ["true DE89370400440532013000"]],
])("in Node, %s of READMEs does what it says", async (name, cwd, lines) => {
  const script = join(folder, name.replace(/\.\w+$/, ".mjs"));
  await writeFile(script, blocks.get(name)!);
  expect(await inNode(cwd || folder, script)).toEqual(lines);
});
