import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { CODES, IsopodError, isIsopodError, retires, revive, wordsOf, type Code, type ErrorRecord } from "./errors.ts";

const codes = Object.keys(CODES) as Code[];

test("the codes are closed: to add one is a decision", () => {
  expect(codes).toEqual([
    ...["invalid_option", "bad_source", "integrity", "bad_module", "unsupported", "abi_unknown", "abi_ambiguous", "missing_import", "bad_signature"],
    ...["missing_export", "bad_input", "overloaded", "output_too_small"],
    ...["aborted", "disposed", "host_function"],
    ...["guest_error", "invalid_utf8", "invalid_json"],
    ...["trap", "exit", "out_of_bounds", "denied", "limit"],
    ...["worker_lost", "protocol", "internal"],
  ]);
});

test.each(codes)("%s: whose move it is, and whether the instance is thrown away", (code) => {
  const error = new IsopodError(code, "sentence");
  expect(["user", "plugin", "system"]).toContain(error.fault);
  expect([error.fault, retires(error)]).toEqual(CODES[code]);
  expect(error).toMatchObject({ name: "IsopodError", code, message: "sentence", details: {} });
  expect(error).toBeInstanceOf(Error);
  expect("cause" in error).toBe(false);
});

describe("across a boundary", () => {
  const details = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 });
  const foreign = fc.record({ name: fc.constantFrom("Error", "TypeError", "AbortError"), message: fc.string() }).map(({ name, message }) => Object.assign(new Error(message), { name }));
  const { chain } = fc.letrec<{ chain: IsopodError }>((tie) => ({
    chain: fc
      .record({ code: fc.constantFrom(...codes), message: fc.string(), details, cause: fc.option(fc.oneof({ maxDepth: 5 }, foreign, tie("chain")), { nil: undefined }) })
      .map(({ code, message, cause, ...extra }) => new IsopodError(code, message, { ...extra, ...(cause && { cause }) })),
  }));

  test("class, code, details and the chain of causes come back", () => {
    fc.assert(
      fc.property(chain, (error) => {
        const posted = structuredClone(error.toJSON());
        const back = revive(JSON.parse(JSON.stringify(posted)) as ErrorRecord);
        for (let [mine, theirs]: unknown[] = [error, back]; mine !== undefined; [mine, theirs] = [(mine as Error).cause, (theirs as Error).cause]) {
          expect((theirs as Error).constructor).toBe(mine instanceof IsopodError ? IsopodError : Error);
          expect(theirs).toMatchObject({ name: (mine as Error).name, message: (mine as Error).message });
        }
        expect(JSON.stringify(back)).toBe(JSON.stringify(error));
      }),
      { seed: 1 },
    );
  });

  test("the stack of a foreign cause is kept, because it is all there is to go by", () => {
    const cause = new TypeError("not a function");
    expect(revive(new IsopodError("host_function", "x", { cause }).toJSON()).cause).toMatchObject({ name: "TypeError", message: "not a function", stack: cause.stack });
  });

  test.each([["a string", "plain words"], ["a number", 42], ["null", null], ["a symbol", Symbol("s")]])("a cause that is %s", (_name, cause) => {
    expect(revive(new IsopodError("host_function", "x", { cause }).toJSON()).cause).toMatchObject({ name: "Error", message: String(cause) });
  });

  test.each([["no prototype", Object.create(null)], ["a toString that throws", { toString: () => { throw new Error("no"); } }]])("a cause that has %s", (_name, cause: unknown) => {
    expect(revive(new IsopodError("host_function", "x", { cause }).toJSON()).cause).toMatchObject({ name: "Error", message: wordsOf(cause) });
  });

  test.each(["from_the_future", "", "toString", "constructor", "__proto__"])("the code %j, which is none of ours, becomes internal", (code) => {
    expect(revive({ name: "IsopodError", code: code as Code, message: "m" })).toMatchObject({ code: "internal", message: "m", fault: "system" });
  });
});

describe("another copy of the package", () => {
  test("its errors are known by their brand", async () => {
    vi.resetModules();
    const copy = await import("./errors.ts");
    const theirs = new copy.IsopodError("guest_error", "x", { details: { a: 1 } });
    expect(theirs).not.toBeInstanceOf(IsopodError);
    expect([isIsopodError(theirs), retires(theirs)]).toEqual([true, false]);
    expect(copy.isIsopodError(new IsopodError("trap", "x"))).toBe(true);
    expect(revive(new IsopodError("trap", "x", { cause: theirs }).toJSON()).cause).toMatchObject({ code: "guest_error", details: { a: 1 } });
  });

  test("a code of a later version retires the instance: nobody knows what it means", () => {
    expect(retires({ [Symbol.for("isopod.error")]: true, code: "from_the_future" })).toBe(true);
  });
});

test.each([undefined, null, "trap", 1, {}, { code: "trap", name: "IsopodError" }, new Error("trap"), () => {}])("%o is no error of ours, and came out of the guest", (value) => {
  expect([isIsopodError(value), retires(value)]).toEqual([false, true]);
});
