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
    // A page on a busy machine may miss the time that a person would give it: once more, and the list says that it was flaky.
    { name: "playground", testDir: "../playground/tests", retries: process.env["CI"] ? 1 : 0 },
  ],
});
