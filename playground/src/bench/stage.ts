import { isIsopodError } from "@isopod/browser";
import type { Berth } from "../../shared/berth.ts";
import { sha256 } from "../../shared/records.mjs";
import { NoServer } from "../no-server.ts";
import type { LaneView } from "../lanes/view.ts";
import type { ShoreId } from "../lanes/shores.ts";

/** What is asked of all lanes at once. */
export interface Asked {
  readonly plugin: Uint8Array;
  readonly op: string;
  readonly input: Uint8Array;
}

/** How it ended in one lane; `key` is what must be the same in all. */
export type Outcome =
  | { readonly kind: "answer"; readonly key: string; readonly output: Uint8Array; readonly coldMs: number }
  | { readonly kind: "error"; readonly key: string; readonly error: unknown }
  /** Not asked: it says nothing about the plugin. */
  | { readonly kind: "none" };

/** A lane of the bench and how it is seen. */
export class Stage {
  readonly id: ShoreId;
  readonly berth: Berth;
  readonly view: LaneView;

  constructor(id: ShoreId, berth: Berth, view: LaneView) {
    this.id = id;
    this.berth = berth;
    this.view = view;
  }

  async ask({ plugin, op, input }: Asked): Promise<Outcome> {
    this.view.sent(input);
    try {
      const { output, coldMs } = await this.berth.run(plugin, op, input);
      const digest = await sha256(output);
      this.view.state = "ready";
      this.view.cold(coldMs);
      void this.view.answered(output, digest);
      return { kind: "answer", key: digest, output, coldMs };
    } catch (error) {
      // Where the server is gone, its words may not come either.
      const { sentence } = await import("./outcome/fault.ts").catch(() => ({ sentence: String }));
      this.view.clear();
      if (error instanceof NoServer) {
        this.view.stopped("absent", "Not asked: this copy of the page has no server. Run npm start to have one.");
        return { kind: "none" };
      }
      this.view.stopped("failed", sentence(error));
      return { kind: "error", key: isIsopodError(error) ? error.code : "internal", error };
    }
  }

  /** Said instead of an answer, where nobody asked. */
  skip(why: string): Outcome {
    this.view.clear();
    this.view.stopped("absent", why);
    return { kind: "none" };
  }

  async time({ plugin, op, input }: Asked): Promise<void> {
    await this.berth.timings(plugin, op, input).then((timings) => this.view.timings(timings), () => {});
  }
}
