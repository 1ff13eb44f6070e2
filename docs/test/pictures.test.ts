import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { KERNEL_ORIGIN } from "../../packages/core/src/abi/extism/kernel/exports.ts";
import { pictures, type Picture } from "../pictures.ts";

type Exports = Record<string, (...args: (number | bigint)[]) => number | bigint> & { memory: WebAssembly.Memory };

const root = new URL("../../", import.meta.url);

async function instance(path: string, imports: WebAssembly.Imports = {}): Promise<Exports> {
  const module = await WebAssembly.compile(new Uint8Array(await readFile(new URL(path, root))));
  for (const { module: space, name } of WebAssembly.Module.imports(module)) (imports[space] ??= {})[name] ??= () => 0;
  return (await WebAssembly.instantiate(module, imports)).exports as never;
}

/** The steps of a picture, and its runs of text, as they must be. */
const steps = ({ steps }: Picture) => steps.map(({ does }) => does);
const runs = ({ runs }: Picture) => runs.flatMap(({ at, text }) => (text ? [`${at} ${text}`] : []));
const seen = (memory: WebAssembly.Memory, at: number, length: number, origin = 0) => `${at} ${Buffer.from(memory.buffer, origin + at, length).toString()}`;

test("packed", async () => {
  const guest = await instance("guests/dist/packed-wat.wasm");
  const input = Number(guest["malloc"]!(15));
  new Uint8Array(guest.memory.buffer).set(Buffer.from("hello"), input);
  const result = BigInt(guest["upper"]!(input, 5));
  const output = Number(result >> 32n);
  expect(steps(pictures.packed)).toEqual([`malloc(15) = ${input}`, `upper(${input}, 5)`, `${output} << 32 | ${result & 0xffffffffn}`, `copies ${output}…${output + 5}`, `free(${output}, 5), free(${input}, 15)`]);
  expect(runs(pictures.packed)).toEqual([seen(guest.memory, input, 5), seen(guest.memory, output, 5)]);
});

test("extism", async () => {
  const kernel = await instance("packages/core/src/abi/extism/kernel/kernel.wasm");
  const said: string[] = [];
  const told = Object.fromEntries(
    Object.entries(kernel).map(([name, value]) => [
      name,
      typeof value !== "function" ? value : (...args: bigint[]) => {
        const answer = value(...args);
        if (name === "alloc") said.push(`alloc(${args}) = ${answer}`);
        if (name === "output_set") said.push(`output_set(${args.join(", ")})`);
        return answer;
      },
    ]),
  );
  const guest = await instance("guests/dist/extism-wat.wasm", { "extism:host/env": told as WebAssembly.ModuleImports });
  const input = Number(kernel["begin"]!(15));
  new Uint8Array(kernel.memory.buffer).set(Buffer.from("hello"), KERNEL_ORIGIN + input);
  kernel["shrink"]!(input, 5);
  expect(guest["upper"]!()).toBe(0);
  const [alloc, , set] = steps(pictures.extism).slice(1);
  expect([alloc, set]).toEqual(said);
  const output = Number(/\d+/.exec(said[1]!)![0]);
  expect(runs(pictures.extism)).toEqual([seen(kernel.memory, input, 5, KERNEL_ORIGIN), seen(kernel.memory, output, 5, KERNEL_ORIGIN)]);
});

test("wapc", async () => {
  const said: string[] = [];
  const write = (at: number, text: string) => new Uint8Array(guest.memory.buffer).set(Buffer.from(text), at);
  const guest: Exports = await instance("guests/dist/wapc-c.wasm", {
    wapc: {
      __guest_request: (operation: number, payload: number) => {
        said.push(`__guest_request(${operation}, ${payload})`);
        write(operation, "upper");
        write(payload, "hello");
      },
      __guest_response: (at: number, length: number) => {
        said.push(`__guest_response(${at}, ${length})`);
        const all = runs(pictures.wapc).map((run) => seen(guest.memory, Number(run.split(" ")[0]), 5));
        expect(runs(pictures.wapc)).toEqual(all);
      },
    },
  });
  for (const start of ["_start", "_initialize", "wapc_init"]) guest[start]?.();
  const done = guest["__guest_call"]!(5, 5);
  expect(steps(pictures.wapc)).toEqual(["__guest_call(5, 5)", ...said, String(done)]);
});
