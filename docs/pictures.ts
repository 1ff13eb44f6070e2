/** Pictures of memory, each of one concrete call. `test/pictures.test.ts` makes that call and holds them to what it sees. */

/** A run of memory. Without `text` it is somebody's own business. */
export interface Run {
  readonly at: number;
  /** Its last byte but one is below the next run's `at`; undefined for the last. */
  readonly text?: string;
  /** Who wrote it: that is its colour. */
  readonly by?: "host" | "guest";
  readonly says?: string;
}

export interface Step {
  readonly who: "host" | "guest";
  readonly does: string;
  readonly why: string;
}

export interface Picture {
  readonly title: string;
  /** Whose memory it is. */
  readonly memory: string;
  readonly runs: readonly Run[];
  readonly steps: readonly Step[];
}

export const pictures = {
  packed: {
    title: 'upper("hello"), by the ABI packed',
    memory: "the guest's memory",
    runs: [
      { at: 256, says: "the allocator's" },
      { at: 264, text: "hello", by: "host", says: "the input" },
      { at: 279 },
      { at: 288, says: "the allocator's" },
      { at: 296, text: "HELLO", by: "guest", says: "the result" },
      { at: 301 },
    ],
    steps: [
      { who: "host", does: "malloc(15) = 264", why: "three bytes for each UTF-16 unit hold any text" },
      { who: "host", does: "upper(264, 5)", why: "encoded once, straight into the guest; now its length is known" },
      { who: "guest", does: "296 << 32 | 5", why: "pointer and length in one i64" },
      { who: "host", does: "copies 296…301", why: "or decodes it where it lies" },
      { who: "host", does: "free(296, 5), free(264, 15)", why: "so that the 16,384th call works like the first" },
    ],
  },
  extism: {
    title: 'upper("hello"), by Extism’s ABI',
    memory: "the kernel’s memory, which guest and host both reach",
    runs: [
      { at: 8, says: "length, tag" },
      { at: 16, text: "hello", by: "host", says: "the input" },
      { at: 24, says: "length, tag" },
      { at: 32, text: "HELLO", by: "guest", says: "the output" },
      { at: 40 },
    ],
    steps: [
      { who: "host", does: "begin(15), then shrink to 5", why: "the blocks of the call before are gone" },
      { who: "guest", does: "alloc(5) = 32", why: "a block in the kernel; a call from wasm to wasm" },
      { who: "guest", does: "input_load_u8(i), store_u8(32 + i, …)", why: "one byte or eight at a time, which is what this ABI costs" },
      { who: "guest", does: "output_set(32, 5)", why: "this range is the answer" },
      { who: "host", does: "copies 32…37", why: "and nothing is freed: the next call begins anew" },
    ],
  },
  wapc: {
    title: 'upper("hello"), by waPC',
    memory: "the guest’s memory",
    runs: [
      { at: 16680, text: "upper", by: "host", says: "the operation" },
      { at: 16696, text: "hello", by: "host", says: "the payload" },
      { at: 16712, text: "HELLO", by: "guest", says: "the response" },
      { at: 16728 },
    ],
    steps: [
      { who: "host", does: "__guest_call(5, 5)", why: "only the two lengths: the host never allocates" },
      { who: "guest", does: "__guest_request(16680, 16696)", why: "says where; the host writes both there" },
      { who: "guest", does: "__guest_response(16712, 5)", why: "the host copies here and now, because the guest may free on return" },
      { who: "guest", does: "1", why: "success, and nothing else is" },
    ],
  },
} as const satisfies Record<string, Picture>;
