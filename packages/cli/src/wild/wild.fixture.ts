import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../../../scripts/wild.mjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run wild -- …` as it is built, with more in its environment. */
export function wildCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}

const number = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)]);
const section = (id: number, ...bytes: number[]): number[] => [id, ...number(bytes.length), ...bytes];
const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** `(func (loop (br 0)))`, exported as `f`, and called at the start if it is to be. */
export function endless({ start }: { start: boolean }): Uint8Array {
  const body = [0, 0x03, 0x40, 0x0c, 0, 0x0b, 0x0b];
  return new Uint8Array([
    ...HEAD, ...section(1, 1, 0x60, 0, 0), ...section(3, 1, 0), ...section(7, 1, 1, 0x66, 0, 0),
    ...(start ? section(8, 0) : []), ...section(10, 1, body.length, ...body),
  ]);
}

/** Tables of function references, which are on the engine's heap: a few bytes that ask for megabytes of it. And an empty `f`. */
export function tables(count: number, elements: number): Uint8Array {
  const each = [0x70, 0, ...number(elements)];
  return new Uint8Array([
    ...HEAD, ...section(1, 1, 0x60, 0, 0), ...section(3, 1, 0), ...section(4, ...number(count), ...Array.from({ length: count }, () => each).flat()),
    ...section(7, 1, 1, 0x66, 0, 0), ...section(10, 1, 2, 0, 0x0b),
  ]);
}
