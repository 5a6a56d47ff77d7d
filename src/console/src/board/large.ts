/** Beyond so many bytes it is asked first whether a document is to be loaded and drawn. */
export const LARGE = 5 * 1024 * 1024
