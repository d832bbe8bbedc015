// The words of a link stand after its #, which no server is sent: they go into the field, and out of the address.
import { element } from "./page.js";
const found = /^#([a-z]+(?:-[a-z]+)+)$/.exec(location.hash);
if ((found === null || found === void 0 ? void 0 : found[1]) !== undefined) {
    element("words").value = found[1].replace(/-/g, " ");
    history.replaceState(null, "", location.pathname);
}
