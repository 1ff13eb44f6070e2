import wabt from "wabt";
import { serveCompiler } from "./protocol.ts";

const ready = wabt();

serveCompiler(async (code) => {
  const { parseWat } = await ready;
  const module = parseWat("plugin.wat", code, { bulk_memory: true, sign_extension: true, mutable_globals: true, multi_value: true, simd: true, sat_float_to_int: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
});
