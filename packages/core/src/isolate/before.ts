import type { Call } from "../contract/call.ts";
import type { Batch, Place } from "./place.ts";

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

  runMany(batch: Batch): unknown[] | Promise<unknown[]> {
    return this.place.runMany(batch);
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
