import isopod from "@isopod/build/esbuild";

export default {
  entryPoints: ["main.js"],
  outdir: "dist",
  bundle: true,
  format: "esm",
  conditions: ["workerd", "worker"], // or none of them, for a page
  plugins: [isopod()],
};
