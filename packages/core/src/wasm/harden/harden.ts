export interface Policy { readonly memory: number; readonly tables: number; readonly exceptions: boolean }
export interface Manifest { readonly version: number; readonly digest: string; readonly memory: number; readonly tables: number; readonly exceptions: boolean }
export function harden(bytes: Uint8Array, _policy: Policy, _digest?: string): Uint8Array { return bytes; }
export function manifestOf(_module: WebAssembly.Module): Manifest | undefined { return undefined; }
