import isopod from "@isopod/build/vite";

export default {
  plugins: [isopod()],
  optimizeDeps: { exclude: ["@isopod/browser", "@isopod/core"] }, // they find their worker by the place of their own file
  build: { target: "es2022" },
};
