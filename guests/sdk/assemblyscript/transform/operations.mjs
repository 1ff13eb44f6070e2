import { CommonFlags, NodeKind, SourceKind } from "assemblyscript";
import { crossing } from "./types.mjs";

/** The module that is generated; its functions are what the plugin exports. */
export const ENTRY = "isopod-operations";

/**
 * Makes the author's entry file an ordinary module, and puts another entry before it:
 *
 *   export function slugify(text: string): string { … }
 *
 *   export function slugify(): i32 { $output($author0.slugify($inputText())); $finish(); return 0; }
 *
 * What is ours begins with a $, because an author may call an operation `output`.
 */
export function operations(parser) {
  const entries = parser.sources.filter(({ sourceKind }) => sourceKind === SourceKind.UserEntry);
  const lines = ['import { finish as $finish, inputBytes as $inputBytes, inputText as $inputText, output as $output } from "isopod/operation";'];
  for (const [index, source] of entries.entries()) {
    source.sourceKind = SourceKind.User;
    lines.push(`import * as $author${index} from "./${source.internalPath}";`);
    for (const item of exported(source)) lines.push(operation(item, `$author${index}`));
  }
  if (lines.length === entries.length + 1) throw new Error("no operation: export a function from the entry file");
  parser.parseFile(lines.join("\n"), `${ENTRY}.ts`, true);
}

function exported(source) {
  if (source.statements.some(({ kind }) => kind === NodeKind.Export)) {
    throw new Error(`${source.normalizedPath}: write "export function …": what is exported by a list or from elsewhere does not become an operation`);
  }
  return source.statements.filter(({ kind, flags }) => kind === NodeKind.FunctionDeclaration && flags & CommonFlags.Export);
}

function operation(item, author) {
  const { parameter, result } = crossing(item);
  const input = { string: "$inputText()", Uint8Array: "$inputBytes()" }[parameter] ?? "";
  const run = `${author}.${item.name.text}(${input})`;
  return `export function ${item.name.text}(): i32 { ${result ? `$output(${run})` : run}; $finish(); return 0; }`;
}
