import { workerData } from "node:worker_threads";
import { extism, packed, plain, wapc } from "@isopod/core";
import { serve } from "./serve.ts";

serve([extism(), wapc(), packed(), plain()], workerData);
