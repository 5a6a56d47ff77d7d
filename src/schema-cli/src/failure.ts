/** What the caller has to hear in one sentence: a wrong argument, a module that cannot be loaded, a schema that is none. */
export class Failure extends Error {}
