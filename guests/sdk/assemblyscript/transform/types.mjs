/** What may cross between host and plugin. */
const CROSSING = ["string", "Uint8Array"];

/**
 * The types of a function that crosses: at most one parameter, and a result or none.
 *
 * @returns {{ parameter: string | undefined, result: string | undefined }}
 * @throws with the place and what it must be instead
 */
export function crossing({ name, signature, range }) {
  const fail = (what) => {
    throw new Error(`${range.source.normalizedPath}:${range.source.lineAt(range.start)}: ${name.text} ${what}; what crosses is string or Uint8Array`);
  };
  const { parameters, returnType } = signature;
  if (parameters.length > 1) fail("has more than one parameter");
  const parameter = parameters[0] && parameters[0].type.range.toString();
  if (parameter !== undefined && !CROSSING.includes(parameter)) fail(`takes ${parameter}`);
  const result = returnType.range.toString();
  if (result !== "void" && !CROSSING.includes(result)) fail(`returns ${result || "what it does not say"}`);
  return { parameter, result: result === "void" ? undefined : result };
}
