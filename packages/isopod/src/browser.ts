export * from "@isopod/browser";
