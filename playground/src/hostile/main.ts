import { painted } from "../painted.ts";

// As on the other pages: all is there at first paint, and what runs plugins is fetched after it.
void painted()
  .then(() => import("./open.ts"))
  .then(({ open }) => open());
