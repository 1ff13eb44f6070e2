// The application as one script in an Edge VM (edge-vm/serve.mjs).
import { application } from "./app.ts";

async function main(): Promise<object> {
  const { guest, integrity } = JSON.parse(start) as { guest: string; integrity: string };
  const bytes = Uint8Array.from(atob(guest), (char) => char.charCodeAt(0));
  const engine = (globalThis as { EdgeRuntime?: string }).EdgeRuntime;
  return { engine, answers: await application(bytes, integrity) };
}

void main()
  .catch((error: Error) => ({ error: error.stack }))
  .then((result) => tell(JSON.stringify(result)));
