import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { inlineLimits, packed } from "./lean.ts";
import { inline, makeHost, Queue, type Runtime } from "./spi.ts";

const guest = (name: string): Uint8Array => readFileSync(new URL(`../../../guests/dist/${name}.wasm`, import.meta.url));

/** A host that names one ABI, one isolation, and nothing else. */
const runtime: Runtime = { abis: [packed()], isolations: [inline(() => new Queue())], open: () => expect.unreachable() };
let host = makeHost(runtime);
afterEach(async () => {
  await host.dispose();
  host = makeHost(runtime);
});

test("a lean host asks the engine what a module is, and calls it", async () => {
  const bytes = guest("arena-wat");
  const plugin = await host.load(bytes);
  expect(plugin.info).toMatchObject({ abi: "packed", size: bytes.length });
  expect(plugin.callSync("echo", "Grüße", { as: "text" })).toBe("Grüße");
  await expect(plugin.call("nothing")).rejects.toMatchObject({ code: "missing_export" });
});

test.each([
  ["what is no module", () => guest("arena-wat").subarray(0, 50), {}, "bad_module"],
  ["another digest", () => guest("arena-wat"), { integrity: `sha256-${"A".repeat(43)}=` }, "integrity"],
  ["functions that nothing here links", () => guest("arena-wat"), { functions: { env: { f: () => 1 } } }, "unsupported"],
  ["a URL of such functions", () => guest("arena-wat"), { functions: new URL("file:///functions.mjs") }, "unsupported"],
  ["config that nobody can ask for", () => guest("arena-wat"), { config: { key: "value" } }, "unsupported"],
  ["imports that nobody has", () => guest("packed-wat"), {}, "missing_import"],
] as const)("a lean host refuses %s", async (_name, bytes, options, code) => {
  await expect(host.load(bytes(), options)).rejects.toMatchObject({ code });
});

test("limits for hosts without workers hold inline, and are refused where a worker would have to be ended", async () => {
  const limits = { fuel: 1000 };
  const bounded = makeHost({ ...runtime, limits: inlineLimits });
  const plugin = await bounded.load(guest("arena-wat"), { limits });
  await expect(plugin.call("upper", "a".repeat(10_000))).rejects.toMatchObject({ code: "limit", details: { limit: "fuel" } });
  await bounded.dispose();
  const threads = { ...inline(() => new Queue()), fleet: {} as never };
  await expect(makeHost({ ...runtime, limits: inlineLimits, isolations: [threads] }).load(guest("arena-wat"), { limits })).rejects.toMatchObject({ code: "unsupported" });
});
