import { readFileSync } from "node:fs";
import { commands } from "@yowasp/clang";
import { describe, expect, test, vi } from "vitest";
import { createHost } from "../../../packages/node/src/index.ts";

// The compiler takes a second to start.
vi.setConfig({ testTimeout: 60_000 });

const files = ["isopod.h", "isopod.c", "arena.c", "text.c"];
const kit = Object.fromEntries(files.map((name) => [name, readFileSync(new URL(name, import.meta.url), "utf8")]));
const FLAGS = "--target=wasm32 -O1 -ffreestanding -nostdlib -mbulk-memory -Ikit -Wall -Wextra -Wpedantic -Werror".split(" ");

/** The module, or what the compiler says. */
async function compile(source: string, ...flags: string[]): Promise<Uint8Array | string> {
  let said = "";
  const decoder = new TextDecoder();
  const hear = (bytes: Uint8Array | null): void => {
    if (bytes) said += decoder.decode(bytes, { stream: true });
  };
  try {
    await commands.clang(undefined, {}, { fetchProgress() {} });
    const tree = await commands.clang([...FLAGS, ...flags, "-o", "out"], { kit, source }, { stdout: hear, stderr: hear });
    return (tree as Record<string, Uint8Array>)["out"]!;
  } catch (error) {
    return said || String(error);
  }
}

const NAMES = ["error", "text", "bytes", "buffer", "literal", "log", "next", "config", "alloc", "input", "answer", "block", "reply"];
const PLUGIN = `#include <isopod.h>
HOST_FUNCTION(reverse);
HOST_FUNCTION(unused);
PLUGIN(greet) {
  if (!input.n) return plugin_error("nobody");
  Bytes greeting;
  if (!plugin_config("greeting", &greeting)) greeting = plugin_literal("Hello ");
  Buffer answer = { NULL, 0, 0 };
  buffer_add(&answer, greeting);
  buffer_add_byte(&answer, '!');
  buffer_add(&answer, reverse(input));
  plugin_log(LEVEL_INFO, greeting);
  return plugin_buffer(&answer);
}
${NAMES.map((name) => `PLUGIN(${name}) { return plugin_text("${name}"); }`).join("\n")}
`;

describe("strict compilers have nothing to say of the header, nor of any operation's name", () => {
  test.each(["c11", "c17", "c23", "c++17", "c++20"])("%s", async (standard) => {
    const language = standard.startsWith("c++") ? ["-x", "c++", "-nostdinc++"] : ["-x", "c"];
    expect(await compile(PLUGIN, ...language, `-std=${standard}`, "-c", "source")).toBeInstanceOf(Uint8Array);
  });

  test.each(files.slice(1))("%s", async (name) => {
    expect(await compile("", "-std=c17", "-c", `kit/${name}`)).toBeInstanceOf(Uint8Array);
  });
});

/** Linked, with what it is lent. */
async function load(source: string): Promise<{ call(op: string, input?: string | Uint8Array): Promise<string>; end(): Promise<void> }> {
  const built = await compile(source, "-std=c23", "-Wl,--no-entry", "-Wl,--stack-first", "-x", "c", "source", "kit/isopod.c", "kit/arena.c", "kit/text.c");
  if (typeof built === "string") throw new Error(built);
  const host = createHost({ isolation: "inline" });
  const plugin = await host.load(built, { limits: { memory: 4 * 1024 * 1024 }, functions: { "extism:host/user": { reverse: (bytes: Uint8Array) => bytes.toReversed(), unused: () => {} } } });
  return { call: (op, input = "") => plugin.call(op, input, { as: "text" }), end: () => host.dispose() };
}

test("operations by the names of the kit's own functions answer", async () => {
  const { call, end } = await load(PLUGIN);
  for (const name of NAMES) expect(await call(name)).toBe(name);
  expect(await call("greet", "abc")).toBe("Hello !cba");
  await end();
});

test("the next character of a text that is at its end is none, and the text stays empty", async () => {
  const { call, end } = await load(`#include <isopod.h>
PLUGIN(read) {
  Bytes none = { input.at, 0 };
  if (plugin_next(&none) != 0xfffd || none.n != 0 || none.at != input.at) return plugin_error("it went on");
  Buffer answer = { 0 };
  while (input.n) buffer_add_byte(&answer, plugin_next(&input) == 0xfffd ? '?' : '.');
  return plugin_buffer(&answer);
}`);
  // "a", "é", a lone second byte, the first two of three, "b".
  expect(await call("read", Uint8Array.of(0x61, 0xc3, 0xa9, 0x80, 0xe2, 0x82, 0x62))).toBe("..??.");
  await end();
});

test("a buffer does not grow into pages that somebody else took meanwhile", async () => {
  const { call, end } = await load(`#include <isopod.h>
PLUGIN(beside) {
  Buffer answer = { 0 };
  buffer_add_text(&answer, "ours");
  uint8_t *theirs = (uint8_t *)(__builtin_wasm_memory_grow(0, 1) * 65536);
  for (int i = 0; i < 65536; i++) theirs[i] = 't';
  for (int i = 0; i < 100000; i++) buffer_add_byte(&answer, 'o');
  for (int i = 0; i < 65536; i++) if (theirs[i] != 't') return plugin_error("it was written over");
  for (uint32_t i = 4; i < answer.n; i++) if (answer.at[i] != 'o') return plugin_error("it was lost");
  return plugin_bytes(answer.at, 5);
}`);
  expect([await call("beside"), await call("beside")]).toEqual(["ourso", "ourso"]);
  await end();
});

test("what host functions are given is the host's again once they have answered", async () => {
  const { call, end } = await load(`#include <isopod.h>
HOST_FUNCTION(reverse);
static uint8_t many[4096];
PLUGIN(ask) {
  uint32_t asked = 0;
  for (int i = 0; i < 500; i++) asked += reverse((Bytes){ many, sizeof many }).n / sizeof many;
  return asked == 500 ? plugin_text("500") : plugin_error("not all of it came");
}`);
  expect(await call("ask")).toBe("500");
  await end();
});
