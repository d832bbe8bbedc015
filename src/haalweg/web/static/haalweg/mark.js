var __classPrivateFieldSet = (this && this.__classPrivateFieldSet) || function (receiver, state, value, kind, f) {
    if (kind === "m") throw new TypeError("Private method is not writable");
    if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
    if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
    return (kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value)), value;
};
var __classPrivateFieldGet = (this && this.__classPrivateFieldGet) || function (receiver, state, kind, f) {
    if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
    if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
    return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var _Mark_drawing, _Mark_outside, _Mark_part, _Mark_shown, _Mark_said, _Mark_drop;
import { all, linkish, make, say } from "./page.js";
export const AT_FIRST = { left: 10, top: 10, right: 90, bottom: 90 };
const SVG = "http://www.w3.org/2000/svg";
const EDGES = ["left", "right", "top", "bottom"];
const LEAST = 10; // percents that a part has at least on each side
const SHOWN = 320; // the longer side of the outline, in its own units
/** The same with one edge elsewhere, as far as the one across leaves room for a part. */
export function moved(edges, edge, percent) {
    const at = Math.round(Math.min(100, Math.max(0, percent)));
    switch (edge) {
        case "left":
            return { ...edges, left: Math.min(at, edges.right - LEAST) };
        case "right":
            return { ...edges, right: Math.max(at, edges.left + LEAST) };
        case "top":
            return { ...edges, top: Math.min(at, edges.bottom - LEAST) };
        case "bottom":
            return { ...edges, bottom: Math.max(at, edges.top + LEAST) };
    }
}
/** The same with the nearest corner at a point that was tapped, in percents. */
export function cornerAt(edges, x, y) {
    const across = Math.abs(x - edges.left) <= Math.abs(x - edges.right) ? "left" : "right";
    const down = Math.abs(y - edges.top) <= Math.abs(y - edges.bottom) ? "top" : "bottom";
    return moved(moved(edges, across, x), down, y);
}
/** The part in pixels of the picture. */
export function boxOf(edges, { width, height }) {
    return {
        left: Math.floor((width * edges.left) / 100),
        top: Math.floor((height * edges.top) / 100),
        right: Math.ceil((width * edges.right) / 100),
        bottom: Math.ceil((height * edges.bottom) / 100),
    };
}
/** The outline with the part on it, a slider for each edge, and what is done with the part. */
export class Mark {
    constructor(id, of, picture) {
        _Mark_drawing.set(this, void 0);
        _Mark_outside.set(this, void 0);
        _Mark_part.set(this, void 0);
        _Mark_shown.set(this, void 0);
        _Mark_said.set(this, void 0);
        _Mark_drop.set(this, void 0);
        const scale = SHOWN / Math.max(picture.width, picture.height);
        // One that is long and narrow is drawn wider, so that it can be tapped.
        __classPrivateFieldSet(this, _Mark_shown, { width: Math.max(80, picture.width * scale), height: Math.max(80, picture.height * scale) }, "f");
        __classPrivateFieldSet(this, _Mark_outside, shape("path", { class: "outside", "fill-rule": "evenodd" }), "f");
        __classPrivateFieldSet(this, _Mark_part, shape("rect", { class: "part" }), "f");
        __classPrivateFieldSet(this, _Mark_drawing, shape("svg", { viewBox: `0 0 ${__classPrivateFieldGet(this, _Mark_shown, "f").width} ${__classPrivateFieldGet(this, _Mark_shown, "f").height}`, role: "img" }), "f");
        __classPrivateFieldGet(this, _Mark_drawing, "f").append(__classPrivateFieldGet(this, _Mark_outside, "f"), __classPrivateFieldGet(this, _Mark_part, "f"));
        this.frame = make("div", picture.width >= picture.height ? "mark-frame" : "mark-frame upright");
        this.frame.append(__classPrivateFieldGet(this, _Mark_drawing, "f"));
        const sliders = EDGES.map((edge) => slider(`${id}-${edge}`, edge));
        __classPrivateFieldSet(this, _Mark_said, make("p", "file-state"), "f");
        __classPrivateFieldSet(this, _Mark_drop, linkish(say("markDrop"), of, "mark-drop"), "f");
        const use = make("button", "button second", say("markUse"), make("span", "vh", ` (${of})`));
        use.type = "button";
        use.dataset["act"] = "mark-use";
        this.element = make("div", "mark", make("p", "small", say("markWhat")), make("p", "small soft", say("markHow")), this.frame, make("fieldset", "", make("legend", "vh", say("markEdges")), ...sliders), __classPrivateFieldGet(this, _Mark_said, "f"), make("div", "file-acts", use, __classPrivateFieldGet(this, _Mark_drop, "f")));
    }
    show(edges, said, isUsed) {
        const { width, height } = __classPrivateFieldGet(this, _Mark_shown, "f");
        const [x, y] = [(width * edges.left) / 100, (height * edges.top) / 100];
        const [right, bottom] = [(width * edges.right) / 100, (height * edges.bottom) / 100];
        __classPrivateFieldGet(this, _Mark_outside, "f").setAttribute("d", `M0 0H${width}V${height}H0zM${x} ${y}V${bottom}H${right}V${y}z`);
        for (const [name, value] of Object.entries({ x, y, width: right - x, height: bottom - y }))
            __classPrivateFieldGet(this, _Mark_part, "f").setAttribute(name, String(value));
        __classPrivateFieldGet(this, _Mark_drawing, "f").setAttribute("aria-label", say("markFrame", edges));
        for (const input of all("input[data-edge]", this.element)) {
            const edge = input.dataset["edge"];
            input.value = String(edges[edge]);
            const where = say(isAcross(edge) ? "fromLeft" : "fromTop", { percent: edges[edge] });
            input.setAttribute("aria-valuetext", where);
            if (input.nextElementSibling !== null)
                input.nextElementSibling.textContent = where;
        }
        __classPrivateFieldGet(this, _Mark_said, "f").className = `file-state ${isUsed ? "ok" : "wait"}`;
        __classPrivateFieldGet(this, _Mark_said, "f").textContent = said;
        __classPrivateFieldGet(this, _Mark_drop, "f").hidden = !isUsed;
    }
    /** Where on the picture a tap was, in percents; null: not on it. */
    pointOf(event) {
        const { left, top, width, height } = __classPrivateFieldGet(this, _Mark_drawing, "f").getBoundingClientRect();
        const [x, y] = [(100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height];
        return x >= 0 && y >= 0 && x <= 100 && y <= 100 ? { x, y } : null;
    }
}
_Mark_drawing = new WeakMap(), _Mark_outside = new WeakMap(), _Mark_part = new WeakMap(), _Mark_shown = new WeakMap(), _Mark_said = new WeakMap(), _Mark_drop = new WeakMap();
function slider(id, edge) {
    const input = make("input", "");
    Object.assign(input, { type: "range", id, min: "0", max: "100", step: "1" });
    input.dataset["edge"] = edge;
    const label = make("label", "", say(`edge_${edge}`));
    label.htmlFor = id;
    const where = make("span", "small soft");
    where.setAttribute("aria-hidden", "true"); // the slider says it
    return make("div", "edge", label, input, where);
}
function isAcross(edge) {
    return edge === "left" || edge === "right";
}
function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes))
        made.setAttribute(attribute, String(value));
    return made;
}
