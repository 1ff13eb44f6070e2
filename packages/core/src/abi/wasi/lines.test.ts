import fc from "fast-check";
import { expect, test } from "vitest";
import { Scope } from "../../capability/scope.ts";
import { Lines } from "./lines.ts";

function stream(): { out: string[]; write(text: string | Uint8Array): void; end(): void } {
  const out: string[] = [];
  const scope = new Scope();
  const lines = new Lines(scope, (line) => out.push(line));
  return { out, write: (text) => lines.write(typeof text === "string" ? new TextEncoder().encode(text) : text), end: () => scope.leave() };
}

test("however it is cut into pieces, the lines are the same, and the last one comes when the call ends", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "é", "😀", "\r", "\0") }), fc.array(fc.nat({ max: 9 })), (text, cuts) => {
      const { out, write, end } = stream();
      let rest = new TextEncoder().encode(text);
      for (const cut of cuts) {
        write(rest.subarray(0, cut));
        rest = rest.subarray(cut);
      }
      write(rest);
      const lines = text.split("\n");
      expect(out).toEqual(lines.slice(0, -1));
      end();
      expect(out).toEqual(lines.at(-1) === "" ? lines.slice(0, -1) : lines);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("nothing of one call gets into the next", () => {
  const { out, write, end } = stream();
  write("first");
  end();
  write("second\n");
  end();
  expect(out).toEqual(["first", "second"]);
});

test("bytes that are no text are shown as such", () => {
  const { out, write, end } = stream();
  write(new Uint8Array([0xff, 0x61, 0x0a, 0xe2, 0x82]));
  end();
  expect(out).toEqual(["\ufffda", "\ufffd"]);
});

test("the memory may change as soon as it has been written", () => {
  const { out, write, end } = stream();
  const bytes = new TextEncoder().encode("secret");
  write(bytes);
  bytes.fill(0x78);
  end();
  expect(out).toEqual(["secret"]);
});

test("a line that never ends is passed on in pieces, and none of it is lost", () => {
  const { out, write, end } = stream();
  for (let written = 0; written < 300_000; written += 1000) write("x".repeat(1000));
  expect(out.length).toBeGreaterThanOrEqual(4);
  end();
  expect(out.join("")).toBe("x".repeat(300_000));
  expect(Math.max(...out.map(({ length }) => length))).toBeLessThanOrEqual(66_536);
});

test.each(["é", "€", "😀", "x€", "xx😀"])("a piece ends where a character does: %s", (unit) => {
  const { out, write, end } = stream();
  const text = unit.repeat(50_000);
  write(text);
  end();
  expect(out.join("")).toBe(text);
});

test("a line that fills a piece is one line; one that is no text goes on as well", () => {
  const { out, write, end } = stream();
  write(`${"x".repeat(65_536)}\ny\n`);
  expect(out.map(({ length }) => length)).toEqual([65_536, 1]);
  write(new Uint8Array(200_000).fill(0x80));
  end();
  expect(out.slice(2).join("")).toBe("\ufffd".repeat(200_000));
});
