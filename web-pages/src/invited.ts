// The words of a link stand after its #, which no server is sent: they go into the field, and out of the address.
import { element } from "./page.js";

const found = /^#([a-z]+(?:-[a-z]+)+)$/.exec(location.hash);
if (found?.[1] !== undefined) {
  (element("words") as HTMLInputElement).value = found[1].replace(/-/g, " ");
  history.replaceState(null, "", location.pathname);
}
