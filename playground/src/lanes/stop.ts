import { sha256 } from "../../shared/records.mjs";
import type { Lane, Opened } from "../../shared/lane.ts";
import { NoServer } from "../no-server.ts";
import type { ShoreId } from "./shores.ts";
import type { LaneView } from "./view.ts";

export interface Answer {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** A lane and how it is seen. */
export class Stop {
  readonly id: ShoreId;
  readonly lane: Lane;
  readonly view: LaneView;
  ready = false;

  constructor(id: ShoreId, lane: Lane, view: LaneView) {
    this.id = id;
    this.lane = lane;
    this.view = view;
  }

  async open(): Promise<Opened | undefined> {
    try {
      const opened = await this.lane.open();
      this.view.opened(opened);
      this.ready = true;
      return opened;
    } catch (error) {
      if (error instanceof NoServer) this.view.stopped("absent", "Not asked: this copy of the page has no server. Run npm start to have one.");
      else this.view.stopped("failed", sentence(error));
      return undefined;
    }
  }

  async ask(op: string, input: Uint8Array): Promise<Answer | undefined> {
    this.view.sent(input);
    try {
      const bytes = await this.lane.call(op, input);
      const digest = await sha256(bytes);
      this.view.state = "ready";
      void this.view.answered(bytes, digest);
      return { bytes, digest };
    } catch (error) {
      this.view.stopped("failed", sentence(error));
      return undefined;
    }
  }
}

export function sentence(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: string };
  return typeof code === "string" ? `${message} (${code})` : String(message ?? error);
}
