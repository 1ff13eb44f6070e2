/** What an operation of ours does, where its name does not say it all. */
export const NOTES: Readonly<Record<string, string>> = {
  upper: "ASCII letters become capitals",
  echo: "gives back what it gets",
  host: "asks the host to reverse it",
  count: "how often it was called",
  fail: "reports an error of its own",
  trap: "breaks off",
  spin: "never returns",
  oob: "names memory that is not there",
  badutf8: "gives bytes that are no text",
  grow: "grows its memory",
  clock: "asks for the time",
  random: "asks for random bytes",
  env: "asks for its environment",
  exit: "asks to end the process",
  validate: "one record",
  validateMany: "a record a line",
};
