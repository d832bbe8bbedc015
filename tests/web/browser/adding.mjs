// Something is added to a report, from the own page: at the width of a phone and by keyboard alone.
// Arguments: node modules, axe-core, the address, a language, a folder for the browser's profile, eight words, a PIN, two photos. Says one line of JSON.
import { launchIn } from "./chromium.mjs";
import { walking } from "./keyboard.mjs";

const [modules, axe, base, language, profile, words, pin, photo, other] = process.argv.slice(2);
const NEXT_PIN = "081523";
const PREFIX = language === "nl" ? "" : "/en";
const told = { requests: [], axe: [], trouble: [], titles: {}, found: { base } };
const context = await launchIn(profile, modules, { locale: `${language}-NL` });
const page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(20_000);
context.on("request", (request) => told.requests.push({ url: request.url(), body: request.postDataBuffer()?.toString("latin1") ?? "" }));
page.on("pageerror", (error) => told.trouble.push(String(error)));
page.on("console", (message) => message.type() === "error" && !message.text().includes("Failed to load resource") && told.trouble.push(message.text()));
const weather = "https://www.knmi.nl/nederland-nu/weer/verwachtingen";
await context.route(weather, (route) => route.fulfill({ contentType: "text/html", body: "<title>Weer</title>" }));
const { look, choose, tick, press, goOn, type, step, choseFiles } = walking(page, told, axe);

async function open() {
  await page.goto(`${base}${PREFIX}/c`);
  await type("words", words);
  await type("pin", pin);
  await press("form .actions .button");
  await page.waitForURL(`**${PREFIX}/p`);
}

async function toFiles() {
  await press('a[href$="/p/add"]');
  await step("age");
  for (const id of ["age-yes", "source-no_such_picture", "others-nobody", "have-picture"]) {
    await look(`add: ${id}`);
    await choose(id);
    await goOn();
  }
  await step("files");
}

const state = () => page.evaluate(() => ({ heading: document.querySelector("section:not([hidden]) h1").textContent.trim(), rows: document.querySelectorAll(".file").length, checked: document.querySelectorAll("#form input:checked").length, focus: document.activeElement.tagName }));

try {
  await open();
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  await look("own page");
  await page.goto(`${base}${PREFIX}/p`);
  // The PIN: what is wrong is said with the field, and the right one is kept.
  await press('a[href$="/p/pin"]');
  await page.waitForURL(`**${PREFIX}/p/pin`);
  await look("pin");
  await type("old", "1234");
  await type("new", "0815");
  await press("form .actions .button");
  await page.waitForSelector(".errors");
  await look("pin, a wrong one");
  told.found.pin = { error: await page.textContent(".errors a"), kept: await page.inputValue("#new") };
  await type("old", pin);
  await type("new", NEXT_PIN);
  await press("form .actions .button");
  await page.waitForURL(`**${PREFIX}/p`);
  // Somebody may be under 18: nothing is read, and nothing is sent.
  await press('a[href$="/p/add"]');
  await step("age");
  await choose("age-unknown");
  const before = told.requests.length;
  await goOn();
  await step("young");
  await look("add: young");
  told.found.young = { ...(await state()), said: await page.innerText('section[data-step="young"]'), requests: told.requests.length - before };
  await press("#own-page", "Shift+Tab");
  await page.waitForURL(`**${PREFIX}/p`);
  // A photo and a place.
  await toFiles();
  await choseFiles(photo);
  await page.waitForSelector(".file-state.ok");
  told.found.rows = await page.$$eval(".file b", (names) => names.map((name) => name.textContent));
  await look("add: files");
  await goOn();
  await step("places");
  await type("places", "https://fotohoek.example/a/83120");
  await look("add: places");
  await goOn();
  await step("choices");
  told.found.tickedBeforehand = await page.$$eval("#form input[type=checkbox]:checked", (boxes) => boxes.length);
  await tick("consent-bank");
  await look("add: choices");
  await goOn();
  await step("check");
  told.found.exact = JSON.parse(await page.textContent("#exact"));
  told.found.summary = await page.innerText("#summary");
  await look("add: check");
  // The page was closed meanwhile; nothing of what was told is lost.
  const cookies = await context.cookies();
  await context.clearCookies({ name: "haalweg" });
  await goOn();
  await page.waitForFunction(() => document.activeElement.id === "errors" && document.querySelector("#errors-list a") !== null);
  told.found.closed = await page.textContent("#errors-list a");
  await context.addCookies(cookies);
  // The answer is lost once, and it is sent again.
  await page.route("**/p/add/send", async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await page.evaluate(() => document.getElementById("errors-list").replaceChildren());
  await goOn();
  await page.waitForFunction(() => document.activeElement.id === "errors" && document.querySelector("#errors-list a") !== null);
  await goOn();
  await step("added");
  await look("add: added");
  told.found.added = { ...(await state()), exact: await page.textContent("#exact"), places: await page.inputValue("#places"), isAsSent: await page.isHidden("#added-before") };
  await press('section[data-step="added"] .button');
  await page.waitForURL(`**${PREFIX}/p`);
  told.found.ownPage = await page.innerText("main");
  // Two tabs: what is begun in the other one goes on with the next number too.
  await toFiles();
  await choseFiles(other);
  await page.waitForSelector(".file-state.ok");
  told.found.nextRows = await page.$$eval(".file b", (names) => names.map((name) => name.textContent));
  // The way out from the midst of it: going back shows nothing of it.
  const entries = await page.evaluate(() => history.length);
  const out = page.waitForRequest((request) => new URL(request.url()).pathname.endsWith("/out"));
  for (let times = 0; times < 3; times++) await page.keyboard.press("Shift");
  await page.waitForURL(weather);
  await out;
  told.found.entries = (await page.evaluate(() => history.length)) - entries;
  await page.goBack();
  await page.waitForLoadState();
  told.found.back = { path: new URL(page.url()).pathname, text: await page.innerText("body") };
} catch (error) {
  told.trouble.push(`${error.stack}`);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/trouble.png` }).catch(() => undefined);
}
await context.close();
console.log(JSON.stringify(told));
