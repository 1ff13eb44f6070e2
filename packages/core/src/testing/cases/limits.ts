import type { IsopodError } from "../../errors.ts";
import type { AuditEvent } from "../../limits/bounds.ts";
import type { LoadOptions } from "../../options.ts";
import { equal, fails, ok, sleep, within } from "../assert.ts";
import type { Case, Ground } from "../ground.ts";
import { reachable, withGuest } from "./byte-abis.ts";

const MIB = 1_048_576;
const PAGE = 65_536;
const GUEST = "limits-wat";
const quick = { functions: { env: { reverse: (bytes: Uint8Array): Uint8Array => bytes.slice() } } };

/** A number as the guest takes it, with so many more bytes. */
function number(value: number, more = 0): Uint8Array {
  const bytes = new Uint8Array(4 + more).fill(120);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function binary(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function numberOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
}

/** The call must hit this limit; gives what was used. */
async function hits(limit: string, cap: number, attempt: Promise<unknown>): Promise<number> {
  const error = await within(30_000, fails("limit", attempt));
  equal([error.details["limit"], error.details["cap"]], [limit, cap], error.message);
  const used = error.details["used"] as number;
  ok(limit === "time" ? used >= cap : used > cap, `more was used than there was: ${used}`);
  return used;
}

const held = (limits: LoadOptions["limits"]): LoadOptions => ({ ...quick, limits });

/** A start function in a loop without end, in what would be a fine plugin of the ABI packed. */
const START_SPIN = "AGFzbQEAAAABEwRgAX8Bf2ABfwBgAn9/AX5gAAADBQQAAQIDBQMBAAEHIQQGbWVtb3J5AgAGbWFsbG9jAAAEZnJlZQABBGVjaG8AAggBAwofBAUAQYAICwIACwwAIACtQiCGIAGthAsHAANADAALCw==";

/** `echo` calls `outer`, and that `inner`, which traps; with the names of its functions. */
const TRACED = "AGFzbQEAAAABEwRgAX8Bf2ABfwBgAABgAn9/AX4DBgUAAQICAwUDAQABByEEBm1lbW9yeQIABm1hbGxvYwAABGZyZWUAAQRlY2hvAAQKGgUFAEGACAsCAAsDAAALBAAQAgsGABADQgALAGUEbmFtZQEjBQAGbWFsbG9jAQRmcmVlAgVpbm5lcgMFb3V0ZXIEBGVjaG8CGwUAAQACcDABAQACcDACAAMABAIAAnAwAQJwMQQRBAACdDABAnQxAgJ0MgMCdDMGCQEABm1lbW9yeQ==";

/** One meaning everywhere: the same limit, hit by the same call, at the same point. */
export const limits: readonly Case[] = [
  {
    name: "limits: a trap names the guest's functions",
    needs: ["compile", "traces"],
    run: async (ground) => {
      const host = ground.host();
      try {
        const plugin = await host.load(binary(TRACED));
        const error = await fails("trap", plugin.call("echo", "x"));
        equal(error.details["frames"], ["inner", "outer", "echo"], error.message);
      } finally {
        await host.dispose();
      }
    },
  },
  withGuest("limits: fuel ends a loop without end, and the next call works", GUEST, async (plugin) => {
    for (let count = 0; count < 3; count++) {
      await hits("fuel", 1_000_000, plugin.call("spin"));
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }
    const error = await fails("limit", plugin.callMany("spin", ["", ""]));
    equal([error.details["limit"], error.details["index"]], ["fuel", 0]);
  }, held({ fuel: 1_000_000, time: "unlimited" })),
  withGuest("limits: fuel is exact, and every call has all of it", GUEST, async (plugin, ground) => {
    const host = ground.host();
    try {
      // What a hundred thousand turns cost, found out by their being refused.
      const used = await hits("fuel", 1000, plugin.call("work", number(100_000)));
      ok(used > 1000, String(used));
      const cost = await costOf(ground, host);
      const load = async (fuel: number) => host.load(await ground.guest(GUEST), reachable(held({ fuel, time: "unlimited" }), [], ground));
      const enough = await load(cost);
      for (let count = 0; count < 3; count++) await enough.call("work", number(100_000));
      equal((await enough.callMany("work", [number(100_000), number(100_000)])).length, 2);
      const tooLittle = await load(cost - 1);
      const first = await hits("fuel", cost - 1, tooLittle.call("work", number(100_000)));
      equal(await hits("fuel", cost - 1, tooLittle.call("work", number(100_000))), first);
      await hits("fuel", cost, enough.call("work", number(1_000_000)));
    } finally {
      await host.dispose();
    }
  }, held({ fuel: 1000, time: "unlimited" })),
  withGuest("limits: memory that a guest may not have, and what becomes of one that cannot do without", GUEST, async (plugin) => {
    equal(numberOf(await plugin.call("grow", number(13))), 3, "up to the cap");
    equal(numberOf(await plugin.call("grow", number(1))), -1, "and not one page more");
    equal(numberOf(await plugin.call("grow", number(0))), 16);
    const used = await hits("memory", MIB, plugin.call("bomb"));
    equal(used % PAGE, 0);
    equal(numberOf(await plugin.call("grow", number(0))), 3, "a fresh instance");
  }, { ...held({ memory: "1MiB" }), limits: { memory: "1MiB", concurrency: 1 } }),
  {
    name: "limits: a module that starts with more memory than it may have",
    needs: ["compile"],
    run: refused(GUEST, { memory: 3 * PAGE - 1 }, "memory"),
  },
  withGuest("limits: tables stay as large as they may be", GUEST, async (plugin) => {
    equal(numberOf(await plugin.call("widen", number(9))), 1);
    equal(numberOf(await plugin.call("widen", number(1))), -1);
  }, { ...quick, limits: { tables: 10, concurrency: 1 } }, ["compile"]),
  withGuest("limits: input, to the byte, before the guest sees any of it", GUEST, async (plugin) => {
    equal(await plugin.call("echo", "äöü12", { as: "text" }), "äöü12");
    equal(await hits("input", 8, plugin.call("echo", "äöü123")), 9);
    equal(await hits("input", 8, plugin.call("echo", new Uint8Array(10 * MIB))), 10 * MIB);
    equal(await plugin.call("echo", new Uint8Array(8)), new Uint8Array(8));
  }, held({ input: 8 })),
  withGuest("limits: output, to the byte, before any of it is copied", GUEST, async (plugin) => {
    equal((await plugin.call("give", number(100))).length, 100);
    equal(await hits("output", 100, plugin.call("give", number(101))), 101);
    equal(await hits("output", 100, plugin.call("give", number(150_000), { as: "text" })), 150_000);
    equal((await plugin.call("give", number(100))).length, 100);
  }, held({ output: 100 })),
  withGuest("limits: host calls are counted for each call", GUEST, async (plugin) => {
    for (let count = 0; count < 3; count++) await plugin.call("ask", number(5));
    await plugin.callMany("ask", [number(5), number(5)]);
    equal(await hits("hostCalls", 5, plugin.call("ask", number(6))), 6);
    await plugin.call("ask", number(5));
  }, held({ hostCalls: 5 }), ["hostFunctions"]),
  {
    name: "limits: a flood of log lines is cut, and says so once a call",
    run: async (ground) => {
      const lines: string[] = [];
      const host = ground.host({ log: ({ message }) => void lines.push(message) });
      try {
        const plugin = await host.load(await ground.guest(GUEST), reachable(held({ output: 1000 }), [], ground));
        for (let calls = 0; calls < 2; calls++) {
          await plugin.call("say", number(500, 20).fill(10, 23));
          for (let tries = 0; tries < 100 && !lines.some((line) => line.includes("cut")); tries++) await sleep(10);
          ok(lines.length >= 50 && lines.length <= 54, `${lines.length} lines of 19 bytes`);
          equal(lines.filter((line) => line.includes("limits.output is 1000 bytes")).length, 1);
          lines.length = 0;
        }
      } finally {
        await host.dispose();
      }
    },
  },
  withGuest("limits: time ends a loop without end, and the next call works", GUEST, async (plugin) => {
    for (let count = 0; count < 3; count++) {
      const started = performance.now();
      await hits("time", 50, plugin.call("spin"));
      const took = performance.now() - started;
      ok(took >= 45 && took < 1000, `${took} ms`);
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }
  }, held({ time: "50ms", fuel: "unlimited" }), ["clock"]),
  withGuest("limits: time a guest spends waiting for the host is its own", GUEST, async (plugin) => {
    const started = performance.now();
    await hits("time", 100, plugin.call("ask", number(1)));
    ok(performance.now() - started < 2000, "at once, not when the host answers");
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }, { functions: { env: { reverse: async (bytes: Uint8Array) => (await sleep(5000), bytes) } }, limits: { time: "100ms" } }, ["hostFunctions", "wait"]),
  {
    name: "limits: a start function without end, by time and by fuel",
    needs: ["compile"],
    run: async (ground) => {
      const bytes = binary(START_SPIN);
      await refused(bytes, { fuel: 1_000_000, time: "unlimited" }, "fuel")(ground);
      if (ground.probes.clock) await refused(bytes, { fuel: "unlimited", time: "50ms" }, "time")(ground);
    },
  },
  {
    name: "limits: each that is hit is told to the application",
    run: async (ground) => {
      const events: AuditEvent[] = [];
      const host = ground.host({ audit: (event) => void events.push(event) });
      try {
        const plugin = await host.load(await ground.guest(GUEST), reachable(held({ fuel: 1_000_000, input: 8, output: 100 }), [], ground));
        await fails("limit", plugin.call("spin"));
        await fails("limit", plugin.call("echo", "123456789"));
        await fails("limit", plugin.call("give", number(101)));
        await plugin.call("give", number(100));
        const told = events.map(({ kind, op, limit, cap }) => [kind, op, limit, cap]);
        equal(told, [["limit", "spin", "fuel", 1_000_000], ["limit", "echo", "input", 8], ["limit", "give", "output", 100]]);
        ok(events.every(({ used, cap }) => used > cap), "each says how much was used");
      } finally {
        await host.dispose();
      }
    },
  },
  withGuest("limits: what holds is told", GUEST, async (plugin) => {
    const { memory, fuel, time, queue, hostCalls } = plugin.info.limits!;
    equal({ memory, fuel, time, queue, hostCalls }, { memory: 256 * MIB, fuel: 5, time: 2000, queue: 1024, hostCalls: "unlimited" });
  }, held({ fuel: 5, time: "2s", hostCalls: "unlimited" })),
];

/** Fuel of a hundred thousand turns: the least with which they are not refused. */
async function costOf(ground: Ground, host: ReturnType<Ground["host"]>): Promise<number> {
  let [low, high] = [1000, 2_000_000];
  while (high - low > 1) {
    const fuel = Math.floor((low + high) / 2);
    const plugin = await host.load(await ground.guest(GUEST), reachable(held({ fuel, time: "unlimited" }), [], ground));
    const used = await plugin.call("work", number(100_000)).then(() => undefined, ({ details }: IsopodError) => details["used"] as number);
    await plugin.dispose();
    if (used === undefined) high = fuel;
    else low = fuel;
  }
  return high;
}

/** Loading must hit this limit. */
function refused(guest: string | Uint8Array, limited: LoadOptions["limits"], limit: string): Case["run"] {
  return async (ground) => {
    const host = ground.host();
    try {
      const source = typeof guest === "string" ? await ground.guest(guest) : guest;
      const error = await within(30_000, fails("limit", host.load(source, reachable(held(limited), [], ground))));
      equal(error.details["limit"], limit);
    } finally {
      await host.dispose();
    }
  };
}
