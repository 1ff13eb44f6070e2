import isopod from "@isopod/build/rspack";

export default {
  entry: "./main.js",
  mode: "production",
  target: ["web", "es2022"],
  experiments: { outputModule: true },
  output: { module: true, filename: "main.js" },
  plugins: [isopod()],
};
