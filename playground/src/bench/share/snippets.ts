import type { Form } from "../input.ts";

export type Runtime = "browser" | "edge" | "node";

export interface Shown {
  readonly file: string;
  readonly abi: string;
  readonly op: string;
  readonly form: Form;
  readonly text: string;
  readonly input: Uint8Array;
  /** Where the plugin looks for the function that the playground lends, if it does. */
  readonly lent: string | undefined;
}

/** Longest input that is spelled out: a snippet is to be read. */
const MOST_TEXT = 300;

/** The same call, as a program of that runtime; each is whole and runs as it stands. */
export function snippet(runtime: Runtime, shown: Shown): string {
  const { file, op } = shown;
  const call = `await plugin.call(${JSON.stringify(op)}, ${input(shown)}, { as: ${JSON.stringify(as(shown))} })`;
  const lent = shown.lent ? `${lend(shown.lent)}\n` : "";
  const options = shown.lent ? ", { functions }" : "";
  if (runtime === "edge") {
    return `import { createHost } from "@isopod/edge";
import module from ${JSON.stringify(`./${file}`)};

${lent}const plugin = await createHost().load(module${options});

export default {
  async fetch() {
    return Response.json(${call});
  },
};
`;
  }
  const address = runtime === "browser" ? `/${file}` : `./${file}`;
  return `import { createHost } from "@isopod/${runtime}";

${lent}const host = createHost();
const plugin = await host.load(${JSON.stringify(address)}${options});
console.log(${call});
await host.dispose();
`;
}

/** What was typed, as it would be written down. */
function input({ abi, form, text, input: bytes }: Shown): string {
  if (bytes.length > MOST_TEXT) return `input /* ${bytes.length} bytes */`;
  if (abi === "plain") return numbers(text);
  if (form === "hex") return `new Uint8Array([${[...bytes].join(", ")}])`;
  return form === "json" ? text.trim() : JSON.stringify(text);
}

/** Whoever made a link typed this, and here it is to be copied into a program: what is no number stays a text. */
function numbers(text: string): string {
  const words = text.replace(/^\s*\[|\]\s*$/g, "").split(/[\s,]+/).filter(Boolean);
  const known = words.every((word) => word === "NaN" || !Number.isNaN(Number(word.replace(/n$/, ""))));
  return known ? `[${words.join(", ")}]` : JSON.stringify(text);
}

function as({ abi, form }: Shown): string {
  if (abi === "plain") return "text";
  return form === "hex" ? "bytes" : form;
}

/** What the playground lends, written out. */
function lend(namespace: string): string {
  return `const reverse = (bytes) => Uint8Array.from(bytes).reverse();
const functions = { ${JSON.stringify(namespace)}: { reverse } };
`;
}
