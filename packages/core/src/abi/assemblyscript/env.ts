import { fixedClock, systemClock, type Clock } from "../../capability/clock.ts";
import { seededRandom, systemRandom } from "../../capability/random.ts";
import type { Level } from "../../capability/log.ts";
import { IsopodError } from "../../errors.ts";
import { copyOut, readU32 } from "../../memory/ranges.ts";
import type { Services } from "../abi.ts";
import type { Linked, Provider } from "../link.ts";

/** Longest string that is read out of a guest for a message, in UTF-16 units. */
const LONGEST = 4096;

/**
 * The imports that AssemblyScript's compiler adds on its own: `env.abort`, `env.seed`, `env.trace`, the console and
 * the two clocks.
 *
 * Source: AssemblyScript, std/assembly/builtins.ts and the memory layout of its documentation. A string is UTF-16,
 * its length in bytes stands in the four bytes before it:
 *
 * ```text
 * pointer = 1060
 * 1056        1060
 * ├── 6 ──────┼── 68 00 69 00 21 00 ──┤   "hi!"
 * ```
 */
export function assemblyscript(services: Services, linked: Linked): Provider {
  return ({ module, name, kind }) => (module === "env" && kind === "function" && Object.hasOwn(ENV, name) ? ENV[name]!(services, linked) : undefined);
}

const say =
  (level: Level) =>
  (services: Services, linked: Linked): Function =>
  (message: number): void =>
    services.log(level, text(services, linked, message));

const clock = ({ grants, scope }: Services): Clock => (grants.clock ? systemClock() : fixedClock(scope));

/** Each function, made for one instance, and only if it is imported. */
const ENV: Readonly<Record<string, (services: Services, linked: Linked) => Function>> = {
  abort: (services, linked) => (message: number, file: number, line: number, column: number) => {
    const where = file ? ` in ${text(services, linked, file)}:${line}:${column}` : "";
    throw services.scope.fail(new IsopodError("trap", `the plugin aborted: ${message ? text(services, linked, message) : "no message"}${where}`));
  },
  trace:
    (services, linked) =>
    (message: number, count: number, ...values: number[]) =>
      services.log("debug", [text(services, linked, message), ...values.slice(0, Math.max(0, count))].join(" ")),
  // The guest takes the bits of this number for its seed, so it must be an ordinary one.
  seed: ({ grants, scope }) => {
    const random = grants.random ? systemRandom() : seededRandom(scope);
    return () => {
      const bytes = new Uint8Array(4);
      random.fill(bytes);
      return new DataView(bytes.buffer).getUint32(0, true) + 1;
    };
  },
  "console.log": say("info"),
  "console.debug": say("debug"),
  "console.info": say("info"),
  "console.warn": say("warn"),
  "console.error": say("error"),
  "Date.now": (services) => {
    const own = clock(services);
    return () => Number(own.wall() / 1_000_000n);
  },
  "performance.now": (services) => {
    const own = clock(services);
    return () => Number(own.monotonic()) / 1e6;
  },
};

/** A broken pointer gives a remark, not an error: the message is only on its way to a person. */
function text({ scope }: Services, { memory }: Linked, pointer: number): string {
  const at = pointer >>> 0;
  if (at < 4 || at > memory.u8.length) return "(no text)";
  const units = Math.min(readU32(memory, at - 4) >>> 1, LONGEST, (memory.u8.length - at) >>> 1);
  scope.budget?.work(units * 2);
  // A copy, since the string may lie at an odd address. (Every engine that runs WebAssembly is little-endian.)
  return String.fromCharCode(...new Uint16Array(copyOut(memory, at, units * 2).buffer));
}
