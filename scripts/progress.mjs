// Long work, seen: a line that moves on a terminal, plain lines in a pipe.

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
const PIPE_MS = 10_000;

/**
 * Begins a step. Its progress goes to stderr, so that stdout holds results only.
 *
 * @param {string} title
 * @returns {{ note(text: string): void, end(text?: string): void }} `end` writes the last line, or none
 */
export function step(title, stream = process.stderr) {
  const from = Date.now();
  let note = "";
  let frame = 0;
  const seconds = () => `${((Date.now() - from) / 1000).toFixed(1)} s`;
  const clear = stream.isTTY ? "\r\x1b[2K" : "";

  const draw = () => {
    if (!stream.isTTY) return void stream.write(`${title} … ${seconds()}${note && `, ${note}`}\n`);
    const line = `${FRAMES[frame++ % FRAMES.length]} ${title} … ${seconds()}${note && `  ${note}`}`;
    stream.write(`${clear}${line.slice(0, (stream.columns || 80) - 1)}`);
  };
  if (stream.isTTY) draw();
  else stream.write(`${title} …\n`);
  const timer = setInterval(draw, stream.isTTY ? FRAME_MS : PIPE_MS);
  timer.unref();

  return {
    note: (text) => void (note = text),
    end(text) {
      clearInterval(timer);
      stream.write(clear);
      if (text !== undefined) stream.write(`${text} (${seconds()})\n`);
    },
  };
}
