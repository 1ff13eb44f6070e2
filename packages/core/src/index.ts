/**
 * The runtime-agnostic core of Isopod: contracts, ABIs, memory marshalling, pooling. Applications import an adapter
 * (`@isopod/browser`, `@isopod/edge`, `@isopod/node`, or `isopod`, which chooses), which has all of these names and
 * `createHost`.
 *
 * @module
 */
export { IsopodError, isIsopodError } from "./errors.ts";
export type { Code, Details, ErrorRecord, Fault } from "./errors.ts";
export { typed } from "./capability/functions.ts";
export type { FunctionCall, Functions, HostFunction, Shape, TypedFunction } from "./capability/functions.ts";
export type { HttpGrant } from "./capability/http.ts";
export type { Level, LogEntry, LogSink } from "./capability/log.ts";
export { extism, packed, plain, wapc } from "./abi/standard.ts";
export type { Abi, Match } from "./abi/abi.ts";
export { pluginSet } from "./contract/set.ts";
export type { Answer, Member, PluginSet, SetEvent, SetOptions } from "./contract/set.ts";
export { digest } from "./source/verify.ts";
export type { ResponseLike, Source, UrlLike, WasmModule } from "./source/read.ts";
export type { Host } from "./host.ts";
export type { Grants, HostOptions, LoadOptions, SourceMap, SwapOptions } from "./options.ts";
export type { AuditEvent, Limits } from "./limits/bounds.ts";
export type {
  As,
  BorrowOptions,
  BytesOptions,
  CallOptions,
  Input,
  IntoOptions,
  Json,
  JsonObject,
  JsonOptions,
  ManyOptions,
  Numeric,
  Plugin,
  PluginInfo,
  Signal,
  TextOptions,
  ValueOptions,
} from "./contract/operations.ts";
