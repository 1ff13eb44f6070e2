import { IsopodError } from "../../errors.ts";
import type { Import } from "../../wasm/types.ts";
import type { Services } from "../abi.ts";
import type { Linked, Provider } from "../link.ts";
import { BADF, INVAL, NOTSUP, OK, SPIPE } from "./errno.ts";
import { guarded } from "./guarded.ts";
import { Lines } from "./lines.ts";
import { poll } from "./poll.ts";

const STDERR = 2;
/** More vectors than any libc passes at once; a guest that names more is lying about its memory. */
const MOST_VECTORS = 1024;
const CHARACTER_DEVICE = 2;
/** Rights, of which a libc derives how a descriptor was opened. */
const MAY_READ = 2;
const MAY_WRITE = 64;
const REALTIME = 0;
const CLOCKS = 4;

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
  const functions = new Map<string, Function>(Object.entries(preview1(services, linked)));
  return ({ module, name, kind }: Import) => {
    // Our views are made anew after every call, so growth needs no notice.
    if (module === "env" && name === "emscripten_notify_memory_growth") return () => {};
    if (kind !== "function" || (module !== "wasi_snapshot_preview1" && module !== "wasi_unstable")) return undefined;
    if (name === "poll_oneoff") return poll(linked, module === "wasi_unstable" ? 56 : 48);
    return functions.get(name) ?? absent(name);
  };
}

/** What needs a file, a folder or a socket that nobody opened: the descriptor is bad. */
function absent(name: string): Function | undefined {
  if (/^(fd|path|sock)_[a-z_]+$/.test(name)) return () => BADF;
  if (name === "proc_raise") return () => NOTSUP;
  return undefined;
}

function preview1(services: Services, linked: Linked): Record<string, Function> {
  const out = new Lines(services.scope, (line) => services.log("info", line));
  const err = new Lines(services.scope, (line) => services.log("error", line));

  const clock = (id: number, write: (now: bigint) => void): number => {
    if (id < 0 || id >= CLOCKS) return INVAL;
    write(id === REALTIME ? services.clock.wall() : services.clock.monotonic());
    return OK;
  };
  const empty = guarded((count: number, size: number) => {
    linked.memory.writeU32(count, 0);
    linked.memory.writeU32(size, 0);
    return OK;
  });

  return {
    args_sizes_get: empty,
    args_get: () => OK,
    environ_sizes_get: empty,
    environ_get: () => OK,
    clock_res_get: guarded((id: number, at: number) => clock(id, () => linked.memory.writeU64(at, 1_000_000n))),
    clock_time_get: guarded((id: number, _precision: bigint, at: number) => clock(id, (now) => linked.memory.writeU64(at, now))),
    random_get: guarded((pointer: number, length: number) => {
      services.random.fill(linked.memory.view(pointer, length));
      return OK;
    }),
    sched_yield: () => OK,
    fd_write: guarded((fd: number, iovs: number, count: number, written: number) => {
      if (fd !== 1 && fd !== STDERR) return BADF;
      if (count >>> 0 > MOST_VECTORS) return INVAL;
      linked.memory.view(written, 4); // checked before anything is written
      const parts = vectors(linked, iovs, count).map(([pointer, length]) => linked.memory.view(pointer, length));
      for (const part of parts) (fd === STDERR ? err : out).write(part);
      linked.memory.writeU32(written, parts.reduce((sum, part) => sum + part.length, 0));
      return OK;
    }),
    fd_read: guarded((fd: number, _iovs: number, _count: number, read: number) => {
      if (fd !== 0) return BADF;
      linked.memory.writeU32(read, 0);
      return OK;
    }),
    fd_fdstat_get: guarded((fd: number, at: number) => {
      if (fd < 0 || fd > STDERR) return BADF;
      linked.memory.view(at, 24).fill(0);
      linked.memory.u8[at >>> 0] = CHARACTER_DEVICE; // so that C writes out its buffer line by line
      linked.memory.u8[(at >>> 0) + 8] = fd === 0 ? MAY_READ : MAY_WRITE;
      return OK;
    }),
    // 64 bytes; wasi_unstable's 56 end before the last timestamp, so that one is left alone.
    fd_filestat_get: guarded((fd: number, at: number) => {
      if (fd < 0 || fd > STDERR) return BADF;
      linked.memory.view(at, 56).fill(0);
      linked.memory.u8[(at >>> 0) + 16] = CHARACTER_DEVICE;
      return OK;
    }),
    fd_seek: (fd: number) => (fd >= 0 && fd <= STDERR ? SPIPE : BADF),
    fd_tell: (fd: number) => (fd >= 0 && fd <= STDERR ? SPIPE : BADF),
    fd_close: (fd: number) => (fd >= 0 && fd <= STDERR ? OK : BADF),
    proc_exit: (code: number) => {
      throw services.scope.fail(new IsopodError("exit", `the plugin ended itself with code ${code}`, { details: { code } }));
    },
  };
}

function vectors(linked: Linked, iovs: number, count: number): [pointer: number, length: number][] {
  return Array.from({ length: count }, (_, index) => {
    const at = (iovs >>> 0) + index * 8;
    return [linked.memory.readU32(at), linked.memory.readU32(at + 4)];
  });
}
