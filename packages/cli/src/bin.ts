#!/usr/bin/env node
import { run } from "./run.ts";
import { endQuietlyWithoutReader } from "./terminal/output.ts";

endQuietlyWithoutReader();
process.exitCode = await run(process.argv.slice(2));
