/** What reads lines of source, which a page fetches with the first plugin that it debugs. */
export { fromBytes } from "@isopod/core/spi";
