import { fixedClock, systemClock, type Clock } from "../../capability/clock.ts";
import { seededRandom, systemRandom, type Random } from "../../capability/random.ts";
import { IsopodError } from "../../errors.ts";
import type { GuestMemory } from "../../memory/guest-memory.ts";
import { viewOf, writeU32, writeU64 } from "../../memory/ranges.ts";
import type { Services } from "../abi.ts";
import type { Linked, Provider } from "../link.ts";
import { BADF, INVAL, NOTSUP, OK, SPIPE } from "./errno.ts";
import { guarded } from "./guarded.ts";
import { Lines } from "./lines.ts";
import { poll } from "./poll.ts";

const STDERR = 2;
/** More vectors than any libc passes at once; a guest that names more is lying about its memory. */
const MOST_VECTORS = 1024;
/** More than any libc writes at once; vectors may name the same bytes again and again. */
const MOST_BYTES = 1_048_576;
/** So many bytes are gone through in the time that it takes to look at one vector. */
const VECTOR = 64;
const CHARACTER_DEVICE = 2;
/** Rights, of which a libc derives how a descriptor was opened. */
const MAY_READ = 2;
const MAY_WRITE = 64;
const REALTIME = 0;
const CLOCKS = 4;
const RESOLUTION = 1_000_000n;

/**
 * The least of WASI preview 1 that plugins of every ABI lean on: standard output and error go to the log, standard
 * input is at its end, there are no arguments, no environment and no files.
 *
 * Source: WebAssembly/WASI, the preview 1 witx. `wasi_unstable`, its predecessor, differs here in the size of a
 * subscription and of a filestat.
 *
 * ```text
 * fd_write(1, iovs = 64, count = 2, nwritten = 80)
 *
 * 64   iovs[0] pointer   iovs[0] length      72   iovs[1] pointer   iovs[1] length      80
 * ├── 100 ───────────┼── 6 ─────────────┤   ├── 200 ───────────┼── 1 ─────────────┤   ├── 7 ──┤ ← written by the host
 * 100  "hello "                              200  "\n"
 * ```
 */
export function wasi(services: Services, linked: Linked): Provider {
  const own = new Wasi(services, linked);
  return ({ module, name, kind }) => {
    // Our views are made anew after every call, so growth needs no notice.
    if (module === "env" && name === "emscripten_notify_memory_growth") return () => {};
    const old = module === "wasi_unstable";
    if (kind !== "function" || (module !== "wasi_snapshot_preview1" && !old)) return undefined;
    if (name === "poll_oneoff") return poll(services.scope, linked, old ? 56 : 48);
    return Object.hasOwn(PREVIEW1, name) ? PREVIEW1[name]!(own) : absent(name);
  };
}

/** What needs a file, a folder or a socket that nobody opened: the descriptor is bad. */
function absent(name: string): Function | undefined {
  if (/^(fd|path|sock)_[a-z_]+$/.test(name)) return () => BADF;
  return name === "proc_raise" ? () => NOTSUP : undefined;
}

/** What the functions of one instance share, made as it is needed. */
class Wasi {
  readonly services: Services;
  readonly #linked: Linked;
  #clock: Clock | undefined;
  #random: Random | undefined;
  #out: Lines | undefined;
  #err: Lines | undefined;

  constructor(services: Services, linked: Linked) {
    this.services = services;
    this.#linked = linked;
  }

  get memory(): GuestMemory {
    return this.#linked.memory;
  }

