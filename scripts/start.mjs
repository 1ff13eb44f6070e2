// npm start [-- --once | --json | --port N]: installs, builds, serves the playground, runs the tour.
import { numberOf, readOptions, refuse } from "./options.mjs";
import { step } from "./progress.mjs";
import { build, install } from "./setup.mjs";

const HELP = `npm start                installs, builds, serves the playground and runs the tour
npm start -- --once      ends after the tour: 1 if an answer differs or a runtime is missing
npm start -- --json      the same, with one JSON object as its only output
npm start -- --port N    serves on port N, or the next that is free

CHROMIUM_PATH names the browser of the tour, where it should not be found by itself.`;

/** What is running and must be ended. */
const closers = new Set();

async function main() {
  const { once, json, port } = options();
  await install(["isopod-workspace", "isopod", "@isopod/playground"]);
  await build(["isopod", "browser", "node", "edge"]);
  const serving = step("Building the page");
  const { serve } = await import("../playground/serve.mjs");
  const server = await serve({ port });
  closers.add(server.close);
  serving.end();
  (json ? process.stderr : process.stdout).write(`Playground: ${server.url}\n`);

  const { tour } = await import("../playground/tour/index.mjs");
  const good = await tour({ url: server.url, json, closers });
  if (once) return end(good ? 0 : 1);
  console.log(`\nThe playground stays at ${server.url} until Ctrl-C.`);
}

function options() {
  const values = readOptions(HELP, { once: { type: "boolean" }, json: { type: "boolean" }, port: { type: "string" } });
  const port = values.port === undefined ? undefined : numberOf("--port", values.port, "whole");
  if (port !== undefined && port > 65535) refuse("--port must be at most 65535");
  return { ...values, port, once: values.once || values.json };
}

/** Ends whatever still runs, and then this process: at the latest after some seconds, come what may. */
async function end(code) {
  const late = setTimeout(() => process.exit(code), 5000);
  await Promise.allSettled([...closers].map((close) => close()));
  clearTimeout(late);
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void end(signal === "SIGINT" ? 130 : 143));

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  return end(1);
});
