import { fit } from "./layout.ts";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;

/** A line of its own on a terminal that tells what goes on; elsewhere nothing, because nobody would see it move. */
export interface Progress {
  say(text: string): void;
  /** Takes the line away, for something else to be written. */
  clear(): void;
  end(): void;
}

/** Progress goes to stderr, so that stdout holds results only. */
export function progress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { say: () => {}, clear: () => {}, end: () => {} };
  let text = "";
  let frame = 0;
  const clear = (): void => void stream.write("\r\x1b[2K");
  const draw = (): void => {
    if (text === "") return;
    const line = `${FRAMES[frame++ % FRAMES.length]} ${text}`;
    stream.write(`\r\x1b[2K${fit(line, (stream.columns || 80) - 1)}`);
  };
  const timer = setInterval(draw, FRAME_MS);
  timer.unref();
  return {
    say: (next) => {
      text = next;
      draw();
    },
    clear,
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}
