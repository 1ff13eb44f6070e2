// What runs in workerd: the flagship as a static import (`static`), and its bytes through the Worker Loader (`loader`).
import { createHost, isIsopodError, type Plugin } from "@isopod/edge";
import bytes from "./plugin.bin";
import module from "./plugin.wasm";
import { SHORT } from "../shared/lane.ts";
import { timings } from "../shared/measure.mjs";
import { split } from "../shared/records.mjs";
import { visit } from "../shared/visit.mjs";

type Env = { readonly LOADER: NonNullable<NonNullable<Parameters<typeof createHost>[0]>["loader"]> };
type Isolation = "static" | "loader";

const routes: Record<string, (plugin: Plugin, op: string, input: Uint8Array) => Promise<Response> | Response> = {
  "/info": (plugin) => Response.json(plugin.info),
  "/call": async (plugin, op, input) => new Response((await plugin.call(op, input)) as Uint8Array<ArrayBuffer>),
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

/** Everything that a request shares with the next: what is loaded, by isolation. */
function site() {
  const plugins = new Map<Isolation, Plugin>();

  const pluginOf = async (isolation: Isolation, env: Env): Promise<Plugin> => {
    const known = plugins.get(isolation);
    if (known) return known;
    // Not the promise of a plugin: no request may await what another one has started.
    const plugin = await (isolation === "loader" ? createHost({ loader: env.LOADER }).load(new Uint8Array(bytes)) : createHost().load(module));
    plugins.set(isolation, plugin);
    return plugin;
  };

  return {
    async fetch(request: Request, env: Env): Promise<Response> {
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
}

export default site();
