import type { Call } from "../contract/call.ts";
import type { Input } from "../contract/operations.ts";
import type { Place } from "./place.ts";

/** A place before another one. */
export class Before implements Place {
  protected readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  run(call: Call): unknown {
    return this.place.run(call);
  }

  runSync(call: Call): unknown {
    return this.place.runSync(call);
  }

  runMany(call: Call, inputs: readonly Input[]): unknown[] | Promise<unknown[]> {
    return this.place.runMany(call, inputs);
  }

  get variables(): Place["variables"] {
    return this.place.variables;
  }

  renew(): void {
    this.place.renew?.();
  }

  get behind(): Place {
    return this.place.behind ?? this.place;
  }

  dispose(error: Parameters<Place["dispose"]>[0]): void {
    this.place.dispose(error);
  }
}

/** One that hears of every error before the caller does, whether it is thrown or comes by a promise. */
export class Hearing extends Before {
  readonly #heard: (error: unknown, op: string) => unknown;

  /** @param heard gives what the caller is told instead */
  constructor(place: Place, heard: (error: unknown, op: string) => unknown) {
    super(place);
    this.#heard = heard;
  }

  override run(call: Call): unknown {
    return this.#through(call.op, () => this.place.run(call));
  }

  override runSync(call: Call): unknown {
    return this.#through(call.op, () => this.place.runSync(call));
  }

  override runMany(call: Call, inputs: readonly Input[]): unknown[] | Promise<unknown[]> {
    return this.#through(call.op, () => this.place.runMany(call, inputs));
  }

  #through<T>(op: string, run: () => T): T {
    const tell = (error: unknown): never => {
      throw this.#heard(error, op);
    };
    try {
      const result = run();
      return result instanceof Promise ? (result.catch(tell) as T) : result;
    } catch (error) {
      return tell(error);
    }
  }
}
