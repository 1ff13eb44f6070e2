import { UsageError } from "../failure.ts";

/** One case of an author's: a call, and what should come of it. */
export interface Case {
  readonly name: string;
  readonly op: string;
  /** Text, `{ base64 }` for bytes, or any other JSON; for the ABI plain numbers. Nothing where it is undefined. */
  readonly input: unknown;
  /** The same for the output; undefined where any will do, if only it is the same everywhere. */
  readonly output: unknown;
  readonly error: { readonly code: string; readonly message?: string } | undefined;
  readonly config: Readonly<Record<string, string>> | undefined;
  /** On the plugin of the case before, with what it kept. */
  readonly continues: boolean;
}

const KEYS = ["name", "op", "input", "output", "error", "config", "continues"];
const LONGEST_NAME = 40;

/**
 * Cases from a file: a JSON list, or an object a line.
 *
 * @throws UsageError naming the case that is wrong
 */
export function parseCases(content: string, file: string): Case[] {
  const text = content.replace(/^\ufeff/, "");
  const listed = text.trimStart().startsWith("[");
  const given = listed ? (parse(text, file) as unknown[]) : lines(text, file);
  if (given.length === 0) throw new UsageError(`${file} holds no case`);
  return given.map((value, index) => {
    const wrong = trouble(value);
    if (wrong !== undefined) throw new UsageError(`${file}, case ${index + 1}: ${wrong}`);
    const { name, op, input, output, error, config, continues = false } = value as Partial<Case> & { op: string };
    return { name: name ?? nameOf(op, input), op, input, output, error, config, continues };
  });
}

function lines(text: string, file: string): unknown[] {
  return text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [parse(line, `${file}, line ${index + 1}`)]));
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`);
  }
}

/** What is wrong with a case, in words. */
function trouble(value: unknown): string | undefined {
  if (!isObject(value)) return "it must be an object";
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return `there is no ${unknown}, only ${KEYS.join(", ")}`;
  const { name, op, output, error, config, continues, input } = value;
  if (typeof op !== "string") return "op must be a string";
  if (name !== undefined && typeof name !== "string") return "name must be a string";
  if (error !== undefined && !isError(error)) return 'error must be such as { "code": "guest_error", "message": "…" }';
  if (error !== undefined && output !== undefined) return "it has output or error, not both";
  if (config !== undefined && !(isObject(config) && Object.values(config).every((text) => typeof text === "string"))) return "config must be an object of strings";
  if (continues !== undefined && typeof continues !== "boolean") return "continues must be true or false";
  if (continues === true && config !== undefined) return "what continues has the config of the case before";
  return [input, output].some(isBroken) ? "base64 must be that, in a string" : undefined;
}

function isError(value: unknown): boolean {
  return isObject(value) && typeof value["code"] === "string" && ["string", "undefined"].includes(typeof value["message"]) && Object.keys(value).every((key) => key === "code" || key === "message");
}

/** Bytes in JSON: `{ "base64": "…" }` and nothing else in it. */
export function asBase64(value: unknown): string | undefined {
  return isObject(value) && Object.keys(value).length === 1 && typeof value["base64"] === "string" ? value["base64"] : undefined;
}

function isBroken(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).join() !== "base64") return false;
  const text = asBase64(value);
  return text === undefined || Buffer.from(text, "base64").toString("base64").replace(/=+$/, "") !== text.replace(/=+$/, "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(op: string, input: unknown): string {
  const text = input === undefined ? "" : ` ${typeof input === "string" ? input : JSON.stringify(input)}`;
  const name = `${op}${text}`;
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}
