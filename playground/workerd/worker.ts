// What runs in workerd: the flagship as a static import (`static`), and its bytes through the Worker Loader (`loader`).
import { createHost, type Host, isIsopodError, type Plugin, type WasmModule } from "@isopod/edge";
import bytes from "./plugin.bin";
import module from "./plugin.wasm";
import { SHORT } from "../shared/lane.ts";
import { timings } from "../shared/measure.mjs";
import { split } from "../shared/records.mjs";
import { visit } from "../shared/visit.mjs";

type Loader = NonNullable<Parameters<typeof createHost>[0]>["loader"];
type Isolation = "static" | "loader";

const hosts = new Map<Isolation, { host: Host; plugin: Plugin }>();

async function pluginOf(isolation: Isolation, env: { LOADER: Loader }): Promise<Plugin> {
  const known = hosts.get(isolation);
  if (known) return known.plugin;
  // Not the promise of a plugin: no request may await what another one started.
  const host = isolation === "loader" ? createHost({ loader: env.LOADER }) : createHost();
  const source: WasmModule | Uint8Array = isolation === "loader" ? new Uint8Array(bytes) : module;
  const plugin = await host.load(source);
  hosts.set(isolation, { host, plugin });
  return plugin;
}

const routes: Record<string, (plugin: Plugin, op: string, input: Uint8Array) => Promise<Response> | Response> = {
  "/info": (plugin) => Response.json(plugin.info),
  "/call": async (plugin, op, input) => new Response(await plugin.call(op, input)),
  "/timings": async (plugin, op, input) => {
    const records = split(input);
    return Response.json(await timings((turn) => plugin.call(op, records[turn % records.length]), SHORT));
  },
  "/visit": (plugin, _op, input) => lines((emit) => visit(plugin, input, (progress) => emit({ progress }))),
};

/** One JSON a line, as they come; the last is the result. */
function lines(work: (emit: (line: object) => void) => Promise<object>): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const emit = (line: object) => void writer.write(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
  work(emit)
    .then((result) => emit({ result }), (error) => emit({ error: String(error) }))
    .finally(() => writer.close());
  return new Response(readable);
}

export default {
  async fetch(request: Request, env: { LOADER: Loader }): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const route = routes[pathname];
    if (!route) return new Response(null, { status: 404 });
    try {
      const plugin = await pluginOf(searchParams.get("isolation") === "loader" ? "loader" : "static", env);
      return await route(plugin, searchParams.get("op") ?? "", new Uint8Array(await request.arrayBuffer()));
    } catch (error) {
      return Response.json(isIsopodError(error) ? error : { code: "internal", message: String(error) }, { status: 422 });
    }
  },
};
