/** The calls of one contender beside the floor, as JSON: see `alone` in ../../harness/types.mjs. */
import { calls } from "../calls.mjs";

const options = JSON.parse(process.argv[2] ?? "");
const result = await calls(options, () => {});
process.stdout.write(JSON.stringify(result), () => process.exit());
