import type { Asked, Outcome, Stage } from "./stage.ts";

const QUIET_MS = 300;
/** What took longer in the worker is not asked of the page, which would stand still as long. */
const MOST_INLINE_MS = 500;

export interface Result {
  readonly asked: Asked;
  readonly outcomes: readonly Outcome[];
}

interface Events {
  /** The first lane to end; the others may still be on their way. */
  readonly onFirst: (outcome: Outcome) => void;
  readonly onResult: (result: Result) => void;
}

/** Sends each call to all lanes in step, and never an old one where a newer one waits. */
export class Runner {
  readonly #stages: Readonly<Record<"page" | "worker" | "workerd" | "node", Stage>>;
  readonly #all: readonly Stage[];
  readonly #events: Events;
  #wanted: Asked | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param stages in the order in which they are seen */
  constructor(stages: readonly Stage[], events: Events) {
    this.#all = stages;
    this.#stages = Object.fromEntries(stages.map((stage) => [stage.id, stage])) as never;
    this.#events = events;
  }

  run(asked: Asked): void {
    this.#wanted = asked;
    this.#running ??= this.#pump().finally(() => (this.#running = undefined));
  }

  async #pump(): Promise<void> {
    clearTimeout(this.#timer);
    let asked!: Asked;
    while (this.#wanted) {
      asked = this.#wanted;
      this.#wanted = undefined;
      const outcomes = await this.#ask(asked);
      if (this.#wanted) continue;
      this.#compare(outcomes);
      this.#events.onResult({ asked, outcomes });
    }
    this.#timer = setTimeout(() => void this.#time(asked), QUIET_MS);
  }

  #ask(asked: Asked): Promise<Outcome[]> {
    let first = true;
    const said = (outcome: Outcome): Outcome => {
      if (first && outcome.kind !== "none" && !this.#wanted) this.#events.onFirst(outcome);
      first &&= outcome.kind === "none";
      return outcome;
    };
    const { page, worker, workerd, node } = this.#stages;
    const tried = worker.ask(asked).then(said);
    const outcomes = { worker: tried, page: tried.then((outcome) => this.#askPage(page, asked, outcome)), workerd: workerd.ask(asked).then(said), node: node.ask(asked).then(said) };
    return Promise.all(this.#all.map(({ id }) => outcomes[id]));
  }

  /** Nothing ends what hangs the page, so a worker goes first: what returned there, from the same bytes, returns here. */
  #askPage(page: Stage, asked: Asked, tried: Outcome): Promise<Outcome> | Outcome {
    if (tried.kind === "error" && tried.key === "aborted") return page.skip("Not run here: it did not return in the Web Worker, and the page could not be taken back from it.");
    if (tried.kind === "answer" && tried.coldMs > MOST_INLINE_MS) return page.skip(`Not run here: in the Web Worker it took ${(tried.coldMs / 1000).toFixed(1)} s, and the page would stand still as long.`);
    return page.ask(asked);
  }

  #compare(outcomes: readonly Outcome[]): void {
    const first = outcomes.find(({ kind }) => kind !== "none") as { key?: string } | undefined;
    for (const [i, { view }] of this.#all.entries()) {
      const outcome = outcomes[i]!;
      view.differs = outcome.kind !== "none" && outcome.key !== first?.key;
    }
  }

  /** Once nobody types: one lane after the other, so that none disturbs another. */
  async #time(asked: Asked): Promise<void> {
    for (const stage of this.#all) {
      if (this.#running) return;
      if (stage.view.state === "ready") await stage.time(asked);
    }
  }
}
