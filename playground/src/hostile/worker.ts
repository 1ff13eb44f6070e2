// The page's worker, which also tells what its plugins use, while they use it.
import { keep, metered, packed, packedFunctions, serve, wasi, asking } from "@isopod/browser/lean";
import { teller } from "./told.ts";
import { watched } from "./watched.ts";

const tell = teller((told) => postMessage(told));

serve([metered(packed([wasi], packedFunctions), (use) => tell({ use }))], asking, (kept) => watched(keep(kept), (live) => tell({ slots: { live, most: kept?.most ?? Infinity } })));
