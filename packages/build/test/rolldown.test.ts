import { join } from "node:path";
import isopod from "@isopod/build/rolldown";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeApp, type App } from "./app.ts";

let app: App;
beforeAll(async () => {
  app = await makeApp("node");
  await app.write("only.js", 'export { default } from "./plugins/rules.wasm?plugin";');
});
afterAll(() => app.remove());

test("one isopod() serves builds for different runtimes at once, wherever it stands among the plugins", async () => {
  const plugin = isopod();
  const start = (condition: string, plugins: unknown) => rolldown({ input: join(app.root, "only.js"), resolve: { conditionNames: [condition] }, plugins: plugins as never });
  const builds = await Promise.all([start("browser", [plugin]), start("workerd", [Promise.resolve([false, plugin])]), start("node", plugin)]);
  const codes = await Promise.all(builds.map(async (build) => (await build.generate({ format: "esm" })).output[0].code));
  await Promise.all(builds.map((build) => build.close()));
  const page = expect.stringMatching(/new URL\("\.\/assets\/rules-[\w-]{8}\.wasm", import\.meta\.url\)/);
  expect(codes).toEqual([page, expect.stringMatching(/import source from "\.\/assets\/rules-[\w-]{8}\.wasm"/), page]);
});
