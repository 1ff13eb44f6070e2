import { digest, type Host, type Plugin, type Signal } from "@isopod/core";

/** What the rules say of an order, and which rules they were. */
export interface Answer {
  readonly rules: string;
  /** Lines of `field=what is wrong`; empty, if the order is right. */
  readonly wrong: string;
}

interface Version {
  readonly plugin: Plugin;
  readonly digest: string;
  calls: number;
}

/**
 * The rules in force, in any runtime. New ones take over between two calls; those before stay until the last call that
 * they serve has ended.
 */
export class Versions {
  readonly #host: Pick<Host, "load">;
  #current: Version | undefined;
  #published = 0;
  #latest = 0;

  constructor(host: Pick<Host, "load">) {
    this.#host = host;
  }

  /** Of the rules in force: the SHA-256 of their bytes, as it is found here. */
  get digest(): string | undefined {
    return this.#current?.digest;
  }

  /** If these cannot be loaded, those before stay in force. */
  async publish(bytes: Uint8Array): Promise<string> {
    const turn = ++this.#published;
    const version: Version = { digest: await digest(bytes), plugin: await this.#host.load(bytes), calls: 0 };
    const before = this.#current;
    // Whatever loads faster: what was published last is what counts.
    if (turn < this.#latest) await version.plugin.dispose();
    else [this.#current, this.#latest] = [version, turn];
    if (before) this.#retire(before);
    return version.digest;
  }

  async check(order: string, signal?: Signal): Promise<Answer> {
    const version = this.#current;
    if (!version) throw new Error("no rules have been published");
    version.calls++;
    try {
      return { rules: version.digest, wrong: await version.plugin.call("check", order, { as: "text", ...(signal && { signal }) }) };
    } finally {
      version.calls--;
      this.#retire(version);
    }
  }

  /** No rules are in force from now on. */
  close(): void {
    const before = this.#current;
    this.#current = undefined;
    if (before) this.#retire(before);
  }

  #retire(version: Version): void {
    if (version !== this.#current && version.calls === 0) void version.plugin.dispose();
  }
}
