// The other language, on the same page: its text is fetched, and what was answered stays in the memory of this one.
import { all } from "./page.js";
/**
 * Puts the page of `address` in the place of this one, with what is in its fields at that moment. False where it could not be fetched.
 * `rebuild` makes the fields that the script adds to a page, so that what was in them is put back too.
 */
export async function speak(address, rebuild) {
    let other;
    try {
        const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "error" });
        if (!answer.ok)
            return false;
        other = new DOMParser().parseFromString(await answer.text(), "text/html");
    }
    catch (_a) {
        return false;
    }
    if (other.getElementById("words") === null)
        return false; // of who stands in between, the page of a hotel say
    for (const each of all("noscript", other))
        each.remove();
    const kept = keep();
    document.documentElement.lang = other.documentElement.lang;
    document.title = other.title;
    document.body.replaceWith(document.importNode(other.body, true));
    rebuild();
    putBack(kept);
    history.replaceState(null, "", address);
    return true;
}
function keep() {
    const fields = all("input[id]:not([type=file]), textarea[id]");
    const kept = new Map(fields.map((field) => [field.id, { value: field.value, on: "checked" in field && field.checked }]));
    for (const each of all("details[id]"))
        kept.set(each.id, { value: "", on: each.open });
    return kept;
}
function putBack(kept) {
    for (const [id, { value, on }] of kept) {
        const field = document.getElementById(id);
        if (field instanceof HTMLDetailsElement)
            field.open = on;
        else if (field instanceof HTMLTextAreaElement)
            field.value = value;
        else if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type))
            field.checked = on;
        else if (field instanceof HTMLInputElement)
            field.value = value;
    }
}
