import { isIsopodError } from "../../errors.ts";
import type { Host } from "../../host.ts";
import type { Input } from "../../contract/operations.ts";
import type { LoadOptions } from "../../options.ts";
import { within } from "../assert.ts";
import { limited } from "../attacks/limited.ts";

/** One run: a module and what is called of it. Plain data, so that it travels and can be kept. */
export interface FuzzCase {
  readonly seed: number;
  /** Base64. */
  readonly module: string;
  readonly calls: readonly { readonly op: string; readonly input: string | readonly number[] }[];
}

/** What came of one step: bytes as base64, a number, or the code of an error; `entered` where the guest ran. */
export interface Step {
  readonly outcome: string;
  readonly entered: boolean;
}

/** Codes behind which the guest ran, or could have. */
const ENTERED = ["trap", "exit", "out_of_bounds", "limit", "guest_error", "host_function", "invalid_utf8", "denied"];
/** More than any of these needs; a step that takes longer has hung. */
const STEP_MS = 20_000;
const PAGE = 65_536;
const FUEL = 3_000_000;

/** The most pages and elements of a module under test: small enough that any runtime has them. */
export const MOST_PAGES = 256;
export const MOST_ELEMENTS = 10_000;

export const FUZZ_LIMITS: LoadOptions = limited({ memory: (MOST_PAGES + 64) * PAGE, tables: MOST_ELEMENTS, fuel: FUEL, time: 10_000, hostCalls: 10_000, concurrency: 1 });

const reverse = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();
const functions = { env: { reverse }, test: { reverse }, "extism:host/user": { reverse } };

/** Loads the module and makes its calls, one after another. Never throws; what hangs says so. */
export async function fuzzOne(host: Host, { module, calls }: FuzzCase, options: LoadOptions, source: (bytes: Uint8Array) => Promise<Parameters<Host["load"]>[0]> = async (bytes) => bytes): Promise<Step[]> {
  const bytes = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
  const steps: Step[] = [];
  const note = (outcome: string, entered: boolean): void => void steps.push({ outcome, entered });
  const load = async (given: LoadOptions): Promise<Awaited<ReturnType<Host["load"]>>> => host.load(await source(bytes), given);
  try {
    // An ABI without functions says that it has none.
    const plugin = await within(STEP_MS, load({ ...options, functions }).catch((error: unknown) => (isIsopodError(error) && error.code === "unsupported" && error.message.includes("functions") ? load(options) : Promise.reject(error))));
    note("loaded", false);
    try {
      for (const { op, input } of calls) {
        try {
          const answer = await within(STEP_MS, plugin.call(op, (typeof input === "string" ? Uint8Array.from(atob(input), (letter) => letter.charCodeAt(0)) : input) as Input));
          note(shown(answer), true);
        } catch (error) {
          const code = codeOf(error);
          note(code, ENTERED.some((each) => code.startsWith(each)));
        }
      }
    } finally {
      await within(STEP_MS, plugin.dispose());
    }
  } catch (error) {
    const code = codeOf(error);
    note(code, code.startsWith("trap") || code.startsWith("limit fuel"));
  }
  return steps;
}

/** The code; apart from it where a stack ran out, or an engine refused what another may know. */
export function codeOf(error: unknown): string {
  if (!isIsopodError(error)) return `untyped: ${String(error)}`;
  const { code, message, details } = error;
  if ((code as string) === "limit") return `limit ${String(details["limit"])}`;
  if (code === "trap" && /stack|recursion/i.test(message)) return "trap: stack";
  if (code === "bad_module" && message.includes("the engine")) return "bad_module: engine";
  return code;
}

/** Steps that only an engine decides: how deep its stack is, what it knows, whether it has the memory. */
const ENGINE = ["trap: stack", "bad_module: engine"];

/** True where two runtimes say the same, up to the first step that is an engine's own to decide. */
export function alike(one: readonly Step[], other: readonly Step[]): boolean {
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [a, b] = [one[index]?.outcome, other[index]?.outcome];
    if (ENGINE.includes(a ?? "") || ENGINE.includes(b ?? "")) return true;
    if (a !== b) return false;
  }
  return true;
}

/** Anything that must never be seen, whatever the others say. */
export function broken(steps: readonly Step[]): string | undefined {
  return steps.find(({ outcome }) => /^(untyped|internal|protocol|worker_lost)/.test(outcome))?.outcome;
}

function shown(answer: unknown): string {
  if (answer instanceof Uint8Array) {
    let text = "";
    for (const byte of answer.subarray(0, 4096)) text += String.fromCharCode(byte);
    return `${answer.length} bytes ${btoa(text)}`;
  }
  return Array.isArray(answer) ? `[${answer.map(String).join()}]` : `${typeof answer} ${Object.is(answer, -0) ? "-0" : String(answer)}`;
}
