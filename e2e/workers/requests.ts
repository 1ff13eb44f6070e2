import type { Case } from "@isopod/core/testing";
import type { Env } from "./env.ts";

type Plugin = Awaited<ReturnType<ReturnType<Parameters<Case["run"]>[0]["host"]>["load"]>>;

/** What the requests of one isolate share, as an application's would: the plugin, and whether A is inside it. */
const shared: { plugin?: Plugin; inside: boolean } = { inside: false };

/** Requests of their own, made by the case below through the worker's binding to itself. */
export async function serveRequest(path: string): Promise<Response> {
  const { plugin } = shared;
  if (!plugin) return new Response("no plugin is shared", { status: 409 });
  return new Response(await plugin.call(path === "/hold" ? "host" : "upper", "served", { as: "text" }));
}

/** Only workerd ends everything of a request when its client is gone, without a word to the code that was running. */
export const requestCases = (env: Env): Case[] => [
  {
    name: "edge: request A holds the only instance, B waits, A aborts, B is served",
    needs: ["wait", "hostFunctions"],
    async run(ground) {
      const host = ground.host();
      const holdOn = async (): Promise<string> => {
        shared.inside = true;
        await sleep(60_000);
        return "A was not aborted";
      };
      shared.inside = false;
      shared.plugin = await host.load(await ground.guest("packed-c"), {
        functions: { env: { reverse: holdOn } },
        limits: { concurrency: 1 },
      });
      try {
        const abort = new AbortController();
        const a = env.SELF.fetch("http://self/hold", { signal: abort.signal }).then(({ status }) => status, () => "aborted");
        for (let tries = 0; !shared.inside; tries++) {
          if (tries > 200) throw new Error("A never got in");
          await sleep(10);
        }
        let answered = false;
        const b = env.SELF.fetch("http://self/call").then(async (response) => {
          answered = true;
          return `${response.status} ${await response.text()}`;
        });
        await sleep(200);
        if (answered) throw new Error("B did not wait");
        abort.abort();
        const answer = await Promise.race([b, sleep(20_000).then(() => "nothing within 20 s")]);
        if (answer !== "200 SERVED") throw new Error(`B got ${answer}`);
        if ((await a) !== "aborted") throw new Error("A was answered");
      } finally {
        await host.dispose();
        delete shared.plugin;
      }
    },
  },
];

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
