/** What applications import: a page of the reference each. */
export const ENTRIES = ["@isopod/core", "@isopod/browser", "@isopod/browser/lean", "@isopod/browser/serve", "@isopod/edge", "@isopod/edge/static", "@isopod/node", "@isopod/node/serve", "@isopod/build", "@isopod/cli"];
