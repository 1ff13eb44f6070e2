import { IsopodError, isIsopodError } from "@isopod/core";
import type { Import, Inspected } from "@isopod/core/inspect";
import { Scope, type Abi, type Program, type Services } from "@isopod/core/spi";

/** What `load` would have to be given, or the module does not start. */
export interface Needs {
  /** Imports that are functions and that nothing built in answers. */
  readonly functions: readonly Import[];
  /** Imports that only a further module can answer: memories, tables, globals. */
  readonly modules: readonly Import[];
}

/** An import that nobody answers, so that linking stops before anything of the plugin runs. */
const NOBODYS: Import = { module: "isopod:inspect", name: "nothing", kind: "function" };

/**
 * Asks the ABI itself, by linking the module with one import too many: the error names every import that is missing,
 * found by the very code that `load` links with.
 *
 * @throws what the ABI says against the module before it links, such as `bad_signature`
 */
export function needsOf(abi: Abi, inspected: Inspected): Needs {
  const missing = missingOf(abi, { ...inspected, imports: [NOBODYS, ...inspected.imports] });
  const unanswered = inspected.imports.filter(({ module, name }) => missing.includes(`${module}.${name}`));
  return {
    functions: unanswered.filter(({ kind }) => kind === "function"),
    modules: unanswered.filter(({ kind }) => kind !== "function"),
  };
}

function missingOf(abi: Abi, inspected: Inspected): readonly string[] {
  const grants: Services["grants"] = { clock: false, random: false, http: undefined };
  const program: Program = { abi: abi.name, main: { module: {}, inspected }, modules: {}, config: {}, state: "none", grants };
  try {
    abi.instantiate(program, { scope: new Scope(), functions: new Map(), log: () => {}, grants, variables: abi.variables?.() });
  } catch (error) {
    if (isIsopodError(error) && error.code === "missing_import") return error.details["missing"] as string[];
    throw error;
  }
  throw new IsopodError("internal", `the ABI ${abi.name} links what nobody gives`);
}
