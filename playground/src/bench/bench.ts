import { Announcer } from "../announcer.ts";
import { find, write } from "../find.ts";
import { LaneView } from "../lanes/view.ts";
import { pageBerth, workerBerth } from "./berths/local.ts";
import { remoteBerth } from "./berths/remote.ts";
import { type Called, CallForm } from "./call-form.ts";
import { Chooser } from "./chooser.ts";
import { type Example, EXAMPLES, FIRST } from "./examples/list.ts";
import { look } from "./inspect/look.ts";
import { Modes } from "./modes.ts";
import { OutcomePanel } from "./outcome/panel.ts";
import { type Result, Runner } from "./runner.ts";
import type { SAID, Shared } from "./share/link.ts";
import type { SharePanel } from "./share/panel.ts";
import type { Shown } from "./share/snippets.ts";
import { SHORES } from "../lanes/shores.ts";
import { type Outcome, Stage } from "./stage.ts";
import type { Found, Subject } from "./subject.ts";

/** What lies on the bench, and all that is said of it. */
class Bench {
  readonly #announcer = new Announcer();
  readonly #panel = new OutcomePanel();
  readonly #call = new CallForm((byHand) => this.#called(byHand));
  readonly #chooser = new Chooser({
    onChoice: (example) => this.#chose(example),
    onSubject: (subject) => void this.put(subject),
    onTrouble: (sentence) => this.#trouble(sentence),
  });
  readonly #modes: Modes;
  /** Fetched once there is something to share, or nothing to wait for. */
  #share: Promise<SharePanel | undefined> | undefined;
  readonly #runner: Runner;
  #subject: Subject | undefined;
  /** What was run last, for the snippets. */
  #shown: Shown | undefined;
  #found: Found | undefined;
  /** What was said below the answer, of which module. */
  #told: Found | undefined;
  /** What a link says of the call, until its plugin is there. */
  #linked: Called | undefined;

  constructor() {
    const berths = { page: pageBerth(), worker: workerBerth(), workerd: remoteBerth("workerd"), node: remoteBerth("node") };
    const stages = SHORES.map(({ id }) => new Stage(id, berths[id], new LaneView(find(`[data-lane="${id}"]`))));
    this.#runner = new Runner(stages, { onFirst: (outcome) => this.#first(outcome), onResult: (result) => this.#result(result) });
    this.#modes = new Modes({
      onSubject: (subject) => void this.put(subject),
      onTrouble: (sentence) => this.#trouble(sentence),
      onTemplate: (called) => (this.#call.value = called),
    });
  }

  async open(): Promise<void> {
    if (location.hash === "") return this.#chooser.choose(FIRST);
    try {
      const { fromHash, SAID } = await import("./share/link.ts");
      const shared = await fromHash(location.hash);
      await (shared ? this.#follow(shared, SAID) : this.#chooser.choose(FIRST));
    } catch (error) {
      this.#trouble((error as Error).message);
    }
  }

  #chose({ op, input, ops }: Example): void {
    this.#subject = this.#found = undefined;
    const called = this.#linked ?? { op, form: "text", text: input };
    this.#linked = undefined;
    this.#call.value = called;
    this.#call.offer(ops ?? (called.op === "" ? [] : [called.op]), called.op);
    this.#call.bytes();
  }

  async put(subject: Subject): Promise<void> {
    this.#subject = subject;
    const found = await look(subject);
    if (this.#subject !== subject) return;
    this.#found = found;
    const { from } = subject;
    const example = from.kind === "example" ? from.example : undefined;
    if (from.kind !== "code") this.#modes.chosen();
    this.#call.offer(example?.ops ?? found.info?.operations ?? [], this.#call.value.op);
    if (!this.#run()) this.#about();
  }

  /** Whoever made the link wrote the code, so nothing of it runs before somebody here says so. */
  async #follow({ op, form, text, example, code }: Shared, said: typeof SAID): Promise<void> {
    const called = { op, form, text };
    const known = EXAMPLES.find(({ id }) => id === example);
    if (known) this.#linked = called;
    if (known) return this.#chooser.choose(known);
    if (!code) return this.#trouble(said.unknown);
    this.#call.value = called;
    this.#call.offer([], op);
    this.#call.bytes();
    this.#chooser.mark();
    await this.#modes.bring(code);
    write(find("#subject"), said.subject);
    this.#announcer.badge("waiting", said.waits);
    this.#panel.say(said.read);
  }

  #called(byHand: boolean): void {
    if (byHand && this.#modes.pending) this.#modes.compile();
    else this.#run();
  }

  /** Whether it could. */
  #run(): boolean {
    const input = this.#call.bytes();
    if (!this.#subject || !this.#found || !input || this.#modes.pending) return false;
    const called = this.#call.value;
    this.#runner.run({ plugin: this.#subject.bytes, op: called.op, input });
    // A waPC guest names the function while it runs, so whether it wants it is not to be seen.
    const lent = this.#found.info?.abi === "wapc" ? "test" : this.#found.imports.find(({ name }) => name === "reverse")?.module;
    this.#shown = { ...called, file: this.#subject.name, abi: this.#found.info?.abi ?? "", input, lent };
    return true;
  }

  /** What is said of the module below the answer, and of its operations: nobody should wait for it. */
  #about(): void {
    const found = this.#found;
    if (found === this.#told) return;
    void import("./examples/notes.ts").then(({ NOTES }) => (this.#call.notes = NOTES));
    void import("./inspect/about.ts").then(({ about }) => (found && found === this.#found ? about(this.#subject!, (this.#told = found)) : undefined));
  }

  /** As soon as anybody knows. */
  #first(outcome: Outcome): void {
    if (outcome.kind === "answer") this.#panel.answer(outcome.output);
    this.#about();
  }

  #result({ asked, outcomes }: Result): void {
    const ended = outcomes.flatMap((outcome, i) => (outcome.kind === "none" ? [] : [{ outcome, name: SHORES[i]!.name }]));
    const failed = ended.flatMap(({ outcome, name }) => (outcome.kind === "error" ? [{ error: outcome.error, name }] : []));
    const alike = new Set(ended.map(({ outcome }) => outcome.key)).size === 1;
    const everywhere = failed.length === ended.length;
    this.#announcer.agreement({ lanes: ended.length, what: everywhere ? "error" : "answer", ...(alike && { digest: ended[0]!.outcome.key }) });
    const [first] = failed;
    if (first) void this.#panel.error(first.error, `${everywhere && alike ? "Alike" : "So"} on ${failed.map(({ name }) => name).join(", ")}.`);
    else if (ended[0]?.outcome.kind === "answer") this.#panel.answer(ended[0].outcome.output);
    // Not before there is an answer, which nobody should wait for because of what comes below it.
    void this.#sharing().then((panel) => this.#shown && panel?.show(this.#shown));
    void import("./memory/index.ts").then(({ showMemory }) => showMemory(asked, outcomes[0]!.kind !== "none", this.#found?.info !== undefined));
  }

  /** Nothing where it cannot be fetched: then it is asked for again the next time. */
  #sharing(): Promise<SharePanel | undefined> {
    return (this.#share ??= import("./share/panel.ts").then(
      ({ SharePanel }) => new SharePanel(() => this.#link(), (text) => this.#announcer.say(text)),
      () => (this.#share = undefined),
    ));
  }

  /** Of what there is now. */
  async #link(): Promise<string> {
    const from = this.#modes.code ?? (this.#subject?.from.kind === "example" ? { example: this.#subject.from.example.id } : undefined);
    const { toHash } = await import("./share/link.ts");
    history.replaceState(null, "", await toHash(from && { ...this.#call.value, ...from }, this.#call.bytes()));
    return location.href;
  }

  #trouble(sentence: string): void {
    void this.#sharing();
    this.#panel.say(sentence);
    this.#announcer.say(sentence);
  }
}

export function openBench(): void {
  // A link that is followed in this very tab changes nothing else.
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#v")) location.reload();
  });
  void new Bench().open();
}
