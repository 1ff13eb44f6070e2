/** A file of its own, so that it is fetched on its own. */
export { fromBytes } from "@isopod/core/spi";
