import { everyAbi } from "@isopod/core/spi";
import { serve } from "./serve.ts";

serve(everyAbi());
