// The person's pages by keyboard alone, as the tests walk them: every field is reached with Tab, and can be seen when it is.
import { readFileSync } from "node:fs";

/** What walks a page. `told.axe`, `told.trouble` and `told.titles` take what was seen. */
export function walking(page, told, axe) {
  const AXE = readFileSync(axe, "utf8");

  async function look(where) {
    told.titles[where] = await page.title();
    await page.evaluate(`${AXE};0`);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const each of violations) told.axe.push(`${where}: ${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) told.trouble.push(`${where} is wider than the screen`);
  }

  async function tabTo(selector, key = "Tab") {
    for (let presses = 0; presses < 120; presses++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return ring(selector);
      await page.keyboard.press(key);
    }
    throw new Error(`no way to ${selector} by keyboard`);
  }

  /** What has the focus can be seen: it has a ring, and is not below the bar. */
  async function ring(selector) {
    const trouble = await page.evaluate(() => {
      const field = document.activeElement;
      const around = field.closest(".pick")?.querySelector(".button");
      const drawn = around ?? (getComputedStyle(field).opacity === "0" ? field.nextElementSibling : field);
      const box = drawn.getBoundingClientRect();
      const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
      if (getComputedStyle(drawn).outlineStyle === "none" || parseFloat(getComputedStyle(drawn).outlineWidth) < 3) return "has no ring";
      return box.bottom > bar || drawn.closest(".bar, .skip") !== null ? "" : "is below the bar";
    });
    if (trouble !== "") told.trouble.push(`${selector} ${trouble}`);
  }

  async function choose(id) {
    const name = await page.getAttribute(`#${id}`, "name");
    await tabTo(`input[name="${name}"]`);
    for (let presses = 0; presses < 6 && !(await page.isChecked(`#${id}`)); presses++) {
      await page.keyboard.press((await page.evaluate((wanted) => document.activeElement.id === wanted, id)) ? "Space" : "ArrowDown");
    }
  }

  async function tick(id) {
    await tabTo(`#${id}`);
    await page.keyboard.press("Space");
  }

  async function press(selector, key) {
    await tabTo(selector, key);
    await page.keyboard.press("Enter");
  }

  async function goOn() {
    await press("#next");
  }

  async function type(id, words) {
    await tabTo(`#${id}`);
    await page.keyboard.type(words);
  }

  async function step(name) {
    await page.waitForSelector(`section[data-step="${name}"]:not([hidden])`);
  }

  async function choseFiles(...files) {
    const chooser = page.waitForEvent("filechooser");
    await press("#chosen");
    await (await chooser).setFiles(files);
  }

  return { look, tabTo, choose, tick, press, goOn, type, step, choseFiles };
}
