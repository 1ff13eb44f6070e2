import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { createHost, isIsopodError, type Host } from "@isopod/node";
import { paths } from "../harness/paths.ts";

const guest = (name: string): Promise<Uint8Array> => readFile(new URL(`${name}.wasm`, paths.guests));
const never = (): Promise<never> => new Promise(() => {});
const functions = { env: { reverse: (bytes: Uint8Array) => bytes.slice().reverse() } };

/** What keeps this process busy beyond what it was busy with before. */
function left(before: readonly string[]): string[] {
  const rest = [...before];
  return process.getActiveResourcesInfo().filter((name) => {
    const at = rest.indexOf(name);
    if (at >= 0) rest.splice(at, 1);
    return at < 0 && /Worker|MessagePort|Timeout/.test(name);
  });
}

/** How each ended: a code, or `fulfilled`. Whoever has not after three seconds is `unsettled`. */
async function ends(promises: readonly Promise<unknown>[]): Promise<string[]> {
  const late = new Promise<string>((resolve) => void setTimeout(resolve, 3000, "unsettled").unref());
  return Promise.all(
    promises.map((promise) => {
      const outcome = promise.then(() => "fulfilled", (error: unknown) => (isIsopodError(error) ? error.code : String(error)));
      return Promise.race([outcome, late]);
    }),
  );
}

/** Everything that can be pending: running, waiting for a worker, being loaded, tried as a new version, waiting for its turn. */
async function pending(host: Host): Promise<Promise<unknown>[]> {
  const [one, other] = await Promise.all([host.load(await guest("packed-c"), { functions }), host.load(await guest("arena-wat"))]);
  const spins = [one.call("spin"), one.call("spin")];
  await new Promise((resolve) => setTimeout(resolve, 100));
  const waiting = [one.call("echo", "x"), other.call("echo", "x"), other.callMany("echo", ["x", "y"])];
  const swaps = [other.swap(await guest("arena-wat"), { health: never }), other.swap(await guest("sdk-slugify-c")), one.swap(await guest("packed-c"))];
  const loading = [host.load(await guest("arena-wat")), host.load(guest("packed-c"), { functions })];
  return [...spins, ...waiting, ...swaps, ...loading];
}

test("whatever is pending settles with its host, and no worker or timer is left", async () => {
  const before = process.getActiveResourcesInfo();
  for (let round = 0; round < 3; round++) {
    const host = createHost({ workers: 2 });
    const promises = await pending(host);
    const outcomes = ends(promises);
    await new Promise((resolve) => setTimeout(resolve, round * 30));
    await host.dispose();
    expect(await outcomes).toEqual(promises.map(() => "disposed"));
  }
  for (let look = 0; look < 60 && left(before).length > 0; look++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(left(before)).toEqual([]);
});
