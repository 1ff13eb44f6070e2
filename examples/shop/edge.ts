// In workerd. The rules come from a KV namespace, so that new ones need no deployment; the Worker Loader compiles them.
import { createHost, digest } from "@isopod/edge";
import { Versions } from "./versions.ts";

export interface Env {
  readonly LOADER: NonNullable<NonNullable<Parameters<typeof createHost>[0]>["loader"]>;
  readonly RULES: { get(key: string, type: "arrayBuffer"): Promise<ArrayBuffer | null> };
}

/** What requests share. A promise is not among it: workerd cancels a request that awaits another's. */
export function edge() {
  let versions: Versions | undefined;
  return {
    async fetch(request: Request, env: Env): Promise<Response> {
      const stored = await env.RULES.get("rules", "arrayBuffer");
      if (!stored) return new Response("no rules have been published", { status: 503 });
      versions ??= new Versions(createHost({ loader: env.LOADER }));
      const rules = new Uint8Array(stored);
      if (versions.digest !== (await digest(rules))) await versions.publish(rules);
      return Response.json(await versions.check(await request.text()));
    },
  };
}

export default edge();
