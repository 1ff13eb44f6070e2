import { expect, test, vi } from "vitest";
import { everyAbi, inline, inspectCoreModule, makeHost, Queue } from "./spi.ts";
import { version } from "./testing/versions.ts";

test("a load that is given up while it is compiled goes no further", async () => {
  const here = inline(() => new Queue());
  const impatient = new AbortController();
  const place = vi.fn(here.place);
  const compile: typeof here.compile = async (bytes) => {
    impatient.abort("tired");
    return here.compile(bytes);
  };
  const host = makeHost({ abis: everyAbi(), inspect: inspectCoreModule, isolations: [{ ...here, compile, place }], open: () => expect.unreachable() });
  await expect(host.load(version(1), { signal: impatient.signal })).rejects.toMatchObject({ code: "aborted", cause: "tired" });
  expect(place).not.toHaveBeenCalled();
});

test.each(["compile", "place"] as const)("a load is settled by its signal, and by dispose of the host, whatever becomes of its %s", async (stage) => {
  const held = { ...inline(() => new Queue()), [stage]: () => new Promise(() => {}) };
  const host = makeHost({ abis: everyAbi(), inspect: inspectCoreModule, isolations: [held], open: () => expect.unreachable() });
  const impatient = new AbortController();
  const loads = [host.load(version(1), { signal: impatient.signal }), host.load(version(1))];
  await new Promise((resolve) => setTimeout(resolve, 5));
  impatient.abort("tired");
  await expect(loads[0]).rejects.toMatchObject({ code: "aborted", cause: "tired" });
  await host.dispose();
  await expect(loads[1]).rejects.toMatchObject({ code: "disposed" });
});
