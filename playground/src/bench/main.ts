import { painted } from "../painted.ts";

// The page is all there at first paint; what runs plugins is fetched after it.
void painted()
  .then(() => import("./bench.ts"))
  .then(({ openBench }) => openBench());
