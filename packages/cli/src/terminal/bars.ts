const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A bar of at most so many columns, to the eighth of one. What is more than nothing is seen.
 *
 * @param part from 0 to 1
 */
export function bar(part: number, width: number): string {
  const eighths = Math.round(Math.min(Math.max(part, 0), 1) * width * 8);
  const seen = part > 0 ? Math.max(eighths, 1) : eighths;
  return "█".repeat(Math.floor(seen / 8)) + EIGHTHS[seen % 8]!;
}
