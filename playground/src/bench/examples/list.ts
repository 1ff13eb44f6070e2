/** Plugins of the repository, with what to ask them. Their bytes are fetched when one is chosen: addresses.ts. */
export interface Example {
  /** Its file in guests/dist, without the ending. */
  readonly id: string;
  readonly op: string;
  readonly input: string;
  /** Operations, where the ABI does not say which there are. */
  readonly ops?: readonly string[];
}

export const LANGUAGES = ["as", "c", "wat"] as const;

const WAPC = ["upper", "echo", "host", "count", "fail", "trap"];
const TEXT = "Grüße from a wet rock";

/** One row of the table: an ABI, which has the same operations in each language. */
export const ABIS = [
  { id: "packed", op: "upper", input: TEXT },
  { id: "extism", op: "upper", input: TEXT },
  { id: "wapc", op: "upper", input: TEXT, ops: WAPC },
  { id: "plain", op: "add", input: "2, 3" },
] as const;

const MATRIX: readonly Example[] = ABIS.flatMap(({ id, ...call }) => LANGUAGES.map((language) => ({ id: `${id}-${language}`, ...call })));

/** What is no row and no column. */
export const OTHERS: readonly Example[] = [
  { id: "validator", op: "validate", input: '{"iban":"DE89 3704 0044 0532 0130 00","date":"30.2.2026"}' },
  { id: "kit-extism-as", op: "upper", input: TEXT },
  { id: "kit-wapc-as", op: "upper", input: TEXT, ops: ["upper", "echo", "host", "log", "fail"] },
];

/** To see how it goes wrong. */
export const BROKEN: readonly Example[] = [
  { id: "hostile-missing-imports", op: "", input: "" },
  { id: "hostile-result-beyond", op: "echo", input: TEXT },
  { id: "hostile-two-abis", op: "", input: "" },
  { id: "foreign-wasm-bindgen", op: "", input: "" },
  { id: "component", op: "", input: "" },
];

export const EXAMPLES: readonly Example[] = [...MATRIX, ...OTHERS, ...BROKEN];

/** The first thing that a stranger sees run. */
export const FIRST: Example = MATRIX[0]!;
