import { workerData } from "node:worker_threads";
import { everyAbi } from "@isopod/core/spi";
import { serve } from "./serve.ts";

serve(everyAbi(), workerData);
