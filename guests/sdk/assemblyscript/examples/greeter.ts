// What a plugin may ask of its host, all in one.
import { config, log } from "isopod";

/** The application's: how somebody is called. */
declare function reverse(name: string): string;

export function greet(name: string): string {
  log.debug("greet was called");
  if (name.length == 0) throw new Error("nobody to greet");
  let greeting = config("greeting");
  if (greeting == null) {
    log.warn("no greeting is configured");
    greeting = "Hello";
  }
  const called = reverse(name);
  log.info("greeting " + called);
  return greeting + ", " + called + "!";
}

export function echo(bytes: Uint8Array): Uint8Array {
  return bytes;
}

/** One line of each level. */
export function levels(text: string): void {
  log.trace(text);
  log.debug(text);
  log.info(text);
  log.warn(text);
  log.error(text);
}
