// What a plugin may ask of its host. A host function is declared, not imported: see README.md.
import { blockOf, config_get, free, log_debug, log_error, log_info, log_trace, log_warn, takeText } from "./blocks";

/** Lines for whoever runs the host; it decides which levels it keeps. */
export namespace log {
  export function trace(text: string): void {
    const block = blockOf(text);
    log_trace(block);
    free(block);
  }
  export function debug(text: string): void {
    const block = blockOf(text);
    log_debug(block);
    free(block);
  }
  export function info(text: string): void {
    const block = blockOf(text);
    log_info(block);
    free(block);
  }
  export function warn(text: string): void {
    const block = blockOf(text);
    log_warn(block);
    free(block);
  }
  export function error(text: string): void {
    const block = blockOf(text);
    log_error(block);
    free(block);
  }
}

/** What the application configured under this key; null if nothing, or an empty text. */
export function config(key: string): string | null {
  const name = blockOf(key);
  const value = config_get(name);
  free(name);
  return value == 0 ? null : takeText(value);
}
