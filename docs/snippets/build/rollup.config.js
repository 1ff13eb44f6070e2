import isopod from "@isopod/build/rollup";

export default {
  input: "main.js",
  external: /^@isopod\//, // packages stay where they are: this is for Node
  plugins: [isopod({ target: "url" })],
  output: { dir: "dist", format: "es" },
};
