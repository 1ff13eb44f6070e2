/** The script of a host's Web Workers, with every ABI, for bundlers. dist/worker.js is the same in one file. */
import { everyAbi } from "@isopod/core/spi";
import { serve } from "./serve.ts";

serve(everyAbi());
