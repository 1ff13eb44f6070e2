// `npm run chaos`: everything at once, and whether all of it settles. See chaos/main.ts.
import "./typescript.mjs";

process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const { chaos } = await import("./chaos/main.ts");
process.exitCode = await chaos(process.argv.slice(2));
