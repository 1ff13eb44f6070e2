import { createHost } from "isopod";
import module from "../../validator.wasm?module";

export const runtime = "edge";

const validator = createHost().load(module);
const record = { iban: "DE89 3704 0044 0532 0130 00", country: "AT", postcode: "1010" };

export async function GET() {
  return Response.json(await (await validator).call("validate", record, { as: "json" }));
}
