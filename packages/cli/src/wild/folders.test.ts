import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { guest } from "../isopod.fixture.ts";
import type { Wild } from "./row.ts";
import { wildCommand } from "./wild.fixture.ts";

// A process for each file.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), "wild-folders-"));
afterAll(() => rmSync(folder, { recursive: true }));

const posix = process.platform !== "win32";
const plain = (...path: string[]): void => copyFileSync(guest("plain-wat"), join(...path));

test("an empty folder is no failure, and says so", async () => {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  expect(await wildCommand([empty])).toEqual({ code: 0, stdout: "0 files: there is no .wasm file below this folder\n", stderr: "" });
  expect(JSON.parse((await wildCommand([empty, "--json"])).stdout)).toEqual({ rows: [], loaded: 0, called: 0, refused: 0, total: 0 });
});

test("what is no module, and names that are no words", async () => {
  const odd = join(folder, "odd");
  mkdirSync(join(odd, "a folder.wasm"), { recursive: true });
  plain(odd, "a folder.wasm", "with blanks .wasm");
  plain(odd, "-dash.wasm");
  plain(odd, "LOUD.WASM");
  if (posix) plain(odd, "two\nlines\u001b[31m.wasm"); // no name on Windows
  if (posix) copyFileSync(guest("plain-wat"), Buffer.concat([Buffer.from(`${odd}/not`), Buffer.from([0xff]), Buffer.from(".wasm")]));
  writeFileSync(join(odd, "zero.wasm"), "");
  writeFileSync(join(odd, "huge.wasm"), "");
  truncateSync(join(odd, "huge.wasm"), 5 * 1024 ** 3); // takes no room
  plain(odd, "unreadable.wasm");
  chmodSync(join(odd, "unreadable.wasm"), 0);
  symlinkSync("..", join(odd, "round and round"), "junction");
  symlinkSync("nowhere", join(odd, "dangling.wasm"));

  const { code, stdout } = await wildCommand([odd, "--step", "20s", "--json"]);
  const found = JSON.parse(stdout) as Wild;
  const good = { abi: "plain", loads: true, calls: true };
  const bad = { abi: null, loads: false, calls: null };
  // Whoever may read everything reads that one, too.
  const unreadable = posix && process.getuid?.() !== 0 ? { ...bad, error: "bad_source", reason: expect.stringContaining("may not read") as string } : good;
  const expected = [
    { file: "-dash.wasm", ...good },
    { file: "LOUD.WASM", ...good },
    { file: join("a folder.wasm", "with blanks .wasm"), ...good },
    { file: "huge.wasm", size: 5 * 1024 ** 3, ...bad, error: "bad_source", reason: "larger than 64 MiB, so it was not read" },
    ...(posix ? [{ file: "not\ufffd.wasm", size: 0, ...bad, error: "bad_source", reason: "its name is not UTF-8, so it cannot be opened" }] : []),
    ...(posix ? [{ file: "two\nlines\u001b[31m.wasm", size: 156, ...good }] : []),
    { file: "unreadable.wasm", ...unreadable },
    { file: "zero.wasm", size: 0, ...bad, error: "bad_module", reason: expect.stringContaining("it is empty") as string },
  ];
  expect(found.rows).toEqual(expected.map((row) => expect.objectContaining(row) as unknown));
  expect(code).toBe(0);

  // One line a file, whatever a name does to a terminal; and the shape that is promised.
  const table = (await wildCommand([odd, "--step", "20s"])).stdout;
  expect(table.trimEnd().split("\n").length).toBe(1 + expected.length + 2);
  expect(table).not.toContain("\u001b");
  expect(Object.keys(found)).toEqual(["rows", "loaded", "called", "refused", "total"]);
  for (const row of found.rows) expect(Object.keys(row).toSorted()).toEqual(["abi", "calls", "error", "file", "loads", "reason", "size"]);
});
