import { isIsopodError } from "../../errors.ts";
import { FAULT } from "./errno.ts";

/** A bad pointer is the guest's to learn of: EFAULT, and nothing has happened. */
export function guarded<T extends unknown[]>(run: (...args: T) => number): (...args: T) => number {
  return (...args) => {
    try {
      return run(...args);
    } catch (error) {
      if (isIsopodError(error) && error.code === "out_of_bounds") return FAULT;
      throw error;
    }
  };
}
