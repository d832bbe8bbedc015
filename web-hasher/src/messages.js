// What the page and its worker say to each other. Files and frames go in, values come out: never pixels.
import {} from "./pdq.js";
import {} from "./tracer.js";
