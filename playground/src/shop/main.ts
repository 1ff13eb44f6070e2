import { painted } from "../painted.ts";
import { OrderForm } from "./form.ts";

// As on the other pages: all is there at first paint, and what runs plugins is fetched after it.
const form = new OrderForm();
void painted()
  .then(() => import("./open.ts"))
  .then(({ open }) => open(form));
