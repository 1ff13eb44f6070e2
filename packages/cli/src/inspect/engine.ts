/** What the engine that runs this says about the module: it is compiled, and nothing of it is run. */
export interface Here {
  /** Such as `Node 20.20.2`. */
  readonly runtime: string;
  readonly compiles: boolean;
  /** The engine's own words, where it does not compile. */
  readonly words: string | null;
}

/** Asks this engine. */
export async function askHere(bytes: Uint8Array<ArrayBuffer>): Promise<Here> {
  const runtime = `Node ${process.versions.node}`;
  try {
    await WebAssembly.compile(bytes);
    return { runtime, compiles: true, words: null };
  } catch (error) {
    const words = (error as Error).message.replace(/^WebAssembly\.\w+\(\): /, "");
    return { runtime, compiles: false, words };
  }
}
