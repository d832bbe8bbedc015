// The pages of the person in a real browser, at the width of a phone and by keyboard alone. Sending is answered here.
// Arguments: node modules, axe-core, the address, a language, a folder for the browser's profile, and files. Says one line of JSON at the end.
import { readFileSync } from "node:fs";
import { launch, launchIn } from "./chromium.mjs";
import { walking } from "./keyboard.mjs";

const [modules, axe, base, language, profile, photo, flat, text, video] = process.argv.slice(2);
const PREFIX = language === "nl" ? "" : "/en";
const CODE = ["molen", "kastanje", "zilver", "brug", "wandel", "oktober", "kapstok", "veer"];
const KEPT_MS = 2_000; // until Chromium has written down what is in the fields of a page
const typedBeforeExit = { places: "https://uitgang.example/1", story: "Vlak voor de uitgang.", mail: "uitgang@example.org" };
const leftIn = {
  "s/": { places: "https://openstaand.example/2", story: "Dit staat nog open.", mail: "open@example.org" },
  "s/link": { places: "https://alleenlink.example/3", story: "Dit staat er ook nog." },
  c: { words: "molen kastanje zilver brug wandel oktober kapstok" },
  // A page of somebody else, whose field may be kept: it shows that what is kept can be found.
  "https://elsewhere.example/": { any: "kept-of-another-page" },
};
const told = { requests: [], sent: [], keys: [], axe: [], trouble: [], titles: {}, errors: {}, found: {} };

const context = await launchIn(profile, modules, { locale: `${language}-NL`, acceptDownloads: true });
await context.grantPermissions(["clipboard-write"], { origin: base });
const page = await context.newPage();
page.setDefaultTimeout(20_000);
context.on("request", (request) => told.requests.push({ method: request.method(), url: request.url(), body: request.postDataBuffer()?.toString("latin1") ?? "" }));
page.on("pageerror", (error) => told.trouble.push(String(error)));
page.on("console", (message) => message.type() === "error" && !message.text().includes("Failed to load resource") && told.trouble.push(message.text()));
const weather = "https://www.knmi.nl/nederland-nu/weer/verwachtingen";
await context.route(weather, (route) => route.fulfill({ contentType: "text/html", body: "<title>Weer</title>" }));
await context.route("https://elsewhere.example/", (route) => route.fulfill({ contentType: "text/html", body: '<form><input id="any" name="any"></form>' }));
const answers = [];
await page.route("**/s/send", async (route) => {
  told.sent.push(route.request().postData());
  told.keys.push(route.request().headers()["idempotency-key"]);
  const answer = answers.shift();
  await (answer === "lost" ? route.abort() : route.fulfill({ status: answer.status, contentType: "application/json", body: JSON.stringify(answer.body ?? {}) }));
});

const { look, tabTo, choose, tick, goOn, type, step, choseFiles } = walking(page, told, axe);

