import type { Scope } from "../../capability/scope.ts";
import { index, tabulate } from "../../capability/functions.ts";
import { httpFunction } from "../../capability/http.ts";
import { lift, payload, type Call } from "../../contract/call.ts";
import { failure, IsopodError } from "../../errors.ts";
import type { GuestMemory } from "../../memory/guest-memory.ts";
import { HostImports } from "../../wait/imports.ts";
import type { Suspension } from "../../wait/suspension.ts";
import type { WasmModule } from "../../wasm/engine.ts";
import type { Export, Inspected } from "../../wasm/types.ts";
import type { Abi, AbiInstance, ImportModule, Program, Services } from "../abi.ts";
import { isStarter, operation, signature } from "../exports.ts";
import { instantiate, type Live } from "../link.ts";
import { initialise, starters } from "../start.ts";
import { Variables } from "../variables.ts";
import { Environment, importedName } from "./environment.ts";
import { ERROR_OFFSET, OUTPUT_LENGTH, OUTPUT_OFFSET } from "./kernel/exports.ts";
import { Kernel, type KernelSource } from "./kernel.ts";
import { marshalBlocks } from "./functions.ts";

/**
 * Extism 1.x, and the `env.extism_*` names before it. Data goes through the memory of a kernel, a second module, whose
 * exports the guest's imports are bound to directly. See README.md beside this file for the picture.
 *
 * @param imports what else plugins may import, such as `wasi`
 * @param kernel the kernel compiled already, for runtimes that cannot compile bytes: `import kernel from "…/kernel.wasm"`
 */
export function extism(imports: readonly ImportModule[] = [], kernel?: WasmModule): Abi {
  const source: KernelSource = { module: kernel };
  return {
    name: "extism",
    match: ({ imports }) => {
      const found = imports.find((item) => importedName(item) !== undefined);
      return found && { rank: 3, reason: `imports ${found.module}.${found.name}` };
    },
    operations,
    variables: (entries) => new Variables(entries),
    keepsState: setsVariables,
    functions: (given, { http }) => index(http ? [httpFunction(http)] : [], tabulate(given)),
    asks: true,
    memories: 1,
    instantiate: (program, services) => new ExtismInstance(program, services, imports, new Kernel(source, services.scope.budget)),
  };
}

function setsVariables({ imports }: Inspected): boolean {
  return imports.some((item) => importedName(item) === "var_set");
}

/** `() -> i32`; a function without a result is taken to succeed. */
function isOperation(item: Export): boolean {
  const text = signature(item.type);
  return item.kind === "function" && !isStarter(item) && (text === undefined || text === "() -> i32" || text === "() -> ()");
}

function operations({ exports }: Inspected): string[] {
  return exports.filter(isOperation).map(({ name }) => name);
}

class ExtismInstance implements AbiInstance {
  readonly memory: GuestMemory | undefined;
  readonly #kernel: Kernel;
  readonly #live: Live;
  readonly #inspected: Inspected;
  readonly #services: Services;
  readonly #scope: Scope;
  /** Whether there may be variables to forget with every call. */
  readonly #forgets: boolean;
  readonly suspension: Suspension | undefined;
  /** Those that were called before; most plugins are called with one alone. */
  #operations: Map<string, Function> | undefined;
  /** The operation called last. */
  #op: string | undefined;
  #run!: Function;

  constructor(program: Program, services: Services, imports: readonly ImportModule[], kernel: Kernel) {
    this.#kernel = kernel;
    this.#services = services;
    this.#scope = services.scope;
    this.#inspected = program.main.inspected;
    this.#forgets = program.state === "none" && [program.main, ...Object.values(program.modules)].some(({ inspected }) => setsVariables(inspected));
    const host = new HostImports(services.functions, services.scope, (entry, wanted) => marshalBlocks(kernel, entry, wanted));
    const own = new Environment(kernel, program, services);
    this.#live = instantiate(program, services.scope, (linked) => [own.provide, host.provide, ...imports.map((provide) => provide(services, linked))]);
    this.memory = this.#live.memory;
    this.suspension = host.suspension ?? own.suspension;
    initialise(this.#live, services.scope, [...starters(this.#live), "hs_init"]);
  }

  call(call: Call): unknown {
    this.#lower(call);
    this.#scope.inside = true;
    const code = this.#run();
    if (this.#scope.thrown !== undefined) throw this.#scope.thrown;
    this.#scope.inside = false;
    return this.end(call, code);
  }

  begin(call: Call): Promise<unknown> {
    this.#lower(call);
    this.#scope.inside = true;
    return this.#run() as Promise<unknown>;
  }

  /** An error that the guest set fails the call, whatever it returns; without one, anything but 0 and no result at all does. */
  end(call: Call, code: unknown): unknown {
    const { outcome, memory } = this.#kernel;
    if (outcome[ERROR_OFFSET] !== 0 || (code !== 0 && code !== undefined)) throw this.#failure(code);
    return lift(call, memory, outcome[OUTPUT_OFFSET]!, outcome[OUTPUT_LENGTH]!, this.#scope.budget);
  }

  #failure(code: unknown): IsopodError {
    if (this.#kernel.outcome[ERROR_OFFSET] === -1) return failure("out_of_bounds", "the plugin named an error that is no block of its memory");
    return new IsopodError("guest_error", this.#kernel.errorText() || `the plugin failed with code ${String(code)}`, { details: { code } });
  }

  #lower(call: Call): void {
    if (call.op !== this.#op) this.#choose(call.op);
    if (this.#forgets) this.#services.variables!.clear();
    const data = payload(call.input);
    if (typeof data === "string") this.#kernel.beginText(data);
    else this.#kernel.begin(data);
  }

  #choose(op: string): void {
    if (this.#op !== undefined) (this.#operations ??= new Map()).set(this.#op, this.#run);
    this.#run = this.#operations?.get(op) ?? this.#find(op);
    this.#op = op;
  }

  #find(op: string): Function {
    const run = operation(this.#inspected, this.#live.exports, op, isOperation, "() -> i32");
    return this.suspension?.enter(run) ?? run;
  }
}
