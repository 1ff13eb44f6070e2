import { expect, test } from "@playwright/test";
import { chaos } from "../chaos/main.ts";
import { fuzz } from "../fuzz/main.ts";

// A little of both, with seeds that stay the same; `npm run fuzz` and `npm run chaos` go on for as long as they are told.
test("a few seconds of fuzzing find nothing", async () => {
  expect(await fuzz(["--minutes", "0.1", "--seed", "1"])).toBe(0);
});

test("some hundred iterations of chaos settle and leave nothing", async () => {
  expect(await chaos(["--iterations", "400", "--seed", "1"])).toBe(0);
});
