// Runs in every runtime, so it must not import anything of one.
import { isIsopodError, type Input, type LoadOptions, type Numeric, type Plugin } from "@isopod/core";
import type { Answer, Request, WireInput } from "../wire.ts";

/** Answers requests, one after the other, with a plugin that it loads as they ask. */
export class Answering {
  readonly #load: (options: LoadOptions) => Promise<Plugin>;
  #plugin: Plugin | undefined;

  constructor(load: (options: LoadOptions) => Promise<Plugin>) {
    this.#load = load;
  }

  /** Never rejects: a failure is an answer, too. */
  async answer(request: Request): Promise<Answer> {
    try {
      const plugin = await this.#pluginFor(request);
      const { op } = request;
      const input = inputOf(request.input);
      if (plugin.info.abi !== "plain") return { base64: toBase64(await plugin.call(op, input)) };
      const value: unknown = await plugin.call(op, input ?? [], { as: "value" });
      return { numbers: (value === undefined ? [] : Array.isArray(value) ? value : [value]).map(spelled) };
    } catch (error) {
      const { code = "internal", message } = (isIsopodError(error) ? error : { message: String(error) }) as { code?: string; message: string };
      return { error: { code, message } };
    }
  }

  async #pluginFor({ load: { abi, grants }, config, continues }: Request): Promise<Plugin> {
    if (continues && this.#plugin) return this.#plugin;
    const before = this.#plugin;
    this.#plugin = undefined;
    await before?.dispose();
    // How long a case may take is for whoever asks to say, and for the runtime to hold: alike in all.
    return (this.#plugin = await this.#load({ limits: { time: "unlimited", fuel: "unlimited" }, ...(abi !== undefined && { abi }), ...(grants && { grants }), ...(config && { config }) }));
  }
}

function inputOf(input: WireInput): Input {
  if (input === null) return undefined;
  if ("text" in input) return input.text;
  if ("base64" in input) return Uint8Array.from(atob(input.base64), (character) => character.charCodeAt(0));
  if ("numbers" in input) return input.numbers.map((text): Numeric => (text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text)));
  return input.json as Input;
}

function spelled(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
