const e2e = new URL("../", import.meta.url);

/** Folders, as URLs that end in a slash. */
export const paths = {
  e2e,
  guests: new URL("../guests/dist/", e2e),
  fixtures: new URL("fixtures/", e2e),
  dist: new URL("dist/", e2e),
  node: new URL("dist/node/", e2e),
  pages: new URL("dist/pages/", e2e),
  workers: new URL("dist/workers/", e2e),
  edgeVm: new URL("dist/edge-vm/", e2e),
} as const;
