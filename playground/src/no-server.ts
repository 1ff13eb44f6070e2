/** Where this page came from is no server of the playground's, but a folder of files. */
export class NoServer extends Error {}
