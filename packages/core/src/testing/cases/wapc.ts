import { equal, fails, ok } from "../assert.ts";
import type { Case } from "../ground.ts";
import { withGuest } from "./byte-abis.ts";

export const wapcCases: readonly Case[] = [
  withGuest("wapc: _start, _initialize and wapc_init in this order, proc_exit(0) tolerated", "wapc-order", async (plugin) => {
    equal(await plugin.call("order", "", { as: "text" }), "start,init,wapc");
  }),
  withGuest("wapc: a host function that is not there is the guest's to learn of", "wapc-c", async (plugin) => {
    const error = await fails("guest_error", plugin.call("host", "x"));
    ok(error.cause !== undefined, "the cause is what the host said");
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }),
  withGuest("wapc: a host function that throws is the guest's to handle", "wapc-c", async (plugin) => {
    const error = await fails("guest_error", plugin.call("host", "x"));
    ok(error.message.includes("out of stock") || String((error.cause as Error).message).includes("out of stock"), error.message);
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }, { functions: { test: { reverse: () => { throw new Error("out of stock"); } } } }, ["hostFunctions"]),
  withGuest("wapc: the binding reaches the host function", "wapc-c", async (plugin) => {
    equal(await plugin.call("host", "x", { as: "text" }), "b test reverse");
  }, { functions: { test: { reverse: (_bytes: Uint8Array, { binding, namespace, name }: { binding: string; namespace: string; name: string }) => `${binding} ${namespace} ${name}` } } }, ["hostFunctions"]),
  withGuest("wapc: an unknown operation is an error of the guest's", "wapc-c", async (plugin) => {
    await fails("guest_error", plugin.call("nothing"));
    equal(await plugin.call("echo", "next", { as: "text" }), "next");
  }),
];
