import { IsopodError, type As, type Signal } from "@isopod/core";
import { BatchWriter, Call, everyAbi, InlinePlace, keep, metered, Polling, readBatch, runPacked, Variables, type Program, type Unit } from "@isopod/core/spi";
import type { Lines } from "./lines.ts";
import type { Answer, LoadedEnv, Way } from "./protocol.ts";
import { remote } from "./remote.ts";

/** The plugin in its loaded worker. Every call is a request of its own here too, so whoever waits for an instance polls. */
export class Resident {
  readonly #place: InlinePlace;
  readonly #variables: Variables;
  /** Calls whose callers gave up lately. */
  readonly #givenUp = new Set<number>();
  readonly #mostWaiting: number;

  /** Instantiates once. @throws what linking and starting the plugin throws */
  constructor({ program, functions, limits, variables, logs }: LoadedEnv, kernel: object, modules: readonly object[], lines: Lines) {
    const abis = everyAbi(kernel);
    const abi = [...abis.map((each) => metered(each)), ...abis].find(({ name }) => name === program.abi); // a plugin without any limit is not metered
    if (!abi) throw new IsopodError("unsupported", `the Worker Loader runs the ABIs that come with Isopod, not "${program.abi.replace("metered ", "")}": import the plugin statically`);
    this.#variables = new Variables(variables);
    const shared = { functions: remote(functions, lines), log: logs ? lines.add : () => {}, variables: this.#variables };
    this.#mostWaiting = limits.queue;
    this.#place = new InlinePlace(assemble(program, modules), abi, shared, limits, new Polling(), keep({ timer: false }));
  }

  call(op: string, input: unknown, way: Way): unknown {
    return this.#place.run(new Call(op, input as Call["input"], this.#options(way)));
  }

  async callMany(op: string, inputs: unknown, as: As | undefined, way: Way): Promise<unknown> {
    return pack(await runPacked(this.#place, op, inputs, { ...this.#options(way), as }));
  }

  giveUp(call: number): void {
    this.#givenUp.add(call);
    // Of more than can wait, the oldest waits no longer.
    if (this.#givenUp.size > this.#mostWaiting) this.#givenUp.delete(this.#givenUp.values().next().value!);
  }

  /** A signal that who waits looks at. It tells nobody: that would be in the request of who gave up, and a guest that is suspended hears by its `ask`. */
  #options({ call, ask }: Way): { context: unknown; signal: Signal } {
    const givenUp = this.#givenUp;
    const signal = {
      get aborted() {
        return givenUp.has(call);
      },
      addEventListener: () => {},
      removeEventListener: () => {},
    };
    return { context: ask, signal };
  }

  changes(): Answer["changes"] {
    return this.#variables.changes();
  }

  drop(): void {
    this.#place.dispose(new IsopodError("disposed", "the plugin was disposed: load it again"));
  }
}

/** The program with the modules that did not travel with it. */
function assemble({ main, modules: companions, ...rest }: LoadedEnv["program"], modules: readonly object[]): Program {
  const unit = (inspected: Unit["inspected"], index: number): Unit => ({ module: modules[index] as Unit["module"], inspected });
  return { ...rest, main: unit(main, 0), modules: Object.fromEntries(companions.map(([name, inspected], index) => [name, unit(inspected, index + 1)])) };
}

/** One block where all outputs are bytes, and no larger than they are. */
function pack(given: unknown): unknown {
  const outputs = given instanceof ArrayBuffer ? readBatch(given, (bytes, start, end) => bytes.subarray(start, end)) : (given as unknown[]);
  if (!outputs.every((output) => output instanceof Uint8Array)) return outputs;
  const block = new BatchWriter(outputs.length, outputs.reduce((size, output) => size + output.length, 0));
  for (const output of outputs) block.append(output);
  return block.finish();
}
