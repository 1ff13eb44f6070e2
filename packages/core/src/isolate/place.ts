import type { Abi, Program } from "../abi/abi.ts";
import type { FunctionTable } from "../capability/functions.ts";
import type { LogSink } from "../capability/log.ts";
import type { Call } from "../contract/call.ts";
import type { Input, PluginInfo, Signal } from "../contract/operations.ts";
import type { IsopodError } from "../errors.ts";
import type { PoolLimits } from "../pool/pool.ts";
import type { Inspected } from "../wasm/types.ts";
import type { Policy } from "../wasm/harden/index.ts";
import type { Fleet } from "./worker/fleet.ts";
import type { Lane } from "./worker/lane.ts";
import type { WorkerPlace } from "./worker/worker-place.ts";

/** `harden`, wherever it is done. Never keeps, moves or changes what it is given. */
export type Harden = (bytes: Uint8Array, policy: Policy, digest?: string) => Uint8Array | Promise<Uint8Array>;

/** Ends what takes too long, where guests have threads of their own. */
export interface Timekeeper {
  /** The lane is at work until this settles: it runs the call, or instantiates. */
  watch(place: WorkerPlace, lane: Lane, work: Promise<unknown>, call?: Call): void;
}

/** What stays on the host's side of an isolation, or travels by means of its own. */
export interface Setup {
  readonly abi: Abi;
  readonly limits: PoolLimits;
  /** Host functions, or the address of the module that the isolation imports them from. */
  readonly functions: FunctionTable | { readonly href: string };
  readonly log: LogSink | undefined;
  /** Gives the loading up. */
  readonly signal?: Signal | undefined;
  /** Where time is limited and threads can be ended. */
  readonly clock?: Timekeeper | undefined;
}

/** What a plugin keeps beyond its instances. */
export interface Kept {
  entries(): Iterable<readonly [string, Uint8Array]>;
  set(name: string, value: Uint8Array): void;
}

/** Where the instances of one plugin live. */
export interface Place {
  /** The result, or a promise of it where the guest is elsewhere or was suspended. */
  run(call: Call): unknown;
  /** @throws `unsupported` where the guest cannot be reached without waiting */
  runSync(call: Call): unknown;
  /** The same call for each input, on one instance: the outputs in the order of the inputs, or a promise of them. */
  runMany(call: Call, inputs: readonly Input[]): unknown[] | Promise<unknown[]>;
  /** What the plugin keeps, where it keeps something. */
  readonly variables?: Kept | undefined;
  /** Instances have variables of their own, which are not what they should be: new ones are made. */
  renew?(): void;
  /** After `renew`: goes on with the variables of the place before it; gives what to call when that one has no calls left, if it waits for that. */
  follow?(previous: Place): (() => void) | undefined;
  /** The place that this one only guards: the one that can follow, and be followed. */
  readonly behind?: Place | undefined;
  /** Settles everything that is pending with the error. */
  dispose(error: IsopodError): void;
}

/** A way to keep guests apart from the host. */
export interface Isolation {
  readonly name: string;
  /** The threads of its guests, where they have some that can be ended. */
  readonly fleet?: Fleet;
  /** What holds here, where plugins are held to limits. */
  readonly limits?: PluginInfo["limits"];
  /** Asks a compiled module what it is, where that is more than the engine can say. */
  readonly inspect?: (module: object, size?: number) => Inspected;
  /** Rewrites bytes so that limits hold, where the isolation knows a better place to do it than here. */
  readonly harden?: Harden;
  /** Makes of the bytes what `place` can instantiate. @throws `bad_module`, `unsupported` */
  compile(bytes: Uint8Array): Promise<object>;
  /** Instantiates once, so that what cannot work fails at load. */
  place(program: Program, setup: Setup): Promise<Place>;
  dispose(error: IsopodError): void;
}
