/** What serve.mjs puts into the VM: JSON for the script to read, */
declare const start: string;
/** and where its JSON goes. Kept when that has left this process. */
declare function tell(json: string): Promise<unknown>;
