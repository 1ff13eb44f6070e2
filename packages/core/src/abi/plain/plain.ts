import { IsopodError } from "../../errors.ts";
import { liftNumbers, type Call } from "../../contract/call.ts";
import type { Numeric } from "../../contract/operations.ts";
import type { Export, FunctionType, Inspected } from "../../wasm/types.ts";
import type { Abi, AbiInstance, ImportModule, Program, Services } from "../abi.ts";
import { isStarter, operation } from "../exports.ts";
import { instantiate, type Live } from "../link.ts";
import { initialise, starters } from "../start.ts";
import type { Scope } from "../../capability/scope.ts";
import type { HostFunctions } from "../../wait/imports.ts";
import type { Suspension } from "../../wait/suspension.ts";

/**
 * Exported functions on numbers, and nothing else: the `add` of every first tutorial. See README.md beside this file.
 *
 * @param functions lets plugins call functions of the application
 */
export function plain(imports: readonly ImportModule[] = [], functions?: HostFunctions<void>): Abi {
  return {
    name: "plain",
    match: (inspected) => {
      const names = operations(inspected);
      return names.length > 0 ? { rank: 0, reason: `exports functions on numbers: ${names.slice(0, 5).join(", ")}` } : undefined;
    },
    operations,
    ...(functions && { functions: functions.tabulate }),
    instantiate: (program, services) => new PlainInstance(program, services, imports, functions),
  };
}

function operations(inspected: Inspected): string[] {
  return inspected.exports.filter(isNumeric).map(({ name }) => name);
}

function isNumeric(item: Export): boolean {
  const { kind, type } = item;
  return kind === "function" && !isStarter(item) && (type === undefined || [...type.params, ...type.results].every((value) => /^[if]\d\d$/.test(value)));
}

class PlainInstance implements AbiInstance {
  readonly memory: Live["memory"];
  readonly suspension: Suspension | undefined;
  readonly #inspected: Inspected;
  readonly #live: Live;
  readonly #scope: Scope;
  readonly #operations = new Map<string, { run: Function; count: number; type: FunctionType | undefined }>();

  constructor(program: Program, services: Services, imports: readonly ImportModule[], functions: HostFunctions<void> | undefined) {
    this.#scope = services.scope;
    const host = functions?.link(services);
    this.#inspected = program.main.inspected;
    this.#live = instantiate(program, services.scope, (linked) => [...(host ? [host.provide] : []), ...imports.map((provide) => provide(services, linked))]);
    this.memory = this.#live.memory;
    this.suspension = host?.suspension;
    initialise(this.#live, services.scope, starters(this.#live));
  }

  call(call: Call): unknown {
    const raw = this.#enter(call);
    this.#scope.check();
    return liftNumbers(call, raw);
  }

  begin(call: Call): Promise<unknown> {
    return this.#enter(call) as Promise<unknown>;
  }

  end(call: Call, raw: unknown): unknown {
    return liftNumbers(call, raw);
  }

  #enter(call: Call): unknown {
    const { run, count, type } = this.#operations.get(call.op) ?? this.#find(call.op);
    const given = args(call, count, type);
    this.#scope.inside = true;
    return run(...given);
  }

  #find(op: string): { run: Function; count: number; type: FunctionType | undefined } {
    const run = operation(this.#inspected, this.#live.exports, op, isNumeric, "a function on numbers");
    const type = this.#inspected.exports.find(({ name }) => name === op)?.type;
    const found = { run: this.suspension?.enter(run) ?? run, count: run.length, type };
    this.#operations.set(op, found);
    return found;
  }
}

/** One number or bigint for each parameter; an i64 takes a bigint, or a number that is a safe integer. */
function args(call: Call, count: number, type: FunctionType | undefined): readonly Numeric[] {
  const { input } = call;
  const given = (input === undefined ? [] : Array.isArray(input) ? input : [input]) as unknown[];
  if (given.length !== count) throw new IsopodError("bad_input", `"${call.op}" takes ${count} number${count === 1 ? "" : "s"}, and was given ${given.length}`);
  return Array.from(given, (value, index) => {
    const wanted = type?.params[index];
    if (wanted === "i64" && typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
    if (typeof value === (wanted === "i64" ? "bigint" : "number") || (!wanted && typeof value === "bigint")) return value as Numeric;
    throw new IsopodError("bad_input", `parameter ${index + 1} of "${call.op}" must be ${wanted === "i64" ? "a bigint" : "a number"}, and is ${typeof value}`);
  });
}
