// One application, compiled against each adapter by its export condition. Nothing here is run.
import { createHost, isIsopodError, packed, typed, type Host, type Plugin } from "isopod";

export async function application(source: Uint8Array | Promise<ArrayBuffer>): Promise<string> {
  await using host: Host = createHost({ abis: [packed()], log: ({ level, message }) => void [level, message] });
  await using plugin: Plugin = await host.load(source, {
    integrity: "sha256-AAAA",
    state: "none",
    config: { greeting: "hello" },
    functions: {
      env: {
        reverse: (bytes: Uint8Array, { context }: { context: unknown }) => (context ? bytes : bytes.slice().reverse()),
        pad: typed(["text", "i32"], "text", (text: string, length: number) => text.padEnd(length)),
      },
    },
    grants: { clock: true, http: { hosts: ["api.example.com"] } },
    limits: { concurrency: 2, queue: 10 },
  });

  const text: string = await plugin.call("slugify", "Grüße", { as: "text" });
  const bytes: Uint8Array = await plugin.call("slugify", new Uint8Array(4));
  const json: { ok: boolean } = await plugin.call<{ ok: boolean }>("check", { a: 1 }, { as: "json" });
  const written: number = await plugin.call("slugify", text, { into: new Uint8Array(64) });
  const first: number | undefined = await plugin.call("slugify", text, { borrow: (view) => view[0] });
  const sum: number | bigint = await plugin.call("add", [1, 2n], { as: "value" });
  const many: string[] = await plugin.callMany("slugify", ["a", "b"], { as: "text" });
  const now: string = plugin.callSync("slugify", "x", { as: "text" });
  try {
    await plugin.call("slugify", "x", { signal: new AbortController().signal, context: { user: 1 } });
  } catch (error) {
    if (isIsopodError(error) && error.code === "overloaded" && error.fault === "user") return error.message;
  }
  // @ts-expect-error: an option that is not there
  await plugin.call("slugify", "x", { az: "text" });
  // @ts-expect-error: bytes are not text
  const wrong: string = await plugin.call("slugify", "x");
  return [text, bytes, json.ok, written, first, sum, many, now, wrong, plugin.info.reason].join();
}
