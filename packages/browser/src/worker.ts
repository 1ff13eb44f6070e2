/** The script of a host's Web Workers, with every ABI. */
import { extism, packed, plain, wapc } from "@isopod/core";
import { serve } from "./serve.ts";

serve([extism(), wapc(), packed(), plain()]);
