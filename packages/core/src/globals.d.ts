/**
 * What every runtime has and no neutral `lib` of TypeScript declares: the smallest structural types core can live
 * with. They are ambient here and appear in no public declaration, so they collide with nobody's DOM or Node types.
 */
declare namespace WebAssembly {
  interface Module {}
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  interface Descriptor {
    readonly module: string;
    readonly name: string;
    readonly kind: string;
  }
  const Module: {
    new (bytes: Uint8Array): Module;
    imports(module: Module): Descriptor[];
    exports(module: Module): Omit<Descriptor, "module">[];
    customSections(module: Module, name: string): ArrayBuffer[];
  };
  const Instance: new (module: Module, imports: object) => Instance;
  const Memory: new (descriptor: { initial: number; maximum?: number }) => Memory;
  const RuntimeError: new (message?: string) => Error;
  const CompileError: new (message?: string) => Error;
  const LinkError: new (message?: string) => Error;
  /** JavaScript Promise Integration; absent on some engines. */
  const Suspending: (new (run: (...args: never[]) => unknown) => object) | undefined;
  const promising: (<T extends Function>(run: T) => (...args: never[]) => Promise<unknown>) | undefined;
  function compile(bytes: Uint8Array): Promise<Module>;
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}

declare class URL {
  constructor(url: string | URL, base?: string | URL);
  readonly href: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly host: string;
}

declare const crypto: {
  readonly subtle: { digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> };
  getRandomValues(bytes: Uint8Array): Uint8Array;
};

declare const performance: { now(): number };
declare function setTimeout(run: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare function atob(text: string): string;
declare function btoa(text: string): string;

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
