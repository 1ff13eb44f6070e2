// `npm run fuzz`: changed modules and calls, the same in every runtime or not. See fuzz/main.ts.
import "./typescript.mjs";

process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const { fuzz } = await import("./fuzz/main.ts");
process.exitCode = await fuzz(process.argv.slice(2));
