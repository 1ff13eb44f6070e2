import { readFile } from "node:fs/promises";
import { createHost, digest } from "@isopod/node";
import { afterAll, describe, expect, test } from "vitest";
import { read, write } from "./order.ts";
import { Versions } from "./versions.ts";

const bytes = new Uint8Array(await readFile(new URL("../../guests/dist/shop-rules.wasm", import.meta.url)));

/** The same rules with another digest: a custom section more. */
const others = new Uint8Array([...bytes, 0, 4, 2, 0x76, 0x32, 0]);

const host = createHost({ workers: 2 });
afterAll(() => host.dispose());

describe("versions", () => {
  test("say what is wrong, and by which rules", async () => {
    const versions = new Versions(host);
    await versions.publish(bytes);
    const answer = await versions.check(write([["name", "Ada"], ["pieces", "9"], ["voucher", ""], ["size", "XL"]]));
    expect(answer.rules).toBe(await digest(bytes));
    expect(Object.fromEntries(read(answer.wrong))).toEqual({ pieces: "From 1 to 5 pieces.", size: "The shop does not ask for this." });
  });

  test("no rules, no answer", async () => {
    await expect(new Versions(host).check("")).rejects.toThrow("no rules have been published");
  });

  test("a call in flight ends on the rules that it began with, the next has the new ones", { timeout: 60_000 }, async () => {
    const loaded: { disposed: boolean }[] = [];
    const versions = new Versions({
      load: async (source) => {
        const plugin = await host.load(source);
        const seen = { disposed: false };
        loaded.push(seen);
        const dispose = () => ((seen.disposed = true), plugin.dispose());
        return { ...plugin, dispose };
      },
    });
    await versions.publish(bytes);
    let ended = false;
    const long = versions.check("pieces=9\n".repeat(3_000)).finally(() => (ended = true));
    await versions.publish(others);
    expect(ended).toBe(false);
    expect(loaded[0]!.disposed).toBe(false);
    expect((await versions.check("pieces=9")).rules).toBe(await digest(others));
    const answer = await long;
    expect(answer.rules).toBe(await digest(bytes));
    expect(answer.wrong).toBe("pieces=From 1 to 5 pieces.\n".repeat(3_000));
    expect(loaded.map(({ disposed }) => disposed)).toEqual([true, false]);
  });

  test("what was published last counts, whatever loads faster", async () => {
    let slow!: () => void;
    const held = new Promise<void>((resolve) => (slow = resolve));
    const versions = new Versions({ load: (source) => (source === bytes ? held.then(() => host.load(bytes)) : host.load(others)) });
    const first = versions.publish(bytes);
    await versions.publish(others);
    slow();
    await first;
    expect(versions.digest).toBe(await digest(others));
    expect((await versions.check("")).rules).toBe(await digest(others));
  });

  test("rules that cannot be loaded leave those before in force", async () => {
    const versions = new Versions(host);
    await versions.publish(bytes);
    await expect(versions.publish(new Uint8Array([1, 2, 3]))).rejects.toThrow(expect.objectContaining({ name: "IsopodError" }));
    expect((await versions.check("name=")).rules).toBe(await digest(bytes));
  });
});
