import { limit } from "../terminal/figures.ts";
import type { Luggage, Runtime, Session } from "./runtime.ts";
import type { Answer, Request } from "./wire.ts";

/** One runtime for the length of a run: started anew when a plugin has hung or brought it down. */
export class Seat {
  readonly runtime: Runtime;
  readonly #luggage: Luggage;
  #session: Session | undefined;

  constructor(runtime: Runtime, luggage: Luggage) {
    this.runtime = runtime;
    this.#luggage = luggage;
  }

  /** @throws NotHere, or why it does not start */
  async open(): Promise<Session> {
    return (this.#session ??= await this.runtime.open(this.#luggage));
  }

  /** Never rejects: a runtime that hangs or dies is an answer, too. */
  async ask(request: Request, ms: number): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const session = await this.open();
      const late = new Promise<Answer>((resolve) => {
        timer = setTimeout(() => resolve({ error: { code: "aborted", message: `no answer within ${limit(ms)}` } }), ms);
      });
      const answered = session.ask(request);
      answered.catch(() => {}); // it may come when nobody waits any more
      const answer = await Promise.race([answered, late]);
      if ("error" in answer && answer.error.code === "aborted") await this.close();
      return answer;
    } catch (error) {
      await this.close();
      return { error: { code: "worker_lost", message: (error as Error).message } };
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }
}
