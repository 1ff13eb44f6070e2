import { atIndex, Call, isNumber, liftAs, liftCopy, liftNumbers, payload } from "../contract/call.ts";
import type { CallOptions, Input } from "../contract/operations.ts";
import { BatchWriter, readBatch } from "../memory/batch.ts";
import type { Place } from "./place.ts";

export function liftAny(call: Call, value: unknown): unknown {
  return value instanceof Uint8Array ? liftCopy(call, value) : liftNumbers(call, value);
}

/**
 * A whole batch of outputs. Bytes become arrays of their own, so that keeping one does not keep them all.
 *
 * @param room how many outputs the block has room for, if not all of them came
 */
export function liftMany(call: Call, value: unknown, room?: number): unknown[] {
  if (value instanceof ArrayBuffer) return readBatch(value, (bytes, start, end, index) => atIndex(index, () => liftAs(call, bytes, start, end)), room);
  return (value as unknown[]).map((output, index) => atIndex(index, () => liftAny(call, output)));
}

/** The input as it is posted: never the caller's own buffer, never more of it than the caller named. */
export function outgoing(input: Input): unknown {
  if (isNumeric(input)) return input;
  const data = payload(input);
  if (typeof data === "string") return data;
  return new Uint8Array(data);
}

/** What may be for a plugin of numbers: nothing is, where an operation takes none. */
function isNumeric(input: Input): boolean {
  return input === undefined || isNumber(input) || (Array.isArray(input) && input.every(isNumber));
}

/** One block where all inputs are bytes or text, else a list. @throws `bad_input`, saying which it was */
export function packInputs(inputs: readonly Input[]): ArrayBuffer | unknown[] {
  const each = <T>(pack: (input: Input) => T): T[] => inputs.map((input, index) => atIndex(index, () => pack(input)));
  if (inputs.some(isNumeric)) return each(outgoing);
  const items = each(payload);
  const block = new BatchWriter(items.length, items.reduce((sum, item) => sum + (typeof item === "string" ? item.length * 3 : item.length), 0));
  for (const item of items) block.append(item);
  return block.finish();
}

/**
 * The guest's side of a batch: what `packInputs` gave, on its way to `liftMany`. Where the caller has the guest at hand, each
 * output is lifted before the next input is lowered. So what came before a failure is lifted first here too: it may be a failure itself.
 */
export function runPacked(place: Pick<Place, "runMany">, op: string, inputs: unknown, options: CallOptions): unknown {
  const { as } = options;
  // JSON may be deeper than what a clone can hold.
  if (!(inputs instanceof ArrayBuffer)) return place.runMany(new Call(op, undefined, { ...options, as: as === "json" ? undefined : as }), inputs as Input[]);
  const items = readBatch(inputs, (bytes, start, end) => bytes.subarray(start, end));
  const outputs = new BatchWriter(items.length, inputs.byteLength);
  const failed = (error: unknown): never => {
    liftMany(new Call(op, undefined, { as }), outputs.finish(), items.length);
    throw error;
  };
  try {
    const gathered = place.runMany(new Call(op, undefined, { ...options, borrow: (view) => outputs.append(view) }), items);
    return gathered instanceof Promise ? gathered.then(() => outputs.finish(), failed) : outputs.finish();
  } catch (error) {
    return failed(error);
  }
}