  get clock(): Clock {
    return (this.#clock ??= this.services.grants.clock ? systemClock() : fixedClock(this.services.scope));
  }

  get random(): Random {
    return (this.#random ??= this.services.grants.random ? systemRandom() : seededRandom(this.services.scope));
  }

  stream(fd: number): Lines {
    const { scope, log } = this.services;
    if (fd === STDERR) return (this.#err ??= new Lines(scope, (line) => log("error", line)));
    return (this.#out ??= new Lines(scope, (line) => log("info", line)));
  }

  vectors(iovs: number, count: number): Uint8Array[] {
    this.services.scope.budget?.work(count * VECTOR);
    const { memory } = this;
    const { buffer, byteOffset } = viewOf(memory, iovs, count * 8);
    const words = new DataView(buffer, byteOffset);
    return Array.from({ length: count }, (_, index) => viewOf(memory, words.getUint32(index * 8, true), words.getUint32(index * 8 + 4, true)));
  }
}

const isOpen = (fd: number): boolean => fd >= 0 && fd <= STDERR;

const nothing = ({ memory }: { memory: GuestMemory }, count: number, size: number): number => {
  viewOf(memory, size, 4); // checked before anything is written
  writeU32(memory, count, 0);
  writeU32(memory, size, 0);
  return OK;
};

/** Each function, made for one instance, and only if it is imported. */
const PREVIEW1: Readonly<Record<string, (own: Wasi) => Function>> = {
  args_sizes_get: (own) => guarded((count: number, size: number) => nothing(own, count, size)),
  args_get: () => () => OK,
  environ_sizes_get: (own) => guarded((count: number, size: number) => nothing(own, count, size)),
  environ_get: () => () => OK,
  clock_res_get: (own) =>
    guarded((id: number, at: number) => {
      if (id < 0 || id >= CLOCKS) return INVAL;
      writeU64(own.memory, at, RESOLUTION);
      return OK;
    }),
  clock_time_get: (own) =>
    guarded((id: number, _precision: bigint, at: number) => {
      if (id < 0 || id >= CLOCKS) return INVAL;
      writeU64(own.memory, at, id === REALTIME ? own.clock.wall() : own.clock.monotonic());
      return OK;
    }),
  random_get: (own) =>
    guarded((pointer: number, length: number) => {
      const room = viewOf(own.memory, pointer, length);
      own.services.scope.budget?.work(room.length);
      own.random.fill(room);
      return OK;
    }),
  sched_yield: () => () => OK,
  fd_write: (own) =>
    guarded((fd: number, iovs: number, count: number, written: number) => {
      if (fd !== 1 && fd !== STDERR) return BADF;
      if (count >>> 0 > MOST_VECTORS) return INVAL;
      viewOf(own.memory, written, 4); // checked before anything is written
      const parts = own.vectors(iovs, count);
      const size = parts.reduce((sum, part) => sum + part.length, 0);
      if (size > MOST_BYTES) return INVAL;
      const { budget } = own.services.scope;
      budget?.work(size);
      if (!budget?.silent) for (const part of parts) own.stream(fd).write(part);
      writeU32(own.memory, written, size);
      return OK;
    }),
  fd_read: (own) =>
    guarded((fd: number, _iovs: number, _count: number, read: number) => {
      if (fd !== 0) return BADF;
      writeU32(own.memory, read, 0);
      return OK;
    }),
  fd_fdstat_get: (own) =>
    guarded((fd: number, at: number) => {
      if (!isOpen(fd)) return BADF;
      const stat = viewOf(own.memory, at, 24).fill(0);
      stat[0] = CHARACTER_DEVICE; // so that C writes out its buffer line by line
      stat[8] = fd === 0 ? MAY_READ : MAY_WRITE;
      return OK;
    }),
  // 64 bytes; wasi_unstable's 56 end before the last timestamp, so that one is left alone.
  fd_filestat_get: (own) =>
    guarded((fd: number, at: number) => {
      if (!isOpen(fd)) return BADF;
      viewOf(own.memory, at, 56).fill(0)[16] = CHARACTER_DEVICE;
      return OK;
    }),
  fd_seek: () => (fd: number) => (isOpen(fd) ? SPIPE : BADF),
  fd_tell: () => (fd: number) => (isOpen(fd) ? SPIPE : BADF),
  fd_close: () => (fd: number) => (isOpen(fd) ? OK : BADF),
  proc_exit: (own) => (code: number) => {
    throw own.services.scope.fail(new IsopodError("exit", `the plugin ended itself with code ${code}`, { details: { code } }));
  },
};
