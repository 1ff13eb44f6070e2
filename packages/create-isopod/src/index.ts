export { create } from "./create.ts";
export { HOSTS, LANGUAGES, UsageError, type Choice, type Host, type Language } from "./options.ts";
