export * from "@isopod/node";
