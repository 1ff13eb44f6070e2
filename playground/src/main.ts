import { painted } from "./painted.ts";
import type { Verdict } from "./record/fields.ts";
import { RecordForm } from "./record/form.ts";

// The page is all there at first paint; what runs plugins is fetched after it.
const chart = painted()
  .then(() => import("./lanes/index.ts"))
  .then(({ openChart }) => openChart((bytes) => form.show(JSON.parse(new TextDecoder().decode(bytes)) as Verdict)));

const form = new RecordForm((bytes) => void chart.then((opened) => opened.run(bytes)));
form.start();
