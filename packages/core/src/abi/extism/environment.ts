import { LEVELS, type Level } from "../../capability/log.ts";
import { IsopodError } from "../../errors.ts";
import { decodeLossy } from "../../memory/text.ts";
import type { Import } from "../../wasm/types.ts";
import type { Program, Services } from "../abi.ts";
import type { Provider } from "../link.ts";
import { httpImports } from "./http.ts";
import { GUEST_FUNCTIONS } from "./kernel/exports.ts";
import type { Kernel } from "./kernel.ts";

/** Most bytes that a plugin's variables may hold in all. */
const MOST_VARIABLES = 1_048_576;

/** What the kernel itself answers; its other exports are the host's way in, and no plugin's business. */
const KERNEL: readonly string[] = GUEST_FUNCTIONS;

/** The 1.x name of what a guest imports from the kernel's environment; older guests say `env.extism_alloc`. */
export function importedName({ module, name }: Pick<Import, "module" | "name">): string | undefined {
  if (module === "extism:host/env") return name;
  return module === "env" && name.startsWith("extism_") ? name.slice("extism_".length) : undefined;
}

/** What of the environment is the host's: configuration, variables, the log and http. The rest is the kernel's. */
export function environment(kernel: Kernel, program: Program, services: Services): { provide: Provider; readonly suspends: boolean } {
  const own: Record<string, unknown> = {
    config_get: (key: bigint) => {
      const name = kernel.readText(key);
      return Object.hasOwn(program.config, name) ? kernel.writeText(program.config[name]!) : 0n;
    },
    var_get: (key: bigint) => {
      const value = services.variables.get(kernel.readText(key));
      return value ? kernel.write(value) : 0n;
    },
    var_set: (key: bigint, value: bigint) => setVariable(services, kernel.readText(key), value === 0n ? undefined : kernel.read(value)),
    get_log_level: () => 0,
    ...Object.fromEntries(LEVELS.map((level) => [`log_${level}`, logger(kernel, services, level)])),
  };
  const http = httpImports(kernel, services);
  let suspends = false;
  const provide: Provider = (wanted) => {
    const name = importedName(wanted);
    if (name === undefined || wanted.kind !== "function") return undefined;
    if (name === "http_request") suspends ||= http.suspends;
    if (Object.hasOwn(own, name)) return own[name];
    if (Object.hasOwn(http.functions, name)) return http.functions[name];
    return KERNEL.includes(name) ? kernel.exports[name] : undefined;
  };
  return {
    provide,
    get suspends() {
      return suspends;
    },
  };
}

function setVariable({ variables, scope }: Services, name: string, value: Uint8Array | undefined): void {
  const size = variables.size - (variables.get(name)?.length ?? 0) + (value?.length ?? 0);
  if (size > MOST_VARIABLES) throw scope.fail(new IsopodError("denied", `the plugin's variables would hold ${size} bytes, and may hold ${MOST_VARIABLES}`, { details: { size, cap: MOST_VARIABLES } }));
  variables.set(name, value);
}

function logger(kernel: Kernel, services: Services, level: Level): (text: bigint) => void {
  return (text) => services.log(level, decodeLossy(kernel.read(text)));
}
