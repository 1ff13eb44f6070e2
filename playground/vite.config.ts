import { defineConfig } from "vite";
import { guestDigests } from "./markup/digests.ts";
import { markup } from "./markup/index.ts";
import { lanes } from "./server/index.ts";

/** WebAssembly is all that this page asks for beyond its own files: no eval, no blob: or data: script. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export default defineConfig({
  base: "./",
  clearScreen: false,
  server: { host: "127.0.0.1", cors: false },
  preview: { host: "127.0.0.1", cors: false, headers: { "content-security-policy": policy, "x-content-type-options": "nosniff" } },
  // The kit for AssemblyScript lies outside of this folder, and is to use the compiler that lies in it.
  resolve: { dedupe: ["assemblyscript"] },
  worker: { format: "es" },
  // Its files lie beside its script, and are looked for there.
  optimizeDeps: { exclude: ["@yowasp/clang"] },
  build: {
    target: "es2022",
    // Inlined files would be data: URLs, which the policy refuses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Whatever runs plugins knows modulepreload.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: "index.html", workbench: "workbench.html", shop: "shop.html", hostile: "hostile.html", tour: "tour.html" } },
  },
  plugins: [markup(), guestDigests(), lanes()],
});