/** Goes on too early: what is missing is said at the top, with the focus, and at the field. */
async function tooEarly(where) {
  await goOn();
  await page.waitForSelector("#errors:not([hidden])");
  const errors = await page.$$eval("#errors-list a", (links) => links.map((link) => link.textContent));
  const focus = await page.evaluate(() => document.activeElement.id);
  const field = await page.$$eval(".error-text", (texts) => texts.map((text) => text.textContent));
  told.errors[where] = { errors, focus, field, title: await page.title() };
  await look(`${where}, too early`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
}

// The picture itself

async function picturePath() {
  await page.goto(`${base}${PREFIX}/`);
  await tabTo('main a.button[href$="/s/"]');
  await page.keyboard.press("Enter");
  await step("age");
  await look("age");
  await tooEarly("age");
  await choose("age-yes");
  await goOn();
  await step("source");
  await look("source");
  await tooEarly("source");
  await choose("source-no_such_picture");
  await goOn();
  await step("others");
  await look("others");
  await choose("others-nobody");
  await goOn();
  await step("have");
  told.found.sourceWithoutAge = await page.isVisible("#have-source_photo");
  await look("have");
  await tooEarly("have");
  await choose("have-picture");
  await goOn();
  await step("files");
  await tooEarly("files");
  await choseFiles(photo, flat, text, video);
  await page.waitForFunction(() => document.querySelectorAll(".file-state.ok").length === 2 && document.querySelectorAll(".file-state.bad").length === 2);
  told.found.rows = await page.$$eval(".file", (rows) => rows.map((row) => `${row.querySelector("b").textContent}: ${row.querySelector(".file-state").textContent}`));
  await look("files");
  // Seen only while it is held; by key for three seconds after two presses.
  await page.hover('.file [data-act="look"]');
  await page.mouse.down();
  await page.waitForSelector(".veil img");
  told.found.veil = await page.$eval(".veil img", (image) => getComputedStyle(image).filter);
  await page.mouse.up();
  told.found.veilAfter = await page.$$eval(".veil", (veils) => veils.length);
  await page.waitForTimeout(2_100);
  await page.focus('.file [data-act="look"]');
  await page.keyboard.press("Enter");
  told.found.veilOnce = await page.$$eval(".veil", (veils) => veils.length);
  await page.keyboard.press("Enter");
  told.found.veilTwice = await page.$$eval(".veil", (veils) => veils.length);
  await page.keyboard.press("Escape");
  told.found.veilEscape = await page.$$eval(".veil", (veils) => veils.length);
  await goOn();
  await step("places");
  await type("places", "https://fotohoek.example/a/83120\nhttps://t.me/c/1482200731/4512\nforum.example draadje 99");
  await page.waitForFunction(() => document.querySelectorAll("#places-known li").length === 3 && /99/.test(document.getElementById("places-known").textContent));
  told.found.places = await page.$$eval("#places-known li", (items) => items.map((item) => [...item.children].map((child) => child.textContent).join(" / ")));
  told.found.placeLinks = await page.$$eval("#places-known a", (links) => links.length);
  await look("places");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // what more there is to tell
  await type("story", `${"QUJD".repeat(40)}`);
  await tooEarly("places");
  await page.fill("#story", "Het staat er sinds maandag.");
  told.found.entriesBefore = await page.evaluate(() => history.length);
  // The other language and back: nothing that was answered is lost.
  await tabTo("a.lang", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction((was) => document.documentElement.lang !== was, language);
  told.found.otherLanguage = {
    places: await page.inputValue("#places"),
    story: await page.inputValue("#story"),
    have: await page.isChecked("#have-picture"),
    heading: await page.textContent('section[data-step="places"] h1'),
    path: new URL(page.url()).pathname,
    entries: await page.evaluate(() => history.length),
  };
  await page.keyboard.press("Enter");
  await page.waitForFunction((is) => document.documentElement.lang === is, language);
  // Back is a button of ours, and what was filled in is still there.
  await tabTo("#back", "Shift+Tab");
  await page.keyboard.press("Enter");
  await step("files");
  told.found.rowsAfterBack = await page.$$eval(".file", (rows) => rows.length);
  await goOn();
  await step("places");
  told.found.placesAfterBack = await page.inputValue("#places");
  await goOn();
  await step("choices");
  told.found.tickedBeforehand = await page.$$eval("#form input[type=checkbox]:checked", (boxes) => boxes.length);
  await tick("consent-bank");
  await tick("consent-trace_of_fake");
  told.found.partners = await page.$$eval("#partner-list label", (labels) => labels.map((label) => label.innerText));
  await tick("consent-partner-VONK");
  await tick("consent-partners_like-chat");
  await tick("consent-notices");
  await look("choices");
  await tabTo("a.lang", "Shift+Tab");
  for (const wanted of [language === "nl" ? "en" : "nl", language]) {
    await page.keyboard.press("Enter");
    await page.waitForFunction((is) => document.documentElement.lang === is, wanted);
    told.found[`ticked in ${wanted}`] = await page.$$eval("input[name=consent]:checked", (boxes) => boxes.length);
  }
  await goOn();
  await step("reach");
  await tooEarly("reach");
  await choose("reach-mail");
  await type("mail", "noor");
  await goOn();
  told.errors.mail = await page.$$eval("#errors-list a", (links) => links.map((link) => link.textContent));
  await page.fill("#mail", "noor@example.org");
  await tick("purpose-recovery");
  await look("reach");
  await goOn();
  await step("check");
  told.found.summary = await page.innerText("#summary");
  told.found.exact = JSON.parse(await page.textContent("#exact"));
  await look("check");
  // To change one thing leads back here.
  await tabTo('[data-act="change"][data-step="choices"]');
  await page.keyboard.press("Enter");
  await step("choices");
  await goOn();
  await step("check");
  answers.push("lost", { status: 503 }, { status: 429 });
  for (const trouble of ["lost", "503", "429"]) {
    await page.evaluate(() => document.getElementById("errors-list").replaceChildren());
    await goOn();
    await page.waitForFunction(() => document.activeElement.id === "errors" && document.querySelector("#errors-list a") !== null);
    told.errors[trouble] = await page.$$eval("#errors-list a", (links) => links.map((link) => link.textContent));
  }
  answers.push({ status: 422, body: { problems: [{ at: "contact.email", sentence: { nl: "Zo niet.", en: "Not so." } }] } });
  await goOn();
  await page.waitForFunction(() => /Zo niet|Not so/.test(document.getElementById("errors-list").textContent));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await step("reach");
  told.errors.refused = { focus: await page.evaluate(() => document.activeElement.id), field: await page.textContent(".error-text") };
  await goOn();
  await step("check");
  answers.push({ status: 201, body: { code: CODE, received_at: "2026-05-02T10:00:00Z" } });
  await goOn();
  await step("words");
  await look("words");
  told.found.words = await page.$$eval("#words-list li", (items) => items.map((item) => item.lastChild.textContent));
  await page.emulateMedia({ media: "print" });
  told.found.printed = (await page.innerText("body")).split(/\s+/).filter((word) => word !== "");
  await page.emulateMedia({ media: null });
  const download = page.waitForEvent("download");
  await tabTo("#words-save");
  await page.keyboard.press("Enter");
  const saved = await download;
  told.found.savedAs = saved.suggestedFilename();
  told.found.saved = readFileSync(await saved.path(), "utf8");
  told.found.left = await page.evaluate(() => ({ mail: document.getElementById("mail").value, places: document.getElementById("places").value, exact: document.getElementById("exact").textContent }));
}

// Only the ordinary photo

async function sourcePath() {
  await page.goto(`${base}${PREFIX}/s/`);
  for (const id of ["age-yes", "source-yes", "others-nobody", "have-source_photo"]) {
    await choose(id);
    await goOn();
  }
  await step("files");
  await choseFiles(photo);
  await page.waitForSelector(".file-state.ok");
  const before = await page.evaluate(() => document.querySelector(".outline svg").getAttribute("viewBox"));
  await page.focus("[data-cell='8']");
  await page.keyboard.press("Space");
  await page.waitForSelector(".file-state.ok, .file-state.bad");
  told.found.outline = {
    viewBox: before,
    cell: await page.textContent("[data-cell='8'] + label"),
    focus: await page.evaluate(() => document.activeElement.dataset.cell),
    said: await page.textContent(".key li:last-child"),
    pictures: await page.$$eval("main img, main canvas, main video", (all) => all.length),
  };
  await look("source photo");
  // All of it left out is too little; one square back, and it goes on.
  for (let cell = 0; cell < 12; cell++) if (cell !== 8) await page.check(`[data-cell='${cell}']`, { force: true });
  await page.waitForSelector(".file-state.bad");
  told.found.nothingLeft = await page.textContent(".file-state");
  for (let cell = 0; cell < 12; cell++) if (cell !== 8) await page.uncheck(`[data-cell='${cell}']`, { force: true });
  await page.waitForSelector(".file-state.ok");
  await goOn();
  await step("places");
  await tabTo('[data-act="skip"]');
  await page.keyboard.press("Enter");
  await step("choices");
  await goOn();
  await choose("reach-no");
  await goOn();
  await step("check");
  answers.push({ status: 201, body: { code: CODE, received_at: "2026-05-02T10:00:00Z" } });
  await goOn();
  await step("words");
}

// For somebody else, who turns out to be under 18

async function underAge() {
  await page.goto(`${base}${PREFIX}/s/`);
  await choose("age-helper");
  await goOn();
  await step("helper");
  await look("helper");
  await tooEarly("helper");
  await choose("authority-asked");
  await goOn();
  await step("age");
  told.found.askedAnew = { heading: await page.textContent('section[data-step="age"] h1'), chosen: await page.$$eval("input[name=age]:checked", (all) => all.length), helper: await page.isVisible("#age-helper") };
  await choose("age-yes");
  await goOn();
  await choose("source-yes");
  await goOn();
  await choose("others-nobody");
  await goOn();
  await choose("have-picture");
  await goOn();
  await choseFiles(photo);
  await page.waitForSelector(".file-state.ok");
  await goOn();
  await type("places", "https://fotohoek.example/a/83120");
  for (const name of ["files", "have", "others"]) {
    await tabTo("#back", "Shift+Tab");
    await page.keyboard.press("Enter");
    await step(name);
  }
  await choose("others-unknown");
  await goOn();
  await step("young");
  await look("young");
  told.found.forgotten = await page.evaluate(() => ({
    text: [...document.querySelectorAll("#form textarea, #form input:not([type=hidden]):not([type=radio]):not([type=checkbox])")].map((field) => field.value).join(""),
    checked: document.querySelectorAll("#form input:checked").length,
    rows: document.querySelectorAll(".file").length,
    places: document.getElementById("places-known").textContent,
    back: document.getElementById("back").hidden,
  }));
}

// The way out

async function wayOut() {
  const tab = await context.newPage();
  await tab.goto(`${base}${PREFIX}/`);
  await tab.click('main a.button[href$="/s/"]');
  await tab.check("#age-yes");
  await tab.click("#next");
  await tab.check("#source-yes");
  await tab.click("#next");
  await typeIn(tab, typedBeforeExit);
  const before = await tab.evaluate(() => history.length);
  const out = tab.waitForRequest((request) => new URL(request.url()).pathname.endsWith("/out"));
  await tab.keyboard.press("Shift");
  told.found.shiftOnce = await tab.textContent("#exit-said");
  await tab.keyboard.press("Shift");
  told.found.shiftTwice = await tab.textContent("#exit-said");
  await tab.keyboard.press("Shift");
  await tab.waitForURL(weather);
  const storage = await context.storageState();
  told.found.out = { method: (await out).method(), entries: (await tab.evaluate(() => history.length)) - before, title: await tab.title(), storage: storage.origins };
  await tab.goBack();
  told.found.backAfterExit = { path: new URL(tab.url()).pathname.replace("/en", ""), title: await tab.title() };
}

// The browser is closed with fields filled in: what it keeps of them is looked for in its profile.

async function leftOpen() {
  for (const [address, fields] of Object.entries(leftIn)) {
    const tab = await context.newPage();
    await tab.goto(new URL(address, `${base}${PREFIX}/`).href);
    await typeIn(tab, fields);
    await tab.waitForTimeout(KEPT_MS);
  }
}

async function typeIn(tab, fields) {
  await tab.evaluate(() => document.querySelectorAll("#form section, #form [hidden]").forEach((each) => (each.hidden = false)));
  await tab.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  for (const [id, words] of Object.entries(fields)) await tab.fill(`#${id}`, words);
}

// Pages that only tell something

async function information() {
  for (const path of ["/", "/hide", "/keep", "/young", "/helping", "/s/link", "/c", "/c/new"]) {
    await page.goto(`${base}${PREFIX}${path}`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
    await look(path);
  }
  await page.goto(`${base}${PREFIX}/s/link`);
  await tabTo("#send");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".errors");
  await look("/s/link, too early");
  await page.goto(`${base}${PREFIX}/c/new`);
  await tabTo("form .button");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".errors");
  await look("/c/new, too early");
  await page.fill("#mail", "noor@example.nl");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`main a.button[href="${PREFIX}/c"]`);
  await look("/c/new, asked");
  const plain = await launch(modules);
  const still = await plain.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const quiet = await still.newPage();
  await quiet.goto(`${base}${PREFIX}/hide`);
  told.found.cookiesOfInformation = (await still.cookies()).length;
  await quiet.goto(`${base}${PREFIX}/s/`);
  told.found.withoutScript = { link: await quiet.isVisible(`a[href="${PREFIX}/s/link"]`), heading: await quiet.locator("h1:visible").allTextContents(), exit: await quiet.getAttribute("#exit", "href") };
  // The narrowest phone, and text as far apart as WCAG 1.4.12 has it: nothing runs off the side.
  const narrow = await plain.newPage({ viewport: { width: 320, height: 640 } });
  for (const path of ["/", "/hide", "/keep", "/young", "/helping", "/s/link", "/s/", "/c", "/c/new"]) {
    await narrow.goto(`${base}${PREFIX}${path}`);
    const over = await narrow.evaluate(() => {
      const spaced = new CSSStyleSheet();
      spaced.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
      document.adoptedStyleSheets = [spaced];
      return document.documentElement.scrollWidth - innerWidth;
    });
    if (over > 0) told.trouble.push(`${path} is ${over} pixels too wide for 320`);
  }
  const old = await plain.newPage({ viewport: { width: 360, height: 740 } });
  await old.route("**/report.js", (route) => route.fulfill({ contentType: "text/javascript", body: "this is no script" }));
  await old.goto(`${base}${PREFIX}/s/`);
  told.found.oldAtFirst = await old.isVisible("#late");
  await old.waitForSelector("#late a", { state: "visible" });
  told.found.oldLater = await old.getAttribute("#late a", "href");
  await plain.close();
}

try {
  await information();
  await picturePath();
  await sourcePath();
  await underAge();
  await wayOut();
  await leftOpen();
} catch (error) {
  told.trouble.push(`${error.stack}`);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/trouble.png` }).catch(() => undefined);
}
await context.close();
console.log(JSON.stringify(told));
