import { defineConfig } from "@playwright/test";

export default defineConfig({
  // One at a time: every test starts a whole runtime, and the suite measures what two of them would blur.
  workers: 1,
  reporter: "list",
  // The suite has limits of its own, case by case (harness/event-queue.ts).
  timeout: 15 * 60_000,
  outputDir: "test-results",
  projects: [
    { name: "conformance", testDir: "tests" },
    { name: "playground", testDir: "../playground/tests" },
  ],
});
