import { isIsopodError, type Code, type IsopodError } from "../errors.ts";

/** The few assertions the suite needs, so that it runs where no test library does. */
export function ok(holds: unknown, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

/** Deep equality of plain data and bytes. */
export function equal(actual: unknown, expected: unknown, what = "value"): void {
  const [a, b] = [show(actual), show(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

/** The promise, or the function, must fail with this code; gives the error. */
export async function fails(code: Code, attempt: Promise<unknown> | (() => unknown)): Promise<IsopodError> {
  let value: unknown;
  try {
    value = await (typeof attempt === "function" ? attempt() : attempt);
  } catch (error) {
    if (!isIsopodError(error)) throw new Error(`expected an IsopodError ${code}, got ${String(error)}`);
    if (error.code !== code) throw new Error(`expected the code ${code}, got ${error.code}: ${error.message}`);
    ok(error.message.length > 5 && !error.message.includes("undefined"), `a sentence a person understands, not "${error.message}"`);
    return error;
  }
  throw new Error(`expected it to fail with ${code}, got ${show(value)}`);
}

/** Rejects if the promise does not settle in time: a hang is a failure, not a stuck run. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: unknown;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`did not settle within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

function show(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === "bigint") return `${item}n`;
    if (ArrayBuffer.isView(item)) return `bytes ${Array.from(new Uint8Array(item.buffer, item.byteOffset, item.byteLength)).join(" ")}`;
    return item === undefined ? "undefined" : Object.is(item, -0) ? "-0" : Number.isNaN(item) ? "NaN" : item;
  }) ?? String(value);
}
