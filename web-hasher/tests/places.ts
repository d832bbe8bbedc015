// Where things lie, seen from web-hasher/build/tests.
const ROOT = new URL("../../../", import.meta.url);

export const SHIPPED = new URL("src/haalweg/data/web_hasher/", ROOT);
export const GOLDEN = new URL("tests/vectors/golden.txt", ROOT);
/** This folder's own modules, compiled. */
export const BUILT = new URL(".", import.meta.url);
