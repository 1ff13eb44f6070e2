/** workerd's own module, as far as it is used here. */
declare module "cloudflare:workers" {
  export class WorkerEntrypoint<Env> {
    protected readonly env: Env;
  }
}
