import type { Reader } from "../reader.ts";
import { fixed, overText, textAt } from "./bytes.ts";
import { MOST_FILES } from "./rows.ts";

/** Sections that texts are in; the one that is read now has some of its own. */
export interface Texts {
  readonly line: Uint8Array;
  readonly lineStr: Uint8Array;
  readonly str: Uint8Array;
}

/** A file or folder as a unit names it: where its text is, and the folder it is in. Texts are read when they are asked for. */
interface Entry {
  readonly texts: Uint8Array;
  readonly at: number;
  readonly folder: number;
}

/** What an entry says of a file, from version 5 on: its path, and the folder it is in. */
const PATH = 1;
const FOLDER = 2;

/**
 * The files of one unit, by the number that its program uses. Folders that are the compiler's own (number 0) are not told:
 * they are the machine's that it was compiled on.
 *
 * ```text
 * version 2 to 4   folder, folder, … 0   file, folder's number, time, size, …  0      counted from 1
 * version 5        form of a folder │ folders │ form of a file │ files                counted from 0
 * ```
 *
 * @param reader stands where the tables begin
 */
export function filesOf(reader: Reader, version: number, texts: Texts): (number: number) => string | undefined {
  const [folders, files] = version < 5 ? old(reader, texts) : [table(reader, texts), table(reader, texts)];
  const first = version < 5 ? 1 : 0;
  return (number) => {
    const file = files[number - first];
    const name = file && textAt(file.texts, file.at);
    if (!name || file.folder === 0 || name.startsWith("/")) return name || undefined;
    const folder = folders[file.folder - first];
    const path = folder && textAt(folder.texts, folder.at);
    return path ? `${path}/${name}` : name;
  };
}

function old(reader: Reader, { line: texts }: Texts): [folders: Entry[], files: Entry[]] {
  const folders: Entry[] = [];
  const files: Entry[] = [];
  while (reader.bytes[reader.at] !== 0) {
    reader.bound(folders.length, MOST_FILES - 1);
    folders.push({ texts, at: overText(reader), folder: 0 });
  }
  reader.byte();
  while (reader.bytes[reader.at] !== 0) {
    reader.bound(files.length, MOST_FILES - 1);
    const at = overText(reader);
    files.push({ texts, at, folder: reader.number(64) });
    reader.number(64); // when it was changed
    reader.number(64); // its size
  }
  return [folders, files];
}

function table(reader: Reader, texts: Texts): Entry[] {
  const form: [what: number, how: number][] = [];
  for (let left = reader.byte(); left > 0; left--) form.push([reader.number(), reader.number()]);
  // Of nothing there could be any number.
  if (form.length === 0) {
    if (reader.number() > 0) throw reader.error("entries of nothing");
    return [];
  }
  return reader.list(MOST_FILES, () => {
    let entry: Entry = { texts: texts.line, at: Infinity, folder: 0 };
    for (const [what, how] of form) {
      const [source, value] = attribute(reader, how, texts);
      if (what === PATH && source) entry = { ...entry, texts: source, at: value };
      else if (what === FOLDER) entry = { ...entry, folder: value };
    }
    return entry;
  });
}

/** Bytes of the forms that are a number or so many bytes. */
const SIZES: Readonly<Record<number, number>> = { 0x0b: 1, 0x05: 2, 0x06: 4, 0x07: 8, 0x1e: 16 };

/** A value by its form; of a text, what it is in and where. */
function attribute(reader: Reader, form: number, { line, lineStr, str }: Texts): [texts: Uint8Array | undefined, value: number] {
  if (form === 0x08) return [line, overText(reader)];
  if (form === 0x1f) return [lineStr, fixed(reader, 4)];
  if (form === 0x0e) return [str, fixed(reader, 4)];
  if (form === 0x0f) return [undefined, reader.number(64)];
  if (form === 0x09) return [undefined, reader.skip(reader.count(Infinity))];
  const size = SIZES[form];
  if (size === undefined) throw reader.error("an unknown form");
  return [undefined, fixed(reader, size)];
}
