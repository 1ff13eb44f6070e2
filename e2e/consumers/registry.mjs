// Our packages as a registry would have them, for commands that are meant for one: `npm create isopod`, `npm install`.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { root } from "../../scripts/setup.mjs";
import { command } from "./command.mjs";
import { pack } from "./pack.mjs";

const ASK_MS = 30_000;

/**
 * Packs every package as it would be published, and serves them on loopback. Whatever is not ours is where npm would
 * have looked for it anyway: it is sent there.
 *
 * @param {string} folder for the tarballs
 * @returns {Promise<{ env: Record<string, string>, close: () => void }>} the environment of an npm that asks here
 */
export async function registry(folder) {
  const packed = await pack(folder, ["./packages/*", "./guests/sdk/*"]);
  const elsewhere = (await command("npm", ["config", "get", "registry"], { cwd: root, ms: ASK_MS })).trim().replace(/\/$/, "");

  /** @type {Map<string, Buffer>} */
  const tarballs = new Map();
  /** @type {Map<string, { manifest: Record<string, unknown>, file: string }>} */
  const ours = new Map();
  for (const { file } of packed.values()) {
    const path = join(folder, basename(file));
    const bytes = await readFile(path);
    const manifest = manifestIn(gunzipSync(bytes));
    tarballs.set(`/-/${basename(path)}`, bytes);
    ours.set(manifest.name, { manifest, file: basename(path) });
  }

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const tarball = tarballs.get(path);
    if (tarball) return void response.end(tarball);
    const found = ours.get(path.slice(1));
    if (!found) return void response.writeHead(307, { location: elsewhere + request.url }).end();
    const bytes = tarballs.get(`/-/${found.file}`);
    const integrity = `sha512-${createHash("sha512").update(bytes ?? "").digest("base64")}`;
    const { version } = found.manifest;
    const dist = { tarball: `http://${request.headers.host}/-/${found.file}`, integrity };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name: found.manifest.name, "dist-tags": { latest: version }, versions: { [String(version)]: { ...found.manifest, dist } } }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    env: {
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_prefer_offline: "true",
      npm_config_update_notifier: "false",
      NO_PROXY: [process.env.NO_PROXY, "127.0.0.1"].filter(Boolean).join(","),
    },
    close: () => void (server.closeAllConnections(), server.close()),
  };
}

/** The package.json of a tarball: in tar, a header of 512 bytes with a name and an octal size, then the contents. @param {Buffer} tar */
function manifestIn(tar) {
  for (let at = 0; at < tar.length; ) {
    const name = tar.toString("utf8", at, at + 100).replace(/\0.*$/s, "");
    const size = parseInt(tar.toString("latin1", at + 124, at + 136), 8) || 0;
    if (name === "package/package.json") return JSON.parse(tar.toString("utf8", at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error("a tarball without a package.json");
}
