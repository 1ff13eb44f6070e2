import { failure, type IsopodError } from "../../errors.ts";
import { BYTE_WEIGHT, MAX_EXPORTS, MAX_FUNCTIONS, MAX_LOCALS, MAX_TOTAL_WEIGHT, MAX_WEIGHT } from "../bounds.ts";
import type { Reader } from "../reader.ts";
import { enter, type Framed } from "../sections.ts";
import { valueType } from "../typing.ts";
import { UNNAMED, type Edits } from "./edits.ts";
import { entries, INVALID, mustEnd, reserved, type Outline } from "./outline.ts";
import { isReserved } from "./reserved.ts";
import type { Scan } from "./scan.ts";

/** A function of the module's own, where it stands in the file. */
export interface Body {
  readonly from: number;
  /** Groups of locals: how many, and where the first begins. */
  readonly groups: number;
  readonly locals: number;
  /** Where its code begins. */
  readonly code: number;
  readonly to: number;
  /** The index of the first local that may be added. */
  readonly local: number;
  readonly loops: boolean;
  /** It calls or throws, so that an exception may leave it in the middle. */
  readonly leaves: boolean;
  /** Its first unit; its loops follow. */
  readonly unit: number;
}

/** Reads what names functions or computes, in the order of the file, which is that of the edits. */
export function dissect(reader: Reader, framed: readonly Framed[], subject: Outline, scan: Scan, edits: Edits): Body[] {
  const bodies: Body[] = [];
  const most = MAX_TOTAL_WEIGHT + reader.bytes.length * BYTE_WEIGHT;
  let total = 0;
  /** The same, and the first function that is too large, if the module catches exceptions, which its last function may show. */
  let all = 0;
  let catching: number | undefined;
  const index = (): number => {
    const from = reader.at;
    const number = reader.number();
    reader.pick(subject.functions, number);
    if (number >= subject.imported) edits.note(UNNAMED, from, reader.at, number + 1);
    return number;
  };
  const read: Record<number, [limit: number, one: () => void]> = {
    6: [MAX_FUNCTIONS, () => {
      valueType(reader);
      reader.byte();
      scan.operands.constant();
    }],
    7: [MAX_EXPORTS, () => {
      const name = reader.name();
      if (isReserved(name)) throw reserved(`exports "${name}"`);
      const kind = reader.byte();
      if (kind === 0) subject.entered[index()] = true;
      else {
        const number = reader.number();
        if (kind === 3 && number >= subject.globals) throw reader.error(`${number} is unknown`);
      }
    }],
    9: [MAX_FUNCTIONS, () => {
      const flags = reader.number();
      if (flags > 7) throw reader.error(`${flags} is unknown`);
      if ((flags & 1) === 0) {
        if (flags & 2) reader.number();
        scan.operands.constant();
      }
      if (flags & 3) {
        if (flags & 4) valueType(reader);
        else reader.byte();
      }
      reader.list(Infinity, () => {
        if (flags & 4) return scan.operands.constant();
        return (subject.entered[index()] = true);
      });
    }],
    10: [MAX_FUNCTIONS, () => {
      const size = reader.count(Infinity);
      const from = reader.at;
      const { end } = reader;
      reader.end = from + size;
      const own = subject.imported + bodies.length;
      const type = subject.types[reader.pick(subject.functions, own)]!;
      let local = type.params.length;
      const groups = reader.count(Infinity);
      const locals = reader.at;
      for (let left = groups; left > 0; left--) {
        local += reader.number();
        valueType(reader);
      }
      const code = reader.at;
      reader.bound(local, MAX_LOCALS);
      const unit = scan.body(local, type);
      scan.units.costs.list[unit]! += local;
      const { weight, caught } = scan.labels;
      if (weight > MAX_WEIGHT || (total += weight) > most) throw large(own);
      if (weight + caught > MAX_WEIGHT || (all += weight + caught) > most) catching ??= own;
      mustEnd(reader);
      bodies.push({ from, groups, locals, code, to: reader.at, local, loops: scan.loops > 0, leaves: scan.leaves, unit });
      reader.end = end;
    }],
  };
  for (const section of framed) {
    const how = read[section.id];
    if (how) entries(reader, section, ...how);
    if (section.id === 8) {
      enter(reader, section.offset, section.size);
      subject.start = reader.number();
      const { params, results } = subject.types[reader.pick(subject.functions, subject.start)]!;
      if (params.length + results.length > 0) throw reader.error(INVALID);
      mustEnd(reader);
    }
  }
  if (scan.catches > 0 && catching !== undefined) throw large(catching);
  // Not before: to be the first that runs does not declare it for references.
  if (subject.start !== undefined) subject.entered[subject.start] = true;
  if (bodies.length + subject.imported !== subject.functions.length) throw reader.error(INVALID);
  return bodies;
}

function large(index: number): IsopodError {
  return failure("unsupported", `function ${index} has more than engines bear: optimise it`, { feature: "large functions" });
}
