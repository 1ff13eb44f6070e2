// `npm run attacks`: the attack kit in every runtime, or against other hosts. See attacks/main.ts.
import "./typescript.mjs";

// Only an exit that is asked for runs the listeners that end browsers (harness/process.ts).
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const { attack } = await import("./attacks/main.ts");
process.exitCode = await attack(process.argv.slice(2));
