import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { Limits, LoadOptions } from "@isopod/core";
import { parseDuration } from "../call/duration.ts";
import { grantsOf, isGrant } from "../call/grants.ts";

/** What the command line says of how to load a plugin. */
export interface LoadFlags {
  readonly abi?: string;
  readonly integrity?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly grant?: readonly string[];
  readonly functions?: string;
}

/** `--abi`, where detection should not decide. */
export function abiOption(): Option {
  return new Option("--abi <name>", "the ABI, where detection should not decide").choices(["extism", "wapc", "packed", "plain"]);
}

/** `--config key=value`, as often as wanted. */
function configOption(): Option {
  return new Option("--config <key=value>", "what the plugin can look up (Extism); again for more").argParser((text: string, before: Record<string, string> | undefined) => {
    const at = text.indexOf("=");
    if (at < 1) throw new InvalidArgumentError("It must be key=value.");
    return Object.fromEntries([...Object.entries(before ?? {}), [text.slice(0, at), text.slice(at + 1)]]);
  });
}

/** `--grant clock`, as often as wanted. */
export function grantOption(): Option {
  return new Option("--grant <what>", "clock, random or http=HOST; again for more").argParser((text: string, before: readonly string[] | undefined) => {
    if (!isGrant(text)) throw new InvalidArgumentError("It must be clock, random or http=HOST.");
    return [...(before ?? []), text];
  });
}

/** `--limit fuel=1000000`, as often as wanted. */
export function limitOption(): Option {
  return new Option("--limit <name=value>", "one of the limits that a host may name, such as fuel=1000000 or memory=16MiB; again for more").argParser((text: string, before: Limits | undefined) => {
    const [, name = "", value = ""] = /^(\w+)=(.+)$/.exec(text) ?? [];
    if (!name) throw new InvalidArgumentError("It must be such as fuel=1000000 or memory=16MiB.");
    return { ...before, [name]: Number.isNaN(Number(value)) ? value : Number(value) } as Limits;
  });
}

/** `--functions MODULE` */
export function functionsOption(): Option {
  return new Option("--functions <module>", "host functions: a module that exports them as `functions`");
}

/** Adds what every command takes that loads a plugin. */
export function loadOptions(command: Command): Command {
  return command
    .addOption(abiOption())
    .option("--integrity <digest>", "sha256-…: nothing else is run")
    .addOption(configOption())
    .addOption(grantOption())
    .addOption(functionsOption());
}

/** The same for `load`. */
export function loadOptionsOf({ abi, integrity, config, grant, functions }: LoadFlags): LoadOptions {
  return {
    ...(abi !== undefined && { abi }),
    ...(integrity !== undefined && { integrity }),
    ...(config && { config }),
    ...(grant && { grants: grantsOf(grant) }),
    ...(functions !== undefined && { functions: pathToFileURL(resolve(functions)) }),
  };
}

/** `--timeout 5s`, in milliseconds. */
export function timeoutOption(text: string, preset: string): Option {
  return new Option("--timeout <time>", text).default(parseDuration(preset), preset).argParser((given: string) => {
    const ms = parseDuration(given);
    if (ms === undefined) throw new InvalidArgumentError("It must be a time such as 500ms, 5s or 2m.");
    return ms;
  });
}
