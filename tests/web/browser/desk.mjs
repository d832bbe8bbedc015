// Every page of the desk, as the test names them: what axe finds, what is too wide, what no key reaches; with a folder, pictures.
// Arguments: node modules, axe-core, the address. On standard input as JSON: pages, cookies, language, shots. Says one line of JSON at the end.
import { readFileSync } from "node:fs";
import { launch } from "./chromium.mjs";

const [modules, axe, base] = process.argv.slice(2);
const { pages, cookies, language, shots } = JSON.parse(readFileSync(0, "utf8"));
const AXE = readFileSync(axe, "utf8");
const PREFIX = { nl: "", en: "/en" }[language];
const trouble = [];
let looked = 0;

const browser = await launch(modules);
const contexts = {};
for (const [name, who, path, acts] of pages) {
  contexts[who] ??= await contextOf(who);
  const page = await contexts[who].newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => trouble.push(`${name}: ${error}`));
  try {
    const answer = await page.goto(`${base}${PREFIX}${path[PREFIX] ?? path}`);
    if (answer.status() >= 500) throw new Error(`status ${answer.status()}`);
    for (const [act, selector, value] of acts) await (act === "passkey" ? passkey(page) : page[act](selector, value));
    await page.waitForLoadState();
    await look(page, name);
    if (language === "nl") await byKeyboard(page, name);
  } catch (error) {
    trouble.push(`${language} ${name}: ${error.message.slice(0, 300)}`);
  }
  await page.close();
  if (who === null) {
    await contexts[who].close();
    delete contexts[who];
  }
}
await browser.close();
process.stdout.write(`${JSON.stringify({ trouble, looked })}\n`);

async function contextOf(who) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  if (who !== null) await context.addCookies([{ name: "haalweg", value: cookies[who], url: base }]);
  return context;
}

/** A device that has a passkey to give, and whose owner is there. */
async function passkey(page) {
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await device.send("WebAuthn.addVirtualAuthenticator", { options });
}

/** All that is folded is open: it is looked at too. */
async function look(page, name) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
  await page.evaluate(`${AXE};0`);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) trouble.push(`${language} ${name} is ${wide} pixels wide in a window of ${width}`);
    for (const colorScheme of ["light", "dark"]) {
      const rules = rulesFor(width, colorScheme);
      if (rules === null && shots === "") continue;
      await page.emulateMedia({ colorScheme });
      if (rules !== null) {
        const { violations } = await page.evaluate((more) => window.axe.run(document, { resultTypes: ["violations"], ...more }), rules);
        for (const each of violations) trouble.push(`${language} ${name}, ${width}, ${colorScheme}: ${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
        looked += 1;
      }
      if (shots !== "") await page.screenshot({ path: `${shots}/desk-${language}-${width}-${colorScheme}-${name}.png`, fullPage: true });
    }
  }
}

/** All rules, once in each language, and in both widths and both colours. What is drawn too is held by the rules of colours in all four. */
function rulesFor(width, colorScheme) {
  if (language === "nl" ? width === 360 && colorScheme === "light" : width === 1280 && colorScheme === "dark") return {};
  return language === "nl" && shots !== "" ? { runOnly: ["color-contrast", "link-in-text-block"] } : null;
}

/** Tab goes to all that can be used, one after the other as it is read, and each is seen when it has the focus. */
async function byKeyboard(page, name) {
  const wanted = await page.evaluate(() => {
    document.body.tabIndex = -1; // begin where the page begins, and not where the last act was
    document.body.focus();
    document.body.removeAttribute("tabindex");
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
    const used = all.filter((each) => !each.disabled && each.checkVisibility());
    // Of buttons of one question Tab goes to one; the arrows go to the others.
    const ofKeys = used.filter((each) => each.type !== "radio" || used.find((other) => other.name === each.name) === each);
    ofKeys.forEach((each, at) => { each.dataset.key = at; });
    return ofKeys.length;
  });
  const reached = [];
  for (let presses = 0; presses < 2 * wanted; presses++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const field = document.activeElement;
      if (field === document.body) return null;
      const drawn = getComputedStyle(field).opacity === "0" ? field.nextElementSibling : field;
      const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
      const box = drawn.getBoundingClientRect();
      const [top, bottom] = [Math.max(box.y, 0), Math.min(box.bottom, innerHeight)];
      const seen = document.elementFromPoint(box.x + box.width / 2, (top + bottom) / 2);
      const trouble = [];
      if (outlineStyle === "none" || parseFloat(outlineWidth) < 3) trouble.push("has no ring");
      if (bottom <= top || !(seen === null || drawn.contains(seen) || seen.contains(drawn))) trouble.push("is not seen when it has the focus");
      return { key: field.dataset.key, html: field.outerHTML.slice(0, 100), trouble };
    });
    if (at === null) break;
    for (const each of at.trouble) trouble.push(`${name}: ${at.html} ${each}`);
    if (reached.at(-1) !== at.key) reached.push(at.key); // a date has several parts
  }
  const inOrder = [...Array(wanted).keys()].map(String);
  if (reached.join() !== inOrder.join()) trouble.push(`${name}: Tab reached ${reached.join()} of ${wanted}`);
}
