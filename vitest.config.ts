import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/src/**/*.test.ts", "packages/{build,edge}/test/**/*.test.ts", "guests/**/*.test.ts", "examples/**/*.test.ts", "docs/test/**/*.test.ts", "e2e/fuzz/*.test.ts", "e2e/attacks/**/*.test.ts", "e2e/consumers/*.test.mjs", "scripts/*.test.mjs"],
    exclude: ["**/dist/**", "**/node_modules/**"],
    reporters: ["default"],
    // One process fewer than cores, the default, is one of two where it matters most.
    maxWorkers: "100%",
    // Some suites start whole processes, which a busy machine may not give the time that a person would: once more, in CI.
    retry: process.env["CI"] ? 1 : 0,
  },
});
