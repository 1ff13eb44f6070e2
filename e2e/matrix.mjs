// `npm run matrix`: the conformance suite in every runtime. See matrix/main.ts.
import "./typescript.mjs";

// Only an exit that is asked for runs the listeners that end browsers (harness/process.ts).
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const { matrix } = await import("./matrix/main.ts");
process.exitCode = await matrix(process.argv.slice(2));
