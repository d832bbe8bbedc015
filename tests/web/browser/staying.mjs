// A page that ends by itself says so before, and is stayed on by keyboard: the clock of the page is put forward.
// Arguments: node modules, axe-core, the address, a language, eight words, a folder for pictures or nothing. Says one line of JSON.
import { launch } from "./chromium.mjs";
import { walking } from "./keyboard.mjs";

const [modules, axe, base, language, words, shots = ""] = process.argv.slice(2);
const prefix = language === "nl" ? "" : "/en";
const told = { axe: [], trouble: [], titles: {}, found: {} };
const browser = await launch(modules);
const page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, locale: `${language}-NL`, timezoneId: "Europe/Amsterdam" })).newPage();
page.setDefaultTimeout(20_000);
page.on("pageerror", (error) => told.trouble.push(String(error)));
const asked = [];
page.on("request", (request) => request.method() === "POST" && asked.push(new URL(request.url()).pathname));
const { look, tabTo } = walking(page, told, axe);

const said = () => page.evaluate(() => {
  const box = document.getElementById("staying");
  return { text: box.innerText.trim(), role: box.querySelector("p").getAttribute("role"), button: !box.querySelector("button").hidden };
});
const minutes = async (text) => {
  await page.clock.fastForward(text);
  await page.clock.runFor(5_000);
};

await page.clock.install();
await page.goto(`${base}${prefix}/c`);
await page.fill("#words", words);
await page.click("form .actions .button");
await page.waitForURL(`**${prefix}/p`);
told.found.first = await said();
await page.fill("#text", "Half een bericht");
await minutes("12:50");
told.found.early = await said();
await minutes("00:10");
told.found.warned = await said();
await look("warned");
if (shots !== "") await page.screenshot({ path: `${shots}/staying-${language}.png` });
await page.focus("#text");
await tabTo("#staying button", "Shift+Tab");
await page.keyboard.press("Enter");
await page.waitForFunction(() => document.querySelector("#staying button").hidden);
told.found.stayed = await said();
told.found.typed = await page.inputValue("#text");
told.found.focus = await page.evaluate(() => document.activeElement.tagName);
await look("stayed");
await minutes("13:00");
told.found.again = await said();
await minutes("02:00");
told.found.closed = await said();
told.found.asked = asked.filter((path) => path.endsWith("/stay"));
// What can be added to is a page like that too.
await page.goto(`${base}${prefix}/p/add`);
await minutes("13:00");
told.found.adding = await said();
await browser.close();
process.stdout.write(`${JSON.stringify(told)}\n`);
