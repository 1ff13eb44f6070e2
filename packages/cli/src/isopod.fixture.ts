// Runs the real command, as a shell would.
import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command as it was built. */
export const BIN = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const GUESTS = fileURLToPath(new URL("../../../guests/dist/", import.meta.url));

/** Path of a built guest. */
export const guest = (name: string): string => `${GUESTS}${name}.wasm`;

export const FUNCTIONS = fileURLToPath(new URL("../../../e2e/fixtures/functions.mjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly bytes: Buffer;
}

export interface Around {
  /** Standard input; null leaves it open and empty. Nothing by default. */
  readonly stdin?: string | Uint8Array | null;
  readonly env?: NodeJS.ProcessEnv;
  readonly started?: (child: ChildProcess) => void;
}

export function isopod(args: readonly string[], { stdin = "", env = {}, started }: Around = {}): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: "pipe", env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env } });
  const out: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (part: Buffer) => out.push(part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
  child.stdin.on("error", () => {}); // it may not want any
  if (stdin !== null) child.stdin.end(stdin);
  started?.(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const bytes = Buffer.concat(out);
      resolve({ code, signal, stdout: bytes.toString(), stderr, bytes });
    });
  });
}
