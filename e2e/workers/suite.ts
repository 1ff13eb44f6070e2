// `/suite?runtime=…&isolation=…&origin=…&filter=…` answers with the events, one JSON a line, as they come.
import attacks from "built:attacks";
import guests from "built:guests";
import { FUZZ_LIMITS, fuzzOne, type FuzzCase, type Step } from "@isopod/core/testing";
import { createHost, type EdgeHostOptions } from "@isopod/edge";
import { createHost as createStaticHost } from "@isopod/edge/static";
import type { Emit } from "../suite/events.ts";
import { fatal, report } from "../suite/report.ts";
import type { Env } from "./env.ts";
import { findProbes } from "./probes.ts";
import { requestCases, serveRequest } from "./requests.ts";

interface Context {
  waitUntil(promise: Promise<unknown>): void;
}

export default {
  fetch(request: Request, env: Env, context: Context): Response | Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/fuzz") return fuzz(request, env);
    if (pathname !== "/suite") return serveRequest(pathname);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const encoder = new TextEncoder();
    const emit: Emit = async (event) => {
      await writer.write(encoder.encode(`${JSON.stringify(event)}\n`));
      // The network is served by this very thread: let it have a turn.
      await new Promise((resolve) => setTimeout(resolve, 1));
    };
    context.waitUntil(
      run(searchParams, env, emit)
        .catch((error) => emit(fatal(error)))
        .then(() => writer.close()),
    );
    return new Response(readable);
  },
};

/** A batch of cases, of which each is loaded from bytes. */
async function fuzz(request: Request, env: Env): Promise<Response> {
  const host = createHost({ isolation: "loader", loader: env.LOADER });
  const answers: Step[][] = [];
  for (const each of (await request.json()) as FuzzCase[]) answers.push(await fuzzOne(host, each, FUZZ_LIMITS));
  await host.dispose();
  return Response.json(answers);
}

async function run(query: URLSearchParams, env: Env, emit: Emit): Promise<void> {
  const runtime = query.get("runtime") ?? "";
  const isolation = query.get("isolation") === "loader" ? "loader" : "static";
  const entry = (name: string) => {
    const guest = guests[name];
    if (!guest) throw new Error(`no guest is called ${name}`);
    return guest;
  };
  const bytes = async (name: string) => new Uint8Array(entry(name).bytes.slice(0));
  const url = (name: string) => `${query.get("origin")}/guests/${name}.wasm`;
  const built = async (name: string) => {
    const module = attacks[name];
    if (!module) throw new Error(`no attack has a module called ${name}`);
    return module;
  };
  const probes = await findProbes(isolation, env, url("plain-wat"));
  await report(
    {
      runtime,
      isolation,
      host: (options) => (isolation === "static" ? createStaticHost(options) : createHost({ isolation, loader: env.LOADER, ...(options as EdgeHostOptions | undefined) })),
      // What is no module at all cannot be imported as one either.
      guest: async (name) => (isolation === "static" && entry(name).module) || bytes(name),
      bytes,
      ...(isolation === "static" && { built }),
      url,
      functionsUrl: undefined,
      probes,
    },
    query.get("filter") ?? "",
    emit,
    requestCases(env),
  );
}
