
/** What is known of a runtime without running it. */
export interface Runtime {
  readonly name: string;
  /** The version in which this was found out, by `feature-modules.fixture.ts`. Newer ones may lack less. */
  readonly measured: string;
  /** Features, by their names in `FEATURES`, that its engine refuses. */
  readonly lacks: readonly string[];
  /** Whether an instance in the caller's own thread, or in a worker, can wait for a host function that is `async`. */
  readonly waits: { readonly inline: boolean; readonly worker: boolean };
  /** Most bytes of a module that is instantiated outside of workers. */
  readonly mostInline?: number;
}

/** In no engine yet, but behind flags. */
const PROPOSED = ["wide arithmetic", "custom page sizes", "custom descriptors"];

/** Everywhere that Isopod is tested. */
export const RUNTIMES: readonly Runtime[] = [
  {
    name: "Node 20",
    measured: "20.20.2",
    lacks: ["relaxed SIMD", "extended constants", "multi-memory", "memory64", "exnref", "GC", ...PROPOSED],
    waits: { inline: false, worker: true },
  },
  { name: "Node 22", measured: "22.23.3", lacks: PROPOSED, waits: { inline: false, worker: true } },
  { name: "Node 24", measured: "24.21.0", lacks: PROPOSED, waits: { inline: true, worker: true } },
  { name: "Node 26", measured: "26.10.0", lacks: PROPOSED, waits: { inline: true, worker: true } },
  { name: "Chromium", measured: "156", lacks: PROPOSED, waits: { inline: true, worker: true }, mostInline: 8 * 1024 * 1024 },
  { name: "Firefox", measured: "153", lacks: PROPOSED, waits: { inline: true, worker: true } },
  { name: "WebKit", measured: "WebKitGTK 2.50.6", lacks: ["relaxed SIMD", "multi-memory", "memory64", ...PROPOSED], waits: { inline: false, worker: false } },
  { name: "workerd", measured: "1.20260426.1", lacks: PROPOSED, waits: { inline: true, worker: false } },
];

