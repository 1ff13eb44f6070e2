// One application: compiled against each adapter by its export condition, and run where the runtime, or the bundler
// for it, chooses that condition (tests/app.spec.ts).
import { createHost, extism, isIsopodError, typed, type Host, type Plugin } from "isopod";

/** What it found out with the guest `extism-c`: the same in every runtime. */
export async function application(source: Uint8Array | Promise<ArrayBuffer>, integrity: string): Promise<Record<string, unknown>> {
  const lines: string[] = [];
  await using host: Host = createHost({ abis: [extism()], log: ({ level, message }) => void lines.push(`${level}: ${message}`) });
  await using plugin: Plugin = await host.load(source, {
    integrity,
    state: "none",
    config: { greeting: "hello" },
    functions: {
      "extism:host/user": {
        reverse: (bytes: Uint8Array, { context }: { context: unknown }) => (context ? bytes : bytes.slice().reverse()),
      },
      env: { pad: typed(["text", "i32"], "text", (text: string, length: number) => text.padEnd(length)) },
    },
    grants: { clock: true },
    limits: { concurrency: 2, queue: 10 },
  });

  const text: string = await plugin.call("upper", "grüße", { as: "text" });
  const bytes: Uint8Array = await plugin.call("echo", new Uint8Array(4));
  const json: { ok: boolean } = await plugin.call<{ ok: boolean }>("echo", { ok: true }, { as: "json" });
  const written: number = await plugin.call("echo", text, { into: new Uint8Array(64) });
  const first: number | undefined = await plugin.call("echo", "a", { borrow: (view) => view[0] });
  const reversed: string = await plugin.call("host", "abc", { as: "text" });
  const kept: string = await plugin.call("host", "abc", { as: "text", context: { user: 1 } });
  const config: string = await plugin.call("config", "greeting", { as: "text" });
  const many: string[] = await plugin.callMany("upper", ["a", "b"], { as: "text" });
  // Only where the guest is on this thread.
  const now: string = plugin.info.isolation === "worker" ? "X" : plugin.callSync("upper", "x", { as: "text" });
  let code = "none";
  try {
    await plugin.call("trap", "x", { signal: new AbortController().signal });
  } catch (error) {
    if (isIsopodError(error) && error.code === "trap" && error.fault === "plugin") code = error.code;
  }
  return { text, bytes: bytes.length, json, written, first, reversed, kept, config, many, now, code, lines: lines.length, abi: plugin.info.abi };
}

/** For the compiler alone. */
export async function compiledOnly(host: Host): Promise<void> {
  // HTTP is asynchronous, and would bar callSync above.
  const plugin = await host.load("slugify.wasm", { grants: { http: { hosts: ["api.example.com"] } } });
  // @ts-expect-error: an option that is not there
  await plugin.call("slugify", "x", { az: "text" });
  // @ts-expect-error: bytes are not text
  const wrong: string = await plugin.call("slugify", "x");
  const sum: number | bigint = await plugin.call("add", [1, 2n], { as: "value" });
  void [wrong, sum];
}
