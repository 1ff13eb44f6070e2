import { CommonFlags, NodeKind, SourceKind } from "assemblyscript";
import { crossing } from "./types.mjs";

/** Where applications put the functions that they lend to plugins of this carrier. */
const NAMESPACE = "extism:host/user";

/**
 * Puts an import in the place of every `declare function` of the author's, from a module that is generated beside the file:
 *
 *   declare function reverse(text: string): string;
 *
 *   @external("extism:host/user", "reverse") declare function __reverse(block: u64): u64;
 *   export function reverse(text: string): string { … }
 *
 * One with a decorator of its own stays what it is.
 */
export function hostFunctions(parser) {
  const authors = parser.sources.filter(({ sourceKind }) => sourceKind === SourceKind.User || sourceKind === SourceKind.UserEntry);
  for (const source of authors) {
    const declared = source.statements.filter(isHostFunction);
    if (declared.length === 0) continue;
    const path = `${source.internalPath}.isopod-host`;
    const text = ['import { blockOf as $blockOf, free as $free, takeBytes as $takeBytes, takeText as $takeText } from "isopod/blocks";', ...declared.map(bridge)].join("\n");
    parser.parseFile(text, `${path}.ts`, false);
    source.statements = [...parsed(parser, imports(declared, path), `${path}-imports.ts`), ...source.statements.filter((item) => !declared.includes(item))];
  }
}

function isHostFunction({ kind, flags, decorators }) {
  return kind === NodeKind.FunctionDeclaration && (flags & CommonFlags.Declare) !== 0 && !decorators?.length;
}

function bridge(item) {
  const { parameter, result } = crossing(item);
  const name = item.name.text;
  return `
    @external("${NAMESPACE}", "${name}") declare function __${name}(${parameter ? "block: u64" : ""}): ${result ? "u64" : "void"};
    export function ${name}(${parameter ? `value: ${parameter}` : ""}): ${result ?? "void"} {
      ${parameter ? "const block = $blockOf(value);" : ""}
      ${result ? "const reply = " : ""}__${name}(${parameter ? "block" : ""});
      ${parameter ? "$free(block);" : ""}
      ${result ? `return ${result === "string" ? "$takeText" : "$takeBytes"}(reply);` : ""}
    }`;
}

function imports(declared, path) {
  const names = (items) => items.map(({ name }) => name.text).join(", ");
  const from = `from "./${path.split("/").at(-1)}";`;
  const shared = declared.filter(({ flags }) => flags & CommonFlags.Export);
  return `import { ${names(declared)} } ${from}\n${shared.length > 0 ? `export { ${names(shared)} } ${from}` : ""}`;
}

/** Statements for another source. The parser knows files alone, so one is made and taken back. */
function parsed(parser, text, path) {
  parser.parseFile(text, path, false);
  return parser.sources.pop().statements;
}
