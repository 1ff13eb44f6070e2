import { createHost } from "isopod";

export const dynamic = "force-dynamic";

const validator = createHost().load(new URL("../../validator.wasm", import.meta.url));
const record = { iban: "DE89 3704 0044 0532 0130 00", country: "AT", postcode: "1010" };

export async function GET() {
  return Response.json(await (await validator).call("validate", record, { as: "json" }));
}
