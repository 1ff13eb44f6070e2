export * from "@isopod/edge";
