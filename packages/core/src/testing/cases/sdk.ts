import type { Level } from "../../capability/log.ts";
import { equal, fails, sleep } from "../assert.ts";
import type { Case } from "../ground.ts";
import { NAMESPACE, withGuest } from "./byte-abis.ts";

/** The languages that there is a kit of our own for: guests/sdk. */
const LANGUAGES = ["as", "c", "rust"] as const;

const reverse = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();
const lending = (run: (bytes: Uint8Array) => unknown): { functions: Record<string, Record<string, typeof run>> } => ({ functions: { [NAMESPACE.extism]: { reverse: run } } });

/** One table for all languages, so that each gives the bytes of the others. */
const SLUGS: readonly (readonly [string, string])[] = [
  ["Über Grüße & mehr!", "ueber-gruesse-mehr"],
  ["  Hello,   World -- 2026  ", "hello-world-2026"],
  ["", ""],
  ["---", ""],
  ["日本", ""],
  ["STRASSE, Straße, STRAẞE", "strasse-strasse-strasse"],
  ["ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß", "aaaaaeaaeceeeeiiiidnoooooe-ouuuueythss"],
  ["àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ", "aaaaaeaaeceeeeiiiidnoooooe-ouuuueythy"],
  ["Cafe\u0301 U\u0308bung, e\u0308 -\u0308", "cafe-uebung-e"],
  ["a\u0000b\ufeffc🌍d", "a-b-c-d"],
  ["z{A[Z@`/0:9", "z-a-z-0-9"],
];

/** What an author of a plugin gets, whatever the language. */
export const sdk: readonly Case[] = LANGUAGES.flatMap((language): Case[] => {
  const slugify = `sdk-slugify-${language}`;
  const greeter = `sdk-greeter-${language}`;
  return [
    withGuest(`sdk ${language}: slugify gives the same bytes in every language`, slugify, async (plugin) => {
      equal([plugin.info.abi, plugin.info.operations], ["extism", ["slugify"]]);
      for (const [title, slug] of SLUGS) equal(await plugin.call("slugify", title, { as: "text" }), slug, title);
    }),
    withGuest(`sdk ${language}: a megabyte of text, and then a word`, slugify, async (plugin) => {
      const words = 104_858;
      equal(await plugin.call("slugify", "Größe 42 ".repeat(words), { as: "text" }), "groesse-42-".repeat(words).slice(0, -1));
      equal(await plugin.call("slugify", "Größe", { as: "text" }), "groesse");
    }),
    withGuest(`sdk ${language}: a thousand calls of one instance`, slugify, async (plugin) => {
      for (let part = 0; part < 10; part++) {
        const titles = Array.from({ length: 100 }, (_value, index) => `Übung ${part * 100 + index}`);
        equal(await plugin.callMany("slugify", titles, { as: "text" }), titles.map((title) => title.toLowerCase().replace("ü", "ue").replace(" ", "-")));
      }
    }, { limits: { concurrency: 1 } }),
    withGuest(`sdk ${language}: bytes come back as they went`, greeter, async (plugin) => {
      const every = Uint8Array.from({ length: 256 }, (_value, index) => index);
      for (const bytes of [every, every.subarray(0, 7), every.subarray(0, 8), every.subarray(0, 9), new Uint8Array(0)]) equal(await plugin.call("echo", bytes), bytes);
      equal(await plugin.call("echo", "Grüße, 🌍", { as: "text" }), "Grüße, 🌍");
      const large = new Uint8Array(1_048_576).map((_value, index) => index * 7);
      equal(await plugin.call("echo", large), large);
    }, lending(reverse)),
    withGuest(`sdk ${language}: an error is a guest_error with its message, and the next call works`, greeter, async (plugin) => {
      for (let count = 0; count < 3; count++) {
        const error = await fails("guest_error", plugin.call("greet", ""));
        equal(error.message, "nobody to greet");
        equal(error.fault, "plugin");
      }
      equal(await plugin.call("greet", "Ada", { as: "text" }), "Hello, adA!");
    }, lending(reverse)),
    withGuest(`sdk ${language}: config is found`, greeter, async (plugin) => {
      equal(await plugin.call("greet", "Ada", { as: "text" }), "Grüß Gott, adA!");
    }, { ...lending(reverse), config: { greeting: "Grüß Gott" } }),
    withGuest(`sdk ${language}: config is absent`, greeter, async (plugin) => {
      equal(await plugin.call("greet", "Ada", { as: "text" }), "Hello, adA!");
    }, { ...lending(reverse), config: { other: "x" } }),
    logs(`sdk ${language}: lines arrive with their levels`, greeter),
    withGuest(`sdk ${language}: a host function of the application`, greeter, async (plugin) => {
      equal(await plugin.call("greet", "Zoë", { as: "text" }), "Hello, <Zoë>!");
      equal(await plugin.callMany("greet", ["a", "b"], { as: "text" }), ["Hello, <a>!", "Hello, <b>!"]);
    }, lending((bytes) => `<${new TextDecoder().decode(bytes)}>`), ["hostFunctions"]),
    withGuest(`sdk ${language}: an asynchronous host function`, greeter, async (plugin) => {
      equal(await plugin.call("greet", "Zoë", { as: "text" }), "Hello, <Zoë>!");
      await fails("guest_error", plugin.call("greet", ""));
      equal(await Promise.all(["a", "b"].map((name) => plugin.call("greet", name, { as: "text" }))), ["Hello, <a>!", "Hello, <b>!"]);
    }, lending(async (bytes) => {
      await sleep(2);
      return `<${new TextDecoder().decode(bytes)}>`;
    }), ["hostFunctions", "wait"]),
    withGuest(`sdk ${language}: a host function that throws ends the call`, greeter, async (plugin) => {
      await fails("host_function", plugin.call("greet", "Ada"));
      equal(await plugin.call("echo", "next", { as: "text" }), "next");
    }, lending(() => {
      throw new TypeError("kaput");
    }), ["hostFunctions"]),
  ];
});

function logs(name: string, guest: string): Case {
  const lines: [Level, string][] = [];
  const log = ({ level, message }: { level: Level; message: string }): void => void lines.push([level, message]);
  return withGuest(name, guest, async (plugin) => {
    lines.length = 0;
    await plugin.call("levels", "é");
    await plugin.call("greet", "Ada");
    equal(lines, [["trace", "é"], ["debug", "é"], ["info", "é"], ["warn", "é"], ["error", "é"], ["debug", "greet was called"], ["warn", "no greeting is configured"], ["info", "greeting adA"]]);
  }, { ...lending(reverse), log });
}
