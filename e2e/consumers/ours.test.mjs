import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { attribute } from "./ours.mjs";
import { pieces } from "./source-map.mjs";

/** An application that imports modules of packages, which say their own names. @param {string[]} packages */
async function app(...packages) {
  const main = [...packages.map((name) => `import ${JSON.stringify(`node_modules/${name}`)};`), "console.log('mine');"].join("\n");
  const { outputFiles } = await build({
    entryPoints: ["app.js"],
    outfile: "/out/out.js",
    bundle: true,
    sourcemap: true,
    write: false,
    logLevel: "silent",
    plugins: [
      {
        name: "files",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /./ }, ({ path }) => ({ path, namespace: "files" }));
          onLoad({ filter: /./ }, ({ path }) => ({ contents: path === "app.js" ? main : `console.log(${JSON.stringify(path)});\nexport {};` }));
        },
      },
    ],
  });
  const text = (/** @type {RegExp} */ name) => outputFiles.find(({ path }) => name.test(path))?.text ?? "";
  return { url: "http://localhost/out.js", text: text(/\.js$/), map: text(/\.map$/) };
}

test("a bundle falls into the text of its sources", async () => {
  const { text, map } = await app("react/index.js", "@isopod/core/dist/host.js");
  const found = pieces(text, JSON.parse(map));
  expect(found.map((piece) => piece.text).join("")).toBe(text);
  const of = (/** @type {string} */ name) => found.filter(({ source }) => source.includes(name)).map((piece) => piece.text).join("");
  expect(of("@isopod")).toContain("@isopod/core/dist/host.js");
  expect(of("@isopod")).not.toContain("react/index.js");
  expect(of("app.js")).toContain("mine");
});

test("what is ours is counted, and nothing else", async () => {
  expect(attribute([await app("react/index.js")], "browser").bytes).toBe(0);
  const { bytes } = attribute([await app("react/index.js", "@isopod/core/dist/host.js")], "browser");
  expect(bytes).toBeGreaterThan(20);
  expect(bytes).toBeLessThan(150);
});

test("other runtimes, tools and the suite are strangers", async () => {
  const paths = ["@isopod/core/dist/host.js", "@isopod/node/dist/host.js", "@isopod/edge/dist/host.js", "@isopod/cli/dist/bin.js", "@isopod/core/dist/testing/index.js", "comlink/dist/esm/node-adapter.mjs", "comlink/dist/esm/comlink.mjs"];
  const bundle = await app(...paths);
  const strangers = (/** @type {"browser" | "edge"} */ runtime) => attribute([bundle], runtime).strangers.map((source) => source.replace(/.*node_modules\//, ""));
  const both = ["@isopod/cli/dist/bin.js", "@isopod/core/dist/testing/index.js", "@isopod/node/dist/host.js"];
  expect(strangers("browser").sort()).toEqual([...both, "@isopod/edge/dist/host.js", "comlink/dist/esm/node-adapter.mjs"].sort());
  expect(strangers("edge").sort()).toEqual([...both, "comlink/dist/esm/comlink.mjs", "comlink/dist/esm/node-adapter.mjs"].sort());
});

test("a script without a map is all ours if it speaks of us", () => {
  const script = (/** @type {string} */ text) => ({ url: "http://localhost/chunk.js", text });
  expect(attribute([script("isopod")], "browser").bytes).toBe(gzipSync("isopod").length);
  expect(attribute([script("react")], "browser").bytes).toBe(0);
});

test("a map in sections, as Turbopack makes it", async () => {
  const { text, map } = await app("@isopod/core/dist/host.js");
  const shifted = { version: 3, sections: [{ offset: { line: 1, column: 0 }, map: JSON.parse(map) }] };
  const [first, ...rest] = pieces(`// before\n${text}`, shifted);
  const [alone, ...others] = pieces(text, JSON.parse(map));
  expect(first).toEqual({ source: "", text: `// before\n${alone?.text}` });
  expect(rest).toEqual(others);
});
