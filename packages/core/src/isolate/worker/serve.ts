import type { Abi } from "../../abi/abi.ts";
import type { Variables } from "../../abi/variables.ts";
import { Call } from "../../contract/call.ts";
import type { Input } from "../../contract/operations.ts";
import { failure, isIsopodError, type ErrorRecord } from "../../errors.ts";
import type { PoolClass } from "../../pool/keep.ts";
import { Queue } from "../../pool/queue.ts";
import { runPacked } from "../crossing.ts";
import { InlinePlace } from "../inline.ts";
import type { Asking } from "./asking.ts";
import { ANSWER, CALL, DONE, FAILED, LOG, MANY, PROTOCOL, type Changes, type Control, type LoadOrder, type Port, type ToWorker } from "./protocol.ts";

/** From this size on, moving a buffer is cheaper than copying it. */
export const WORTH_MOVING = 16_384;

interface Resident {
  readonly place: InlinePlace;
  readonly variables: Variables | undefined;
}

/** The worker's side: holds one instance of each plugin it was given, and serves one call at a time. */
export class Server implements Control {
  readonly #abis: readonly Abi[];
  readonly #port: Port;
  /** Of a plugin that is being loaded there is only the number. */
  readonly #residents = new Map<number, Resident | undefined>();
  readonly #asking: Asking | undefined;
  readonly #pools: PoolClass | undefined;

  /** @param asking lets guests call functions of the application */
  constructor(abis: readonly Abi[], port: Port, asking?: (port: Port) => Asking, pools?: PoolClass) {
    this.#abis = abis;
    this.#pools = pools;
    this.#asking = asking?.(port);
    this.#port = port;
    port.listen((message: ToWorker) => this.#receive(message));
  }

  async greet(_protocol: string): Promise<string> {
    return PROTOCOL;
  }

  async load(order: LoadOrder): Promise<void> {
    const { plugin, program } = order;
    const abi = this.#abis.find(({ name }) => name === program.abi);
    if (!abi) throw failure("abi_unknown", `the worker has no ABI "${program.abi}": serve the host's list`);
    this.#residents.set(plugin, undefined);
    const functions = (await this.#asking?.table(order)) ?? new Map();
    if (!this.#residents.has(plugin)) return; // it was dropped meanwhile
    const variables = abi.variables?.(order.variables);
    const log = order.logs ? (level: string, message: string) => this.#port.post([LOG, plugin, level, message]) : () => {};
    const place = new InlinePlace(program, abi, { functions, log, variables }, { concurrency: 1, queue: 0 }, new Queue(), this.#pools);
    this.#residents.set(plugin, { place, variables });
  }

  async drop(plugin: number): Promise<void> {
    this.#residents.get(plugin)?.place.dispose(failure("disposed", "the plugin was dropped"));
    this.#residents.delete(plugin);
  }

  #receive(message: ToWorker): void {
    if (message[0] === CALL) this.#call(message[1], (place) => place.run(new Call(message[2], message[3] as Input, { context: message[4] })));
    else if (message[0] === MANY) this.#call(message[1], (place) => runPacked(place, message[2], message[3], { context: message[4], as: message[5] }));
    else if (message[0] === ANSWER) this.#asking?.answered(message[1] ? { error: message[1] } : { value: message[2] });
  }

  #call(plugin: number, run: (place: InlinePlace) => unknown): void {
    const resident = this.#residents.get(plugin);
    try {
      if (!resident) throw failure("internal", `the worker has no plugin ${plugin}`);
      const result = run(resident.place);
      if (result instanceof Promise) {
        result.then(
          (value) => this.#done(value, resident.variables?.changes()),
          (error: unknown) => this.#failed(error, resident.variables?.changes()),
        );
      } else this.#done(result, resident.variables?.changes());
    } catch (error) {
      this.#failed(error, resident?.variables?.changes());
    }
  }

  #done(value: unknown, changes: Changes): void {
    const buffer = value instanceof Uint8Array ? value.buffer : value;
    if (buffer instanceof ArrayBuffer && buffer.byteLength >= WORTH_MOVING) this.#port.post([DONE, value, changes], [buffer]);
    else this.#port.post([DONE, value, changes]);
  }

  #failed(error: unknown, changes: Changes): void {
    const failed = record(error);
    try {
      this.#port.post([FAILED, failed, changes]);
    } catch {
      this.#port.post([FAILED, { ...failed, details: undefined, cause: undefined }, changes]); // details that cannot be posted
    }
  }
}

function record(error: unknown): ErrorRecord {
  return (isIsopodError(error) ? error : failure("internal", "the worker failed", undefined, error)).toJSON();
}
