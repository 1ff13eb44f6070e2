/** The script of a host's Web Workers, with every ABI. */
import { everyAbi } from "@isopod/core/spi";
import { serve } from "./serve.ts";

serve(everyAbi());
