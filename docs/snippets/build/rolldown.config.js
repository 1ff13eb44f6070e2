import isopod from "@isopod/build/rolldown";

export default {
  input: "main.js",
  external: /^@isopod\//, // packages stay where they are: this is for Node
  platform: "node",
  plugins: [isopod()],
  output: { dir: "dist", format: "esm" },
};
