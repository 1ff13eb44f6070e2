import { bundleNode } from "../harness/bundle.ts";
import { paths } from "../harness/paths.ts";
import { told } from "../harness/told.ts";
import type { Runtime } from "./runtime.ts";

/** What runs a script that talks to the process that started it as Node's do. */
export interface Engine {
  readonly name: string;
  /** undefined where there is none. */
  readonly execPath: string | undefined;
  /** Before the script. */
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What to do where it is not there. */
  readonly help: string;
}

/** The suite of e2e/node by one engine, in its main thread and in its worker threads. */
export function scriptRuntime(engine: Engine): Runtime {
  const { name, execPath, help } = engine;
  return {
    name,
    isolations: ["inline", "worker"],
    missing: () => (execPath ? undefined : help),
    async *run(isolation, { filter }) {
      await bundleNode();
      yield* told(new URL("suite.mjs", paths.node), (origin) => ({ ...engine, args: [name, isolation, origin, filter] }));
    },
  };
}
