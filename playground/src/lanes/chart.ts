import type { Answer, Stop } from "./stop.ts";

const QUIET_MS = 400;

export interface Agreement {
  /** Lanes that answered. */
  readonly lanes: number;
  /** What they all answered; undefined where they differ. */
  readonly digest?: string;
  /** An error's code is agreed on as an answer's digest is. */
  readonly what?: "answer" | "error";
}

interface Events {
  /** The first answer to the newest record. */
  readonly onAnswer: (bytes: Uint8Array) => void;
  readonly onAgreement: (agreement: Agreement) => void;
}

/** Sends each record to all lanes that are ready, in step, and never an old one where a newer one waits. */
export class Chart {
  readonly stops: readonly Stop[];
  readonly #events: Events;
  #wanted: Uint8Array | undefined;
  #current: Uint8Array | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** While all records run, single ones are kept for later. */
  #held = false;

  constructor(stops: readonly Stop[], events: Events) {
    this.stops = stops;
    this.#events = events;
  }

  run(input: Uint8Array): void {
    this.#wanted = this.#current = input;
    if (!this.#held) this.#running ??= this.#pump().finally(() => (this.#running = undefined));
  }

  /** A lane has become ready: it, too, answers what the others have answered. */
  again(): void {
    if (this.#current) this.run(this.#current);
  }

  /** Keeps the lanes free for `work`. */
  async hold(work: () => Promise<void>): Promise<void> {
    this.#held = true;
    clearTimeout(this.#timer);
    await this.#running;
    try {
      await work();
    } finally {
      this.#held = false;
      if (this.#wanted) this.run(this.#wanted);
    }
  }

  async #pump(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#wanted && !this.#held) {
      const input = this.#wanted;
      this.#wanted = undefined;
      let first = true;
      const asked = this.stops.filter(({ ready }) => ready);
      const answers = await Promise.all(
        asked.map(async (stop) => {
          const answer = await stop.ask("validate", input);
          if (answer && first) {
            first = false;
            this.#events.onAnswer(answer.bytes);
          }
          return answer;
        }),
      );
      if (!this.#wanted) this.#compare(asked, answers);
    }
    this.#timer = setTimeout(() => void this.#time(), QUIET_MS);
  }

  #compare(asked: readonly Stop[], answers: readonly (Answer | undefined)[]): void {
    const first = answers.find((answer) => answer !== undefined)?.digest;
    for (const [i, { view }] of asked.entries()) view.differs = answers[i] !== undefined && answers[i]?.digest !== first;
    this.#events.onAgreement(agreementOf(answers));
  }

  /** Once nobody types: one lane after the other, so that none disturbs another. */
  async #time(): Promise<void> {
    const input = this.#current;
    for (const stop of this.stops) {
      if (!input || this.#running || this.#held || input !== this.#current) return;
      if (stop.ready) await stop.lane.timings("validate", input).then((timings) => stop.view.timings(timings), () => {});
    }
  }
}

function agreementOf(answers: readonly (Answer | undefined)[]): Agreement {
  const digests = answers.flatMap((answer) => (answer ? [answer.digest] : []));
  const alike = digests.length === answers.length && new Set(digests).size === 1;
  return { lanes: answers.length, ...(alike && { digest: digests[0]! }) };
}
