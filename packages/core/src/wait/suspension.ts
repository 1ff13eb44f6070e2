import type { Scope } from "../capability/scope.ts";
import { aborted, at, type Call } from "../contract/call.ts";
import type { Signal } from "../contract/operations.ts";
import type { IsopodError } from "../errors.ts";
import type { Budget } from "../limits/budget.ts";

/** What a call whose guest may be suspended reports to whoever lent the instance. */
export interface Loan {
  readonly signal: Signal | undefined;
  /** How to give up each call that is pending: what dispose has to settle. */
  readonly pending: Pick<Set<(error: unknown) => void>, "add" | "delete">;
  /** The call ended well. */
  done(): void;
  /** The call ended otherwise; gives what its caller is told. */
  failed(error: unknown): unknown;
  /** Watches that the caller's own context lives, where it may vanish; gives what ends the watch. */
  watch?: ((lost: () => void) => () => void) | undefined;
  /** The context vanished, and nobody is left to be told. */
  lost(): void;
  /** What the instance is held to, if it is: it ends a guest whose call was given up. */
  readonly budget?: Pick<Budget, "retire">;
}

/** An instance that is lent: see `Seat`. */
export interface Entered {
  readonly instance: { begin(call: Call): Promise<unknown>; end(call: Call, raw: unknown): unknown };
  readonly scope: Scope;
  /** What the caller is told of what the call came to. */
  blame(call: Call, cause: unknown): unknown;
}

/**
 * What it takes to call a guest that may leave its stack in the middle. Instances whose imports cannot suspend have
 * none, and a bundle without functions of the application does not hold this file.
 */
export interface Suspension {
  /** An export that gives a promise, because something it calls may suspend. Costs 0.7 µs a call. */
  enter(run: Function): Function;
  /** Lower, guest, lift: what `Seat.run` does, for a guest that may be suspended. Throws what the caller is told. */
  run(seat: Entered, call: Call): Promise<unknown>;
  /** One call after the other, until the instance is given up. */
  each(seat: Entered, calls: readonly Call[]): Promise<unknown[]>;
  /** Settles with the guest, or with the caller's signal, or with dispose, whichever is first. */
  guard(result: Promise<unknown>, loan: Loan): Promise<unknown>;
}

/** JavaScript Promise Integration: Node ≥ 24, Deno, Bun, Chromium, Firefox, workerd. */
export const jspi: Suspension = {
  enter: (run) => WebAssembly.promising!(run),

  async run(seat, call) {
    const { instance, scope } = seat;
    scope.call = call;
    try {
      const raw = await instance.begin(call);
      scope.check();
      scope.inside = false;
      const output = instance.end(call, raw);
      scope.leave();
      return output;
    } catch (cause) {
      throw seat.blame(call, cause);
    }
  },

  async each(seat, calls) {
    const outputs: unknown[] = [];
    for (const call of calls) {
      if (seat.scope.retired) break; // it was given up: nobody is to hear of the rest
      try {
        outputs.push(await this.run(seat, call));
      } catch (error) {
        throw at(error, outputs.length);
      }
    }
    return outputs;
  },

  guard(result, loan) {
    const { signal, pending } = loan;
    return new Promise((resolve, reject) => {
      let open = true;
      const close = (): boolean => {
        if (!open) return false;
        open = false;
        signal?.removeEventListener("abort", onAbort);
        stop?.();
        pending.delete(giveUp);
        return true;
      };
      const giveUp = (error: unknown): void => {
        if (!close()) return;
        reject(loan.failed(error));
        loan.budget?.retire(error as IsopodError);
      };
      const onAbort = (): void => giveUp(aborted(signal!));
      const stop = loan.watch?.(() => {
        pending.delete(giveUp);
        loan.lost();
      });
      signal?.addEventListener("abort", onAbort);
      pending.add(giveUp);
      result.then((value) => {
        if (!close()) return;
        loan.done();
        resolve(value);
      }, giveUp);
      if (signal?.aborted) onAbort(); // by the guest's own host function, before anybody listened
    });
  },
};
