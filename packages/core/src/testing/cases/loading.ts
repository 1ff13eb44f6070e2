import { digest } from "../../source/verify.ts";
import { equal, fails, ok } from "../assert.ts";
import type { Host } from "../../host.ts";
import type { Case, Ground, ProbeName } from "../ground.ts";

function loads(name: string, run: (host: Host, ground: Ground) => Promise<void>, needs: readonly ProbeName[] = []): Case {
  return {
    name: `load: ${name}`,
    needs,
    run: async (ground) => {
      const host = ground.host();
      try {
        await run(host, ground);
      } finally {
        await host.dispose();
      }
    },
  };
}

/** Where the runtime may not compile bytes, these have no meaning. */
const BYTES: readonly ProbeName[] = ["compile"];

export const loading: readonly Case[] = [
  loads("bytes in every form", async (host, ground) => {
    const bytes = Uint8Array.from(await ground.bytes("arena-wat"));
    const padded = new Uint8Array(bytes.length + 16);
    padded.set(bytes, 8);
    const sources = [bytes, bytes.slice().buffer, padded.subarray(8, 8 + bytes.length), new DataView(padded.buffer, 8, bytes.length), Promise.resolve(bytes)];
    for (const source of sources) {
      const plugin = await host.load(source);
      equal(await plugin.call("upper", "ok", { as: "text" }), "OK");
    }
  }, BYTES),
  loads("a Response, or a promise of one", async (host, ground) => {
    const { Response } = globalThis as unknown as { Response: new (body: Uint8Array, init?: object) => never };
    const bytes = Uint8Array.from(await ground.bytes("arena-wat"));
    equal(await (await host.load(new Response(bytes))).call("upper", "ok", { as: "text" }), "OK");
    equal(await (await host.load(Promise.resolve(new Response(bytes)))).call("upper", "ok", { as: "text" }), "OK");
    const error = await fails("bad_source", host.load(new Response(bytes, { status: 404 })));
    equal(error.details["status"], 404);
  }, BYTES),
  loads("a compiled Module", async (host, ground) => {
    const source = await ground.guest("arena-wat");
    const module = ArrayBuffer.isView(source) ? await WebAssembly.compile(source as Uint8Array) : source;
    const plugin = await host.load(module);
    equal(await plugin.call("upper", "ok", { as: "text" }), "OK");
    equal(plugin.info.abi, "packed");
  }, ["module"]),
  loads("a URL", async (host, ground) => {
    const url = ground.url("arena-wat")!;
    equal(await (await host.load(new URL(url))).call("upper", "ok", { as: "text" }), "OK");
    equal(await (await host.load(url)).call("upper", "ok", { as: "text" }), "OK");
    await fails("bad_source", host.load(new URL(url.replace("arena-wat", "not-there"))));
  }, ["fetch", "compile"]),
  loads("what is no source at all", async (host) => {
    await fails("bad_source", host.load(42 as never));
    await fails("bad_source", host.load(null as never));
    await fails("bad_source", host.load({} as never));
  }),
  loads("integrity that holds", async (host, ground) => {
    const bytes = Uint8Array.from(await ground.bytes("arena-wat"));
    const right = await digest(bytes);
    equal(await (await host.load(bytes, { integrity: right })).call("upper", "ok", { as: "text" }), "OK");
    await host.load(bytes, { integrity: await digest(bytes, "sha512") });
    await host.load(bytes, { integrity: `${await digest(bytes, "sha384")} sha256-AAAA` });
  }, BYTES),
  loads("integrity that does not", async (host, ground) => {
    const bytes = Uint8Array.from(await ground.bytes("arena-wat"));
    const wrong = await digest(bytes.slice(1));
    await fails("integrity", host.load(bytes, { integrity: wrong }));
    await fails("integrity", host.load(bytes, { integrity: `${await digest(bytes)} ${await digest(bytes.slice(1), "sha512")}` }));
    // What cannot be compiled must be refused for its digest, which is looked at first.
    await fails("integrity", host.load(new Uint8Array([0, 97, 115, 109]), { integrity: wrong }));
    await fails("invalid_option", host.load(bytes, { integrity: "md5-AAAA" }));
    await fails("invalid_option", host.load(bytes, { integrity: "" }));
    await fails("invalid_option", host.load(bytes, { integrity: "sha256-" }));
  }, BYTES),
  loads("integrity of a Module cannot be known", async (host, ground) => {
    const source = await ground.guest("arena-wat");
    const module = ArrayBuffer.isView(source) ? await WebAssembly.compile(source as Uint8Array) : source;
    await fails("unsupported", host.load(module, { integrity: "sha256-AAAA" }));
  }, ["module"]),
  loads("bytes changed while they are verified are not what is compiled", async (host, ground) => {
    const bytes = Uint8Array.from(await ground.bytes("arena-wat"));
    const loading = host.load(bytes, { integrity: await digest(bytes) });
    await Promise.resolve();
    bytes.fill(0);
    equal(await (await loading).call("upper", "ok", { as: "text" }), "OK");
  }, BYTES),
  loads("truncated and random bytes", async (host, ground) => {
    const bytes = Uint8Array.from(await ground.bytes("arena-wat"));
    for (const length of [0, 1, 4, 7, 9, 20, Math.floor(bytes.length / 2), bytes.length - 1]) await fails("bad_module", host.load(bytes.slice(0, length)));
    const random = bytes.map((_byte, index) => (index * 167 + 13) % 256);
    await fails("bad_module", host.load(random));
    await fails("bad_module", host.load(new Uint8Array([0, 97, 115, 109, 2, 0, 0, 0])));
  }, BYTES),
  loads("a component, until it is supported", async (host, ground) => {
    const error = await fails("unsupported", host.load(await ground.bytes("component")));
    ok(error.message.includes("component"), error.message);
  }, BYTES),
  loads("two ABIs, or none", async (host, ground) => {
    const two = await fails("abi_ambiguous", host.load(await ground.guest("hostile-two-abis")));
    equal((two.details["candidates"] as { abi: string }[]).map(({ abi }) => abi), ["extism", "wapc"]);
    await fails("abi_unknown", host.load(await ground.guest("hostile-no-abi")));
    await fails("abi_unknown", host.load(await ground.guest("arena-wat"), { abi: "cobol" }));
  }),
  loads("an ABI that was asked for", async (host, ground) => {
    const plugin = await host.load(await ground.guest("plain-wat"), { abi: "plain" });
    ok(plugin.info.reason.includes("asked for"), plugin.info.reason);
    await fails("bad_signature", host.load(await ground.guest("plain-wat"), { abi: "wapc" }));
    await fails("bad_signature", host.load(await ground.guest("plain-wat"), { abi: "packed" }));
  }),
  loads("every missing import in one error", async (host, ground) => {
    const error = await fails("missing_import", host.load(await ground.guest("hostile-missing-imports")));
    const missing = error.details["missing"] as string[];
    ok(missing.length >= 3 && missing.every((name) => error.message.includes(name)), error.message);
    ok(missing.some((name) => name.includes("__proto__")), "names on Object.prototype are names like any other");
  }),
  loads("modules of foreign toolchains, and what to do about them", async (host, ground) => {
    for (const [guest, toolchain] of [["foreign-wasm-bindgen", "wasm-bindgen"], ["foreign-emscripten", "Emscripten"], ["foreign-go-js", "Go"]] as const) {
      const error = await fails("unsupported", host.load(await ground.guest(guest)));
      ok(error.message.includes(toolchain), error.message);
    }
  }),
  loads("options that are not what they must be", async (host, ground) => {
    const source = await ground.guest("arena-wat");
    await fails("invalid_option", host.load(source, { state: "sometimes" as never }));
    await fails("invalid_option", host.load(source, { limits: { concurrency: 0 } }));
    await fails("invalid_option", host.load(source, { limits: { queue: -1 } }));
    await fails("invalid_option", host.load(source, { config: { a: 1 } as never }));
    await fails("invalid_option", host.load(source, { integrety: "sha256-x" } as never));
    await fails("invalid_option", host.load(source, { signal: {} as never }));
    await fails("unsupported", host.load(source, { config: { a: "b" } }));
    await fails("unsupported", host.load(source, { grants: { http: { hosts: ["api.example.com"] } } }));
    await fails("invalid_option", host.load(source, { functions: { env: { f: 1 } } as never }));
    await fails("invalid_option", host.load(source, { limits: { memory: "16MB" as never } }));
    await fails("invalid_option", host.load(source, { limits: { time: "soon" as never } }));
    const error = await fails("unsupported", host.load(source, { limits: { threads: 1 } as never }));
    ok(error.message.includes("threads") && error.message.includes("fuel"), error.message);
  }),
  loads("a start function that traps", async (host, ground) => {
    await fails("trap", host.load(await ground.guest("hostile-start-trap")));
  }),
  loads("a missing operation, and exports that are not functions of the ABI", async (host, ground) => {
    const plugin = await host.load(await ground.guest("arena-wat"));
    const error = await fails("missing_export", plugin.call("constructor", "x"));
    ok((error.details["operations"] as string[]).includes("echo"), "names what there is");
    await fails("missing_export", (await host.load(await ground.guest("arena-wat"))).call("", "x"));
    const global = await host.load(await ground.guest("hostile-global-export"));
    await fails("bad_signature", global.call("echo", "x"));
    const wrong = await host.load(await ground.guest("hostile-wrong-signature"), { abi: "packed" });
    await fails("bad_signature", wrong.call("echo", "x"));
  }),
  loads("after dispose: the plugin, then the host", async (host, ground) => {
    const plugin = await host.load(await ground.guest("arena-wat"));
    await plugin.dispose();
    await plugin.dispose();
    await fails("disposed", plugin.call("echo", "x"));
    await host.dispose();
    await fails("disposed", host.load(await ground.guest("arena-wat")));
  }),
  loads("a signal that had fired", async (host, ground) => {
    const signal = { aborted: true, reason: "why", addEventListener: () => {}, removeEventListener: () => {} };
    const error = await fails("aborted", host.load(await ground.guest("arena-wat"), { signal }));
    equal(error.cause, "why");
    const plugin = await host.load(await ground.guest("arena-wat"));
    await fails("aborted", plugin.call("echo", "x", { signal }));
    equal(await plugin.call("echo", "x", { as: "text" }), "x");
  }),
];
