import { readdir, readFile, writeFile } from "node:fs/promises";
import { inspect } from "@isopod/core/inspect";
import { attackBinaries, type FuzzCase, type Seedling, type Step } from "@isopod/core/testing";
import { paths } from "../harness/paths.ts";

/** Larger modules spend their time on being sent. */
const LARGEST = 40_000;
/** Operations of waPC guests, which a module does not tell. */
const WAPC = ["echo", "upper", "count", "fail", "trap", "host"];

const folder = new URL("fuzz/corpus/", paths.e2e);

/** A case that once went wrong, with what each runtime said of it then. */
export interface Finding {
  readonly why: string;
  readonly case: FuzzCase;
  readonly seen: Readonly<Record<string, readonly Step[]>>;
}

/** What modules are made of: the guests of the project, and the attack kit's. */
export async function readSeedlings(): Promise<Seedling[]> {
  const names = (await readdir(paths.guests)).filter((name) => name.endsWith(".wasm")).sort();
  const guests = await Promise.all(names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(new URL(name, paths.guests))) })));
  const attacks = attackBinaries().map(({ name, bytes }) => ({ name, bytes: bytes() }));
  const all = [...guests, ...attacks].filter(({ bytes }) => bytes.length <= LARGEST).map(({ name, bytes }) => ({ name, bytes, operations: operationsOf(bytes) }));
  return all.filter(({ operations }) => operations.length > 0);
}

function operationsOf(bytes: Uint8Array): Seedling["operations"] {
  let inspected;
  try {
    inspected = inspect(bytes);
  } catch {
    return [];
  }
  const { imports, exports } = inspected;
  const functions = exports.flatMap(({ name, type }) => (type && !/^(_|malloc|free|alloc|memory)/.test(name) ? [{ name, type }] : []));
  if (imports.some(({ module }) => module === "wapc")) return WAPC.map((name) => ({ name }));
  if (imports.some(({ module }) => module.startsWith("extism:"))) return functions.filter(({ type }) => type.params.length === 0).map(({ name }) => ({ name }));
  const packed = functions.filter(({ type }) => type.params.join() === "i32,i32" && type.results.join() === "i64");
  if (packed.length > 0 && exports.some(({ name }) => name === "malloc")) return packed.map(({ name }) => ({ name }));
  return functions.filter(({ type }) => [...type.params, ...type.results].every((each) => /^[if]\d\d$/.test(each))).map(({ name, type }) => ({ name, params: type.params }));
}

/** Kept with its seed, for the unit tests to run again. */
export async function keep(finding: Finding): Promise<void> {
  await writeFile(new URL(`seed-${finding.case.seed}.json`, folder), `${JSON.stringify(finding, null, 1)}\n`);
}

export async function readFindings(): Promise<Finding[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(new URL(name, folder), "utf8")) as Finding));
}
