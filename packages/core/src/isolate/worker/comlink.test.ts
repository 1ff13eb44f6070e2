import { describe, expect, test, vi } from "vitest";
import { IsopodError } from "../../errors.ts";
import { keepErrors } from "./comlink.ts";

interface Handler {
  canHandle(value: unknown): boolean;
  serialize(thrown: { value: unknown }): [unknown, unknown[]];
  deserialize(serialized: unknown): never;
}

const theirs = {
  canHandle: vi.fn((value: unknown) => value === "thrown"),
  serialize: vi.fn(({ value }: { value: unknown }) => [{ isError: true, value: String(value) }, ["port"]]),
  deserialize: vi.fn((serialized: { value: string }): never => {
    throw new Error(`theirs: ${serialized.value}`);
  }),
};
const handler: Handler = keepErrors(theirs);
const cross = (value: unknown): unknown => {
  const [serialized] = handler.serialize({ value });
  try {
    return handler.deserialize(structuredClone(serialized));
  } catch (error) {
    return error;
  }
};

describe("what a remote function threw", () => {
  test("an error of ours arrives as what it is", () => {
    const error = cross(new IsopodError("missing_import", "no", { details: { missing: ["a"] }, cause: new IsopodError("trap", "deep") }));
    expect(error).toBeInstanceOf(IsopodError);
    expect(error).toMatchObject({ code: "missing_import", message: "no", details: { missing: ["a"] }, cause: { code: "trap" } });
  });

  test.each([[new TypeError("odd"), "theirs: TypeError: odd"], ["text", "theirs: text"], [undefined, "theirs: undefined"]])("anything else takes comlink's way: %o", (value, message) => {
    expect(cross(value)).toMatchObject({ message });
  });

  test("however many workers are started, one handler is asked", () => {
    expect(keepErrors(handler)).toBe(handler);
  });

  test("what is handled at all, comlink says", () => {
    expect([handler.canHandle("thrown"), handler.canHandle(new IsopodError("trap", "x"))]).toEqual([true, false]);
  });
});
