/** `ref` is any reference type but the two of WebAssembly 2.0. */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref" | "ref";

/** The type of a function. */
export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** The limits of a memory. */
export interface MemoryType {
  /** In pages, of 64 KiB unless the module sets its own page size, which no engine runs by default. */
  readonly minimum: number;
  /** In pages. */
  readonly maximum?: number;
  /** Between threads. */
  readonly shared: boolean;
  /** Addressed by i64 (memory64). */
  readonly wide: boolean;
}

/** What can be imported and exported. */
export type Kind = "function" | "table" | "memory" | "global" | "tag";

/** One import. */
export interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: Kind;
  /** Of a function, where the bytes were at hand. */
  readonly type?: FunctionType;
  /** Of a memory, where the bytes were at hand. */
  readonly memory?: MemoryType;
}

/** One export. */
export interface Export {
  readonly name: string;
  readonly kind: Kind;
  /** Of a function, where the bytes were at hand. */
  readonly type?: FunctionType;
  /** Of a memory, where the bytes were at hand. */
  readonly memory?: MemoryType;
}

/** One section. */
export interface Section {
  /** As the specification numbers them; 0 is custom. */
  readonly id: number;
  /** Of a custom section its own name, of any other what the specification calls it. */
  readonly name: string;
  /** Where its contents begin, in bytes from the module's start; the name of a custom section is not part of them. */
  readonly offset: number;
  /** Of its contents, in bytes. */
  readonly size: number;
}

/** What a module says about itself before anything is compiled: what loading needs. */
export interface Inspected {
  /** The lists of a component are empty: it is recognised, not read. */
  readonly form: "module" | "component";
  /** Bytes; absent where only a compiled Module was at hand. */
  readonly size?: number;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  /** Imported ones first, as they are numbered. */
  readonly memories: readonly MemoryType[];
}

/** What it says besides. */
export interface Survey {
  /** It has a start function, which runs while it is instantiated. */
  readonly start: boolean;
  /** Proposals by name, in alphabetical order. */
  readonly features: readonly string[];
  /** The custom ones of `sections`. */
  readonly custom: readonly Section[];
  /** In the order of the file. */
  readonly sections: readonly Section[];
}
