import { digest } from "../../source/verify.ts";
import { equal, ok, within } from "../assert.ts";
import type { Attack } from "./attack.ts";
import { build } from "./binary.ts";
import { call, drop, get, i32, i64, pack, type Code } from "./code.ts";
import { packedGuest, wasiGuest } from "./guests.ts";
import { answers, BOUND_MS, failing } from "./judge.ts";

const guest = (): Uint8Array => build({ functions: [{ results: "i32", body: [i32(42)], as: "run" }] });

/** What `integrity` says, and what must come of it. */
function hashed(name: string, expected: string, integrity: () => Promise<string>): Attack {
  return {
    name: `trust: ${name}`,
    expected: `refused: ${expected}`,
    speaks: ["plain", "integrity"],
    needs: ["compile"],
    run: async (target) => failing(target, within(BOUND_MS, target.load({ name, bytes: guest }, { integrity: await integrity() })), expected),
  };
}

const count = (at: number): Code => [i32(at), 0x28, 2, 0];

/** Nothing is there that nobody gave. */
export const closedAttacks: readonly Attack[] = [
  hashed("the digest of other bytes", "integrity", () => digest(new Uint8Array([1]))),
  hashed("an empty digest", "invalid_option", async () => ""),
  hashed("a digest without a value", "invalid_option", async () => "sha256-"),
  hashed("a digest of an algorithm that is broken", "invalid_option", async () => "md5-1B2M2Y8AsgTpgAmY7PhCfg=="),
  hashed("a weaker digest that holds beside a stronger one that does not", "integrity", async () => `${await digest(guest())} ${await digest(new Uint8Array([1]), "sha512")}`),
  answers("config: the environment is empty", { bytes: () => wasiGuest([["environ_sizes_get", "i32 i32"]], [i32(0), i32(-1), [0x36, 2, 0], i32(0), i32(4), call(0), drop, count(0), count(4), 0x6a]) }, 0, { speaks: ["wasi"] }),
  answers("config: there are no arguments", { bytes: () => wasiGuest([["args_sizes_get", "i32 i32"]], [i32(0), i32(-1), [0x36, 2, 0], i32(0), i32(4), call(0), drop, count(0), count(4), 0x6a]) }, 0, { speaks: ["wasi"] }),
  answers("config: no folder is open", { bytes: () => wasiGuest([["fd_prestat_get", "i32 i32"]], [i32(3), i32(0), call(0)]) }, 8, { speaks: ["wasi"] }),
  answers("config: no socket is open", { bytes: () => wasiGuest([["sock_recv", "i32 i32 i32 i32 i32 i32"]], [i32(4), i32(0), i32(1), i32(0), i32(64), i32(68), call(0)]) }, 8, { speaks: ["wasi"] }),
  {
    name: "network: a request that was not granted",
    expected: "denied, or refused at load",
    speaks: ["extism"],
    binaries: [{ name: "request", bytes: request }],
    run: async (target) => {
      const attempt = target.load({ name: "request", bytes: request }).then((victim) => victim.call("run"));
      return failing(target, within(BOUND_MS, attempt), ["denied", "missing_import", "unsupported", "guest_error"]);
    },
  },
  {
    name: "config: an error of the application's is told without its stack",
    expected: "the guest reads a message, and no path",
    speaks: ["wapc", "functions"],
    needs: ["hostFunctions"],
    binaries: [{ name: "reads errors", bytes: readsErrors }],
    run: async (target) => {
      const functions = { test: { fail: (): never => { throw new TypeError("kaput"); } } };
      const victim = await within(BOUND_MS, target.load({ name: "reads errors", bytes: readsErrors }, { functions }));
      const said = String(await within(BOUND_MS, victim.call("run", "", { as: "text" })));
      await victim.dispose();
      ok(said.includes("kaput") && !/\n|\.[jt]s|\/|\\/.test(said), `the guest was told ${JSON.stringify(said)}`);
      return `told ${JSON.stringify(said)}`;
    },
  },
  {
    name: "memory: the caller's bytes are not the guest's to change",
    expected: "they are as they were",
    speaks: ["packed"],
    binaries: [{ name: "scribbles", bytes: scribbles }],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load({ name: "scribbles", bytes: scribbles }));
      const given = new Uint8Array([1, 2, 3, 4]);
      equal(await within(BOUND_MS, victim.call("run", given)), new Uint8Array([255, 255, 255, 255]));
      await victim.dispose();
      equal(given, new Uint8Array([1, 2, 3, 4]));
      return "unchanged";
    },
  },
];

function scribbles(): Uint8Array {
  return packedGuest([get(0), i32(-1), [0x36, 2, 0], pack(get(0), get(1))]);
}

/** Asks for an address, in a block as the kernel gives it. */
function request(): Uint8Array {
  const wanted = '{"url":"http://127.0.0.1/"}'.padEnd(32);
  const words = Array.from({ length: 4 }, (_, index) => [...wanted.slice(index * 8, index * 8 + 8)].reduceRight((word, letter) => (word << 8n) | BigInt(letter.charCodeAt(0)), 0n));
  const imports = [
    { module: "extism:host/env", name: "alloc", params: "i64", results: "i64" },
    { module: "extism:host/env", name: "http_request", params: "i64 i64", results: "i64" },
    { module: "extism:host/env", name: "store_u64", params: "i64 i64" },
  ];
  const written = words.map((word, index): Code => [get(0), i64(BigInt(index * 8)), 0x7c, i64(word), call(2)]);
  return build({ memory: [1], imports, functions: [{ results: "i32", locals: "i64", body: [i64(32n), call(0), [0x21, 0], written, get(0), i64(0n), call(1), drop, i32(0)], as: "run" }] });
}

/** Calls `test.fail`, and answers what it was told of the failure. */
function readsErrors(): Uint8Array {
  const imports = [
    { module: "wapc", name: "__host_call", params: "i32 i32 i32 i32 i32 i32 i32 i32", results: "i32" },
    { module: "wapc", name: "__host_error_len", results: "i32" },
    { module: "wapc", name: "__host_error", params: "i32" },
    { module: "wapc", name: "__guest_response", params: "i32 i32" },
  ];
  const body = [i32(0), i32(0), i32(0), i32(4), i32(4), i32(4), i32(0), i32(0), call(0), drop, i32(64), call(2), i32(64), call(1), call(3), i32(1)];
  return build({ memory: [1], imports, data: [0, "testfail"], functions: [{ params: "i32 i32", results: "i32", body, as: "__guest_call" }] });
}
