import { digest, isIsopodError, type Code } from "@isopod/core";
import { catchesBy, inspect, survey, type Import, type Export, type Inspected } from "@isopod/core/inspect";
import { detect, everyAbi, foreign, mustBeCore, signature, type Abi } from "@isopod/core/spi";
import { candidates, type Candidate } from "./candidates.ts";
import { askHere, type Here } from "./engine.ts";
import { featuresOf, type Catches } from "./features.ts";
import { wishesOf, type Wish } from "./grants.ts";
import { needsOf, type Needs } from "./needs.ts";
import { verdicts, type Verdict } from "./verdicts.ts";

/** An import or an export, its type as WAT would say it; null where it is no function. */
export interface Item {
  readonly module?: string;
  readonly name: string;
  readonly kind: string;
  readonly type: string | null;
}

/** Everything that is known of a module without running it: what `isopod inspect --json` prints. */
export interface Report {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** What `load` takes as `integrity`. */
  readonly integrity: string;
  readonly form: "module" | "component";
  /** Null where it is not known which; `error` says why. */
  readonly abi: string | null;
  /** Why that one, as a sentence. */
  readonly reason: string | null;
  /** What it was recognised as where it does not run here: an ABI to come, or a toolchain whose own JavaScript it needs. */
  readonly recognised: string | null;
  /** Why `load` would refuse it. */
  readonly error: { readonly code: Code; readonly message: string } | null;
  /** What each ABI says of it. */
  readonly candidates: readonly Candidate[];
  /** Empty where the ABI does not say (waPC). */
  readonly operations: readonly string[];
  readonly imports: readonly Item[];
  readonly exports: readonly Item[];
  /** Imported ones first. In pages of 64 KiB. */
  readonly memories: readonly { readonly minimum: number; readonly maximum: number | null; readonly shared: boolean; readonly wide: boolean }[];
  /** A start function runs while it is instantiated. */
  readonly start: boolean;
  /** Beyond the first WebAssembly, as far as types, sections, the toolchain and what catches exceptions tell. */
  readonly features: readonly string[];
  /** In the order of the file; contents only, without each one's head. */
  readonly sections: readonly { readonly name: string; readonly custom: boolean; readonly offset: number; readonly size: number }[];
  /** What a host must give it; null where no ABI can be asked. */
  readonly needs: { readonly functions: readonly Item[]; readonly modules: readonly Item[] } | null;
  /** What it may use, if it is granted. */
  readonly wishes: readonly Wish[];
  /** What the engine that runs this says. */
  readonly here: Here;
  /** Where it can run. */
  readonly runtimes: readonly Verdict[];
}

/**
 * Looks into a module. What cannot be loaded has a report too, which says why.
 *
 * @param file its name, for the report
 * @param wanted the ABI, where detection should not decide
 * @throws IsopodError `bad_module` where the bytes are no WebAssembly
 * @example const { abi, reason, needs } = await report("add.wasm", await readFile("add.wasm"));
 */
export async function report(file: string, given: Uint8Array, wanted?: string): Promise<Report> {
  // A copy, because what is shared can be neither hashed nor compiled.
  const bytes = new Uint8Array(given);
  const inspected = inspect(bytes);
  const seen = survey(bytes);
  const { abi, reason, recognised, needs, error } = loading(inspected, wanted);
  const here = await askHere(bytes);
  const features = featuresOf(seen.features, catchesOf(bytes));
  return {
    file,
    size: bytes.length,
    integrity: await digest(bytes),
    form: inspected.form,
    abi: abi?.name ?? null,
    reason: reason ?? null,
    recognised: recognised ?? null,
    error: error ?? null,
    candidates: candidates(inspected),
    operations: abi?.operations(inspected) ?? [],
    imports: inspected.imports.map(item),
    exports: inspected.exports.map(item),
    memories: inspected.memories.map(({ minimum, maximum = null, shared, wide }) => ({ minimum, maximum, shared, wide })),
    start: seen.start,
    features: features.map(({ name }) => name),
    sections: seen.sections.map(({ id, name, offset, size }) => ({ name, custom: id === 0, offset, size })),
    needs: needs ? { functions: needs.functions.map(item), modules: needs.modules.map(item) } : null,
    wishes: wishesOf(inspected.imports),
    here,
    runtimes: verdicts({ features, size: bytes.length, here, barred: isMendable(error) ? undefined : error?.message }),
  };
}

/** By what its code catches exceptions, unless something in it is unknown to whoever reads it. */
function catchesOf(bytes: Uint8Array): Catches {
  try {
    return catchesBy(bytes) ?? "nothing";
  } catch {
    return "unread";
  }
}

/** Two ABIs, of which whoever loads it can name one, bar no runtime. */
export function isMendable(error: Report["error"] | undefined): boolean {
  return error?.code === "abi_ambiguous";
}

interface Loading {
  readonly abi?: Abi;
  readonly reason?: string;
  readonly recognised?: string;
  readonly needs?: Needs;
  readonly error?: { readonly code: Code; readonly message: string };
}

/** What `load` would say, as far as it goes without running anything. */
function loading(inspected: Inspected, wanted: string | undefined): Loading {
  let found: Loading = {};
  try {
    found = detect(mustBeCore(inspected), everyAbi(), wanted, foreign);
    return { ...found, needs: needsOf(found.abi!, inspected) };
  } catch (error) {
    if (!isIsopodError(error)) throw error;
    const { abi, toolchain, reason } = error.details as { readonly abi?: string; readonly toolchain?: string; readonly reason?: string };
    const seen = found.abi || error.code !== "unsupported" ? {} : { recognised: abi ?? toolchain, reason };
    return { ...found, ...seen, error: { code: error.code, message: error.message } };
  }
}

function item({ type, kind, name, ...rest }: Import | Export): Item {
  return { ...("module" in rest ? { module: rest.module } : {}), name, kind, type: signature(type) ?? null };
}
