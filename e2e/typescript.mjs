// Node 20 cannot read TypeScript. With this module imported first, `import("./x.ts")` works as it does in newer Nodes.
import { register } from "node:module";

if (!process.features.typescript) register("./typescript-hooks.mjs", import.meta.url);
