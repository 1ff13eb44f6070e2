import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";
import { ask } from "./ask.ts";
import type { Choice, Given } from "./options.ts";

vi.setConfig({ testTimeout: 30_000 });

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "create-isopod-ask-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ENTER = "\r";
const DOWN = "\u001b[B";
const ESCAPE = "\u001b";
const CTRL_C = "\u0003";

/** What each question says, and what is typed once it has been asked. */
type Talk = readonly (readonly [question: string, keys: string])[];
const FOLDER = "Which folder?";
const LANGUAGE = "The plugin is written in";
const HOST = "The app runs in";

/** Types the next keys when the next question has been seen. */
function follow(talk: Talk, type: (keys: string) => void): { read: (text: string) => void; seen: () => string } {
  let seen = "";
  let at = 0;
  return {
    seen: () => seen,
    read(text) {
      seen += text;
      const next = talk[at];
      if (!next || !seen.includes(next[0])) return;
      at++;
      type(next[1]);
    },
  };
}

/** Somebody who answers through streams of the test's own. */
async function answered(talk: Talk, given: Partial<Given> = {}): Promise<{ choice: Choice | undefined; seen: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const conversation = follow(talk, (keys) => setTimeout(() => input.write(keys), 20));
  output.setEncoding("utf8").on("data", conversation.read);
  const choice = await ask({ yes: false, help: false, ...given }, { input: input as unknown as NodeJS.ReadStream, output: output as unknown as NodeJS.WriteStream });
  return { choice, seen: conversation.seen() };
}

describe("questions", () => {
  test("Enter three times is what is preset", async () => {
    const { choice, seen } = await answered([[FOLDER, ENTER], [LANGUAGE, ENTER], [HOST, ENTER]]);
    expect(choice).toEqual({ dir: "isopod-plugin", language: "assemblyscript", host: "node" });
    for (const label of ["AssemblyScript", "C", "Rust", "WAT", "Browser", "Edge", "Node", "All of them"]) expect(seen).toContain(label);
  });

  test("what is typed and chosen is what is made", async () => {
    const { choice } = await answered([[FOLDER, `mine${ENTER}`], [LANGUAGE, `${DOWN}${DOWN}${ENTER}`], [HOST, `${DOWN}${ENTER}`]]);
    expect(choice).toEqual({ dir: "mine", language: "rust", host: "all" });
  });

  test("what is given is not asked for", async () => {
    const { choice, seen } = await answered([[LANGUAGE, `${DOWN}${ENTER}`]], { dir: "x", host: "edge" });
    expect(choice).toEqual({ dir: "x", language: "c", host: "edge" });
    expect([seen.includes(FOLDER), seen.includes(HOST)]).toEqual([false, false]);
  });

  test.each<[string, Talk]>([
    ["at once", [[FOLDER, CTRL_C]]],
    ["by Escape", [[FOLDER, ENTER], [LANGUAGE, ESCAPE]]],
    ["at the last one", [[FOLDER, ENTER], [LANGUAGE, ENTER], [HOST, CTRL_C]]],
  ])("who gives up gets nothing: %s", async (_when, talk) => {
    expect((await answered(talk)).choice).toBeUndefined();
  });
});

/** A real terminal, by util-linux's `script`, which other systems do not have in this form. */
const TERMINALS = process.platform === "linux" ? ["script"] : [];

describe.each(TERMINALS)("on a terminal of %s", (program) => {
  function onTerminal(talk: Talk): Promise<{ code: number | null; seen: string }> {
    // It begins without a size.
    const command = `stty rows 24 cols 80; '${process.execPath}' '${bin}'`;
    const child = spawn(program, ["--quiet", "--return", "--command", command, "/dev/null"], { cwd: folder, env: { ...process.env, TERM: "xterm", CI: "" }, stdio: ["pipe", "pipe", "inherit"] });
    const conversation = follow(talk, (keys) => setTimeout(() => child.stdin.write(keys), 50));
    child.stdout.setEncoding("utf8").on("data", conversation.read);
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, seen: conversation.seen() })));
  }

  test("three questions make a project, and it says what comes next", async () => {
    const { code, seen } = await onTerminal([[FOLDER, `by hand${ENTER}`], [LANGUAGE, `${DOWN}${ENTER}`], [HOST, ENTER]]);
    expect([code, seen]).toEqual([0, expect.stringContaining('cd "by hand" && npm install')]);
    expect(readdirSync(join(folder, "by hand"))).toEqual(expect.arrayContaining(["node", "package.json", "plugin"]));
    expect(readdirSync(join(folder, "by hand/plugin"))).toContain("slugify.c");
    expect(JSON.parse(readFileSync(join(folder, "by hand/package.json"), "utf8"))).toMatchObject({ name: "by-hand" });
  });

  test("Ctrl-C ends it with 130, and nothing is written", async () => {
    const before = readdirSync(folder);
    expect((await onTerminal([[FOLDER, `never${ENTER}`], [LANGUAGE, CTRL_C]])).code).toBe(130);
    expect(readdirSync(folder)).toEqual(before);
  });
});
