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
