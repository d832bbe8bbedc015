// A part of a picture is marked and hashed beside the whole: by keyboard, and by tapping. Nothing is sent.
// Arguments: node modules, axe-core, the address, a language, a folder for the browser's profile, a picture, a flat picture with a small one in it. Says one line of JSON.
import { launchIn } from "./chromium.mjs";
import { walking } from "./keyboard.mjs";

const [modules, axe, base, language, profile, picture, flat] = process.argv.slice(2);
const PREFIX = language === "nl" ? "" : "/en";
const told = { axe: [], trouble: [], titles: {}, found: {} };
const context = await launchIn(profile, modules, { locale: `${language}-NL` });
const page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(20_000);
page.on("pageerror", (error) => told.trouble.push(String(error)));
page.on("console", (message) => message.type() === "error" && told.trouble.push(message.text()));
const { look, tabTo, choose, press, goOn, step, choseFiles } = walking(page, told, axe);

const edges = () => page.$$eval("input[data-edge]", (inputs) => Object.fromEntries(inputs.map((input) => [input.dataset.edge, Number(input.value)])));
const said = () => page.textContent(".mark .file-state");
const spoken = () => page.$eval('input[data-edge="left"]', (input) => input.getAttribute("aria-valuetext"));
const ready = () => page.waitForFunction(() => document.querySelector(".mark .file-state.ok") !== null);

let wasChecked = false;

/** What would be sent now. */
async function check() {
  await goOn();
  if (!wasChecked) {
    await step("places");
    await press('[data-act="skip"]');
    await step("choices");
    await goOn();
    await step("reach");
    await choose("reach-no");
    await goOn();
  }
  wasChecked = true; // from then on it leads back there
  await step("check");
  const seen = { exact: JSON.parse(await page.textContent("#exact")), summary: await page.innerText("#summary") };
  await press('[data-act="change"][data-step="files"]');
  await step("files");
  return seen;
}

try {
  await page.goto(`${base}${PREFIX}/s/`);
  for (const id of ["age-yes", "source-no_such_picture", "others-nobody", "have-picture"]) {
    await choose(id);
    await goOn();
  }
  await step("files");
  await choseFiles(picture);
  await page.waitForSelector(".file-state.ok");
  told.found.expanded = [await page.getAttribute('[data-act="mark"]', "aria-expanded")];
  await press('[data-act="mark"]');
  told.found.expanded.push(await page.getAttribute('[data-act="mark"]', "aria-expanded"));
  told.found.focus = await page.evaluate(() => document.activeElement.dataset.edge);
  told.found.atFirst = await edges();
  told.found.label = await page.getAttribute(".mark-frame svg", "aria-label");
  told.found.pictures = await page.$$eval("main img, main canvas, main video", (all) => all.length);
  await look("a mark");
  // By keyboard: each edge by itself, and no further than a part is left.
  for (let times = 0; times < 15; times++) await page.keyboard.press("ArrowRight");
  told.found.spoken = await spoken();
  await tabTo('input[data-edge="bottom"]');
  for (let times = 0; times < 20; times++) await page.keyboard.press("ArrowLeft");
  await tabTo('input[data-edge="right"]', "Shift+Tab");
  await page.keyboard.press("Home");
  told.found.least = (await edges()).right;
  await page.keyboard.press("End");
  told.found.edges = await edges();
  await press('[data-act="mark-use"]');
  await ready();
  told.found.said = await said();
  told.found.live = await page.textContent("#files-said");
  await look("a mark in use");
  // It is seen only while it is held, behind the outline, grey and blurred.
  await page.hover('.file [data-act="look"]');
  await page.mouse.down();
  await page.waitForSelector(".mark-frame .veil img");
  told.found.veil = await page.$eval(".veil img", (image) => getComputedStyle(image).filter);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/mark-held-${language}.png`, fullPage: true });
  await page.mouse.up();
  told.found.veils = await page.$$eval(".veil", (veils) => veils.length);
  told.found.first = await check();
  // The other language keeps it.
  await press("a.lang", "Shift+Tab");
  await page.waitForFunction((was) => document.documentElement.lang !== was, language);
  told.found.otherLanguage = { said: await said(), edges: await edges() };
  await page.keyboard.press("Enter");
  await page.waitForFunction((is) => document.documentElement.lang === is, language);
  // A tap moves the nearest corner, and what was made of the part before is let go.
  const frame = await page.$(".mark-frame svg");
  const { width, height } = await frame.boundingBox();
  await frame.click({ position: { x: width * 0.4, y: height * 0.3 } });
  told.found.tapped = { edges: await edges(), said: await said() };
  told.found.letGo = (await check()).exact.items[0].parts.every((part) => part.inner === null);
  await press('[data-act="mark-use"]');
  await ready();
  told.found.second = await check();
  await press('[data-act="mark-drop"]');
  told.found.dropped = { focus: await page.evaluate(() => document.activeElement.dataset.act), said: await said() };
  told.found.third = await check();
  // A picture of which nothing can be made by itself is one again with its part.
  await press('.file [data-act="drop"]');
  await choseFiles(flat);
  await page.waitForSelector(".file-top ~ .file-state.bad");
  await press('[data-act="mark"]');
  await press('[data-act="mark-use"]');
  await page.waitForFunction(() => /weinig|too little/.test(document.querySelector(".mark .file-state").textContent));
  told.found.poor = await said();
  await page.evaluate((wanted) => {
    for (const input of document.querySelectorAll("input[data-edge]")) {
      input.value = wanted[input.dataset.edge];
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, { left: 0, right: 25, top: 0, bottom: 25 });
  await press('[data-act="mark-use"]');
  await ready();
  told.found.flat = await page.textContent(".file-top ~ .file-state");
  told.found.flatSent = (await check()).exact.items[0].parts;
} catch (error) {
  told.trouble.push(`${error.stack}`);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/trouble.png`, fullPage: true }).catch(() => undefined);
}
await context.close();
console.log(JSON.stringify(told));
