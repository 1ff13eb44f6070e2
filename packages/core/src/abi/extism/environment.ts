import type { Level } from "../../capability/log.ts";
import { IsopodError } from "../../errors.ts";
import { decodeLossy } from "../../memory/text.ts";
import type { Suspension } from "../../wait/suspension.ts";
import type { Import } from "../../wasm/types.ts";
import type { Program, Services } from "../abi.ts";
import type { Provider } from "../link.ts";
import { httpImports, type HttpImports } from "./http.ts";
import { GUEST_FUNCTIONS } from "./kernel/exports.ts";
import type { Kernel } from "./kernel.ts";

/** Most bytes that a plugin's variables may hold in all, counted as by `Variables.size`. */
const MOST_VARIABLES = 1_048_576;

/** What the kernel itself answers; its other exports are the host's way in, and no plugin's business. */
const KERNEL: readonly string[] = GUEST_FUNCTIONS;

/** The 1.x name of what a guest imports from the kernel's environment; older guests say `env.extism_alloc`. */
export function importedName({ module, name }: Pick<Import, "module" | "name">): string | undefined {
  if (module === "extism:host/env") return name;
  return module === "env" && name.startsWith("extism_") ? name.slice("extism_".length) : undefined;
}

/** What one instance's imports have at hand. */
interface Surroundings {
  readonly kernel: Kernel;
  readonly config: Program["config"];
  readonly services: Services;
}

const logger =
  (level: Level) =>
  ({ kernel, services }: Surroundings): Function =>
  (text: bigint): void => {
    const bytes = kernel.read(text);
    if (!services.scope.budget?.silent) services.log(level, decodeLossy(bytes));
  };

/** What of the environment is the host's, each function made for one instance, and only if it is imported. */
const HOST: Readonly<Record<string, (own: Surroundings) => Function>> = {
  config_get: ({ kernel, config }) => (key: bigint) => {
    const name = kernel.readText(key);
    return Object.hasOwn(config, name) ? kernel.writeText(config[name]!) : 0n;
  },
  var_get: ({ kernel, services }) => (key: bigint) => {
    const value = services.variables!.get(kernel.readText(key));
    return value ? kernel.write(value) : 0n;
  },
  var_set: ({ kernel, services }) => (key: bigint, value: bigint) => setVariable(services, kernel.readText(key), value === 0n ? undefined : kernel.read(value)),
  get_log_level: () => () => 0,
  log_trace: logger("trace"),
  log_debug: logger("debug"),
  log_info: logger("info"),
  log_warn: logger("warn"),
  log_error: logger("error"),
};

/** Answers a guest's imports: by the host where it must, else by the kernel's own exports. */
export class Environment {
  /** There where an import was linked that may suspend the guest. */
  suspension: Suspension | undefined;
  readonly #own: Surroundings;
  #http: HttpImports | undefined;

  constructor(kernel: Kernel, { config }: Program, services: Services) {
    this.#own = { kernel, config, services };
  }

  readonly provide: Provider = (wanted) => {
    const name = importedName(wanted);
    if (name === undefined || wanted.kind !== "function") return undefined;
    if (KERNEL.includes(name)) return this.#own.kernel.exports[name];
    if (Object.hasOwn(HOST, name)) return HOST[name]!(this.#own);
    if (!name.startsWith("http_")) return undefined;
    const http = (this.#http ??= httpImports(this.#own.kernel, this.#own.services));
    if (name === "http_request") this.suspension = http.suspension;
    return Object.hasOwn(http.functions, name) ? http.functions[name] : undefined;
  };
}

function setVariable({ variables: all, scope }: Services, name: string, value: Uint8Array | undefined): void {
  const variables = all!;
  if (scope.retired && scope.thrown) throw scope.thrown;
  const size = variables.sizeWith(name, value);
  if (size > MOST_VARIABLES) throw scope.fail(new IsopodError("denied", `the plugin's variables would hold ${size} bytes, and may hold ${MOST_VARIABLES}`, { details: { size, cap: MOST_VARIABLES } }));
  variables.set(name, value);
}
