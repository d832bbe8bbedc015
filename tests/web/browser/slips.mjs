// What goes wrong on the path, or happens at an unlucky moment, in a real browser: one of the slips below, by its name.
// The hasher is the real one; what it does can be held back, and counted.
// Arguments: node modules, the address, which slip, three photos and a video without a name that says so. Says one line of JSON.
import { launch } from "./chromium.mjs";

const [modules, base, slip, photo, second, third, clip] = process.argv.slice(2);
const CODE = ["molen", "kastanje", "zilver", "brug", "wandel", "oktober", "kapstok", "veer"];
const HOLDING = `
export * from "./client.js?real";
import { HasherWorker as Real } from "./client.js?real";
export class HasherWorker extends Real {
  constructor() { super(); held.made++; }
  async hashFile(file, ...more) { await held.until("hashFile", file); return super.hashFile(file, ...more); }
  async hashVideo(file, asked) {
    await held.until("hashVideo", file, asked?.signal);
    return { ...(await super.hashVideo(file, asked)), ...held.video };
  }
  async traceFile(file, ...more) { await held.until("traceFile", file); return super.traceFile(file, ...more); }
}`;

const browser = await launch(modules);
const context = await browser.newContext({ viewport: { width: 360, height: 740 }, acceptDownloads: true });
const page = await context.newPage();
page.setDefaultTimeout(10_000);
const trouble = [];
page.on("pageerror", (error) => trouble.push(String(error)));
await page.addInitScript(() => {
  const gates = new Map();
  window.held = {
    made: 0,
    calls: [],
    video: {},
    hold: (name) => gates.set(name, Promise.withResolvers()),
    release(name) {
      gates.get(name).resolve();
      gates.delete(name);
    },
    async until(name, file, signal) {
      window.held.calls.push(`${name} ${file.name}`);
      await Promise.race([gates.get(name)?.promise, ...(signal ? [new Promise((stopped) => signal.addEventListener("abort", stopped))] : [])]);
    },
  };
});
await page.route("**/web_hasher/client.js", (route) => route.fulfill({ contentType: "text/javascript", body: HOLDING }));
const answers = [];
await page.route("**/s/send", (route) => {
  const { status = 201, body = { code: CODE, as_sent: true } } = answers.shift() ?? {};
  return route.fulfill({ status, contentType: "application/json", body: JSON.stringify(body) });
});

const next = () => page.click("#next");
const step = (name) => page.waitForSelector(`section[data-step="${name}"]:not([hidden])`);
const shown = () => page.$eval("section[data-step]:not([hidden])", (section) => section.dataset.step).catch(() => null);
const hold = (name) => page.evaluate((what) => window.held.hold(what), name);
const release = (name) => page.evaluate((what) => window.held.release(what), name);
const called = (what) => page.waitForFunction((wanted) => window.held.calls.includes(wanted), what);
const calls = () => page.evaluate(() => window.held.calls);
const ready = (count) => page.waitForFunction((many) => document.querySelectorAll(".file-state.ok").length === many, count);
const states = () => page.$$eval(".file-state", (all) => all.map((state) => state.textContent));
const focus = () => page.evaluate(() => document.activeElement.dataset.act ?? document.activeElement.id);
const choose = (...files) => page.setInputFiles("#chosen", files);

async function upTo(wanted, { have = "picture", files = [photo] } = {}) {
  await page.goto(`${base}/s/`);
  for (const id of ["age-yes", "source-yes", "others-nobody", `have-${have}`]) {
    await page.check(`#${id}`);
    await next();
  }
  await step(have === "only_link" ? "places" : "files");
  if (wanted === "files") return;
  await choose(...files);
  await ready(files.length);
  await next();
  await step("places");
  if (wanted === "places") return;
  await next();
  await step("choices");
  if (wanted === "choices") return;
  await next();
  await page.check("#reach-no");
  await next();
  await step("check");
}

/** The page of the other language, changed on its way, or held until it is let go. */
async function otherPage(change = (html) => html, go = Promise.resolve()) {
  await page.route("**/en/s/", async (route) => {
    const answer = await route.fetch();
    await go;
    await route.fulfill({ response: answer, body: change(await answer.text()) });
  });
}

const inEnglish = () => page.waitForFunction(() => document.documentElement.lang === "en");

const SLIPS = {
  async back_while_a_trace_is_made() {
    await upTo("choices");
    await page.check("#consent-trace_of_fake");
    await hold("traceFile");
    await next();
    await called("traceFile one.jpg");
    const said = await page.textContent("#next");
    await page.click("#back");
    const after = { step: await shown(), focus: await focus() };
    await page.click("a.lang");
    await page.waitForTimeout(300);
    const language = await page.evaluate(() => document.documentElement.lang);
    await release("traceFile");
    await step("reach");
    await page.click("#back");
    return { said, after, language, back: await shown() };
  },

  async stopping_while_it_is_sent() {
    let go;
    const answered = new Promise((resolve) => (go = resolve));
    await page.route("**/s/send", async (route) => {
      await answered;
      await route.fulfill({ status: 201, contentType: "application/json", body: JSON.stringify({ code: CODE }) }).catch(() => undefined);
    });
    await upTo("check");
    await next();
    await page.route(`${base}/`, (route) => route.fulfill({ status: 204 })); // the first page takes its time: this one stays
    await page.click("[data-act=stop]", { noWaitAfter: true });
    go();
    await page.waitForTimeout(500);
    return { step: await shown(), words: (await page.$$("#words-list li")).length, exact: await page.textContent("#exact") };
  },

  async a_file_that_is_late_and_one_more() {
    await upTo("files");
    await choose(photo);
    await ready(1);
    await hold("hashFile");
    await choose(second);
    await called("hashFile two.jpg");
    await next(); // it says that one is still being read
    await next();
    await next();
    await step("choices");
    await page.check("#consent-trace_of_fake");
    await next();
    await page.check("#reach-no");
    await next();
    await step("check");
    const items = async () => JSON.parse(await page.textContent("#exact")).items.map((item) => item.trace !== null);
    const first = await items();
    await page.focus('[data-act="change"][data-step="files"]');
    await release("hashFile");
    await page.waitForFunction(() => JSON.parse(document.getElementById("exact").textContent).items.length === 2);
    const late = { items: await items(), focus: await page.evaluate(() => document.activeElement.dataset.step) };
    await page.click('[data-act="change"][data-step="files"]');
    await choose(third);
    await ready(3);
    await next();
    await step("check");
    return { first, late, more: await items() };
  },

  async another_tick_while_the_language_comes() {
    let go;
    await otherPage(undefined, new Promise((resolve) => (go = resolve)));
    await upTo("choices");
    await page.check("#consent-partner-VONK");
    await page.click("a.lang");
    await page.uncheck("#consent-partner-VONK");
    await page.check("#consent-partner-WEG");
    go();
    await inEnglish();
    return page.$$eval("input[name=consent]:checked", (all) => all.map((each) => each.value));
  },

  async the_language_where_partners_are_not_asked_for() {
    await upTo("choices");
    await page.check("#consent-partner-VONK");
    for (const name of ["places", "files", "have"]) {
      await page.click("#back");
      await step(name);
    }
    await page.check("#have-only_link");
    await next();
    await step("places");
    await page.click("a.lang");
    await inEnglish();
    return page.isChecked("#consent-partner-VONK");
  },

  async a_partner_that_went_while_the_language_came() {
    await otherPage((html) => html.replace(/(<script id="partners"[^>]*>)[^<]*/, "$1[]"));
    await upTo("choices");
    await page.check("#consent-partner-VONK");
    await page.click("a.lang");
    await inEnglish();
    return { step: await shown(), heading: await page.locator("h1:visible").allTextContents() };
  },

  async another_page_in_the_place_of_the_language() {
    await otherPage(() => "<html><body>Sign in to this hotel</body></html>");
    await upTo("places");
    await page.fill("#places", "forum.example draadje 99");
    await page.click("a.lang");
    await page.waitForSelector("#errors:not([hidden])");
    return { places: await page.inputValue("#places"), said: await page.textContent("#errors-list") };
  },

  async skipping_the_places() {
    await upTo("check");
    await page.click('[data-act="change"][data-step="places"]');
    const offered = [await page.isVisible("#skip-places")];
    await page.fill("#places", "forum.example draadje 99");
    offered.push(await page.isVisible("#skip-places"));
    await page.fill("#places", "");
    await page.click("#more summary");
    await page.fill("#story", "Het staat er sinds maandag.");
    offered.push(await page.isVisible("#skip-places"));
    await page.fill("#story", "");
    await page.click("#skip-places button");
    await step("check");
    await page.click("#back");
    return { offered, back: await shown() };
  },

  async what_is_wrong_is_folded_away() {
    await upTo("places");
    await page.click("#more summary");
    await page.fill("#story", "Het staat er sinds maandag.");
    await page.click("#more summary");
    await next();
    await next();
    await page.check("#reach-no");
    await next();
    await step("check");
    answers.push({ status: 422, body: { problems: [{ at: "story", sentence: { nl: "Zo niet.", en: "Not so." } }] } });
    await next();
    await page.click("#errors-list a");
    return { step: await shown(), focus: await focus(), seen: await page.isVisible("#story-error") };
  },

  async three_at_once() {
    await upTo("files");
    await hold("hashFile");
    await choose(photo, second, third);
    await called("hashFile one.jpg");
    const held = await states();
    await release("hashFile");
    await ready(3);
    return { held, calls: await calls() };
  },

  async a_video_is_stopped() {
    await upTo("files");
    await hold("hashVideo");
    await choose(photo, clip, second);
    await called("hashVideo clip.bin");
    const held = await states();
    await page.click('.file:nth-child(2) [data-act="drop"]');
    await ready(2);
    return { held, rows: await states(), calls: await calls(), made: await page.evaluate(() => window.held.made) };
  },

  async the_hasher_does_not_come_at_first() {
    await page.route("**/web_hasher/client.js", (route) => route.abort());
    await upTo("files");
    await choose(photo);
    await page.waitForSelector(".file-state.bad");
    const said = await states();
    await choose(second);
    await ready(1);
    return said;
  },

  async the_worker_does_not_start_at_first() {
    await page.route("**/web_hasher/worker.js", (route) => route.abort(), { times: 1 });
    await upTo("files");
    await choose(photo);
    await page.waitForSelector(".file-state.bad");
    const said = await states();
    await choose(second);
    await ready(1);
    return said;
  },

  async a_square_is_tapped_and_the_page_left_before_the_trace_is_there() {
    await upTo("files", { have: "source_photo" });
    await choose(photo);
    await ready(1);
    await hold("traceFile");
    await page.check("[data-cell='8']", { force: true });
    await page.click("#back");
    await page.check("#have-source_photo");
    await next();
    await step("files");
    const faces = () => page.$$eval(".outline rect", (all) => all.length);
    const before = await faces();
    await release("traceFile");
    await ready(1);
    return { before, after: await faces(), said: await states() };
  },

  async a_long_video() {
    await upTo("files");
    await page.evaluate(() => Object.assign(window.held.video, { cut_short: true }));
    await choose(clip);
    await ready(1);
    const said = [await page.textContent(".more"), await page.textContent("#files-said")];
    await page.click("a.lang");
    await inEnglish();
    return [...said, await page.textContent(".more")];
  },

  async the_row_becomes_that_of_a_video() {
    await upTo("files");
    await hold("hashFile");
    await hold("hashVideo");
    await choose(clip);
    await called("hashFile clip.bin");
    await page.focus('[data-act="drop"]');
    await release("hashFile");
    await called("hashVideo clip.bin");
    const kept = await focus();
    await release("hashVideo");
    await ready(1);
    await page.hover('[data-act="look"]');
    await page.mouse.down();
    return { name: await page.textContent(".file b"), focus: kept, veil: await page.$eval(".veil", (veil) => veil.firstElementChild.localName) };
  },

  async one_press_on_each_of_two_rows() {
    await upTo("files");
    await choose(photo, second);
    await ready(2);
    const seen = () => page.$$eval(".veil", (veils) => veils.length);
    const press = async (row) => {
      await page.focus(`.file:nth-child(${row}) [data-act="look"]`);
      await page.keyboard.press("Enter");
    };
    await press(1);
    await press(2);
    const each = await seen();
    await press(2);
    return { each, both: await seen() };
  },

  async sent_a_second_time_with_more_in_it() {
    const notes = [];
    for (const as_sent of [true, false]) {
      await upTo("check");
      answers.push({ body: { code: CODE, as_sent } });
      await next();
      await step("words");
      notes.push(await page.isVisible("#words-before"));
    }
    const note = await page.textContent("#words-before p");
    await page.click("a.lang");
    await inEnglish();
    return { notes, note, inEnglish: await page.isVisible("#words-before"), words: (await page.$$("#words-list li")).length };
  },

  async the_words_are_saved() {
    await page.addInitScript(() => {
      window.seen = { isOnPage: null, revoked: 0 };
      const { click } = HTMLAnchorElement.prototype;
      HTMLAnchorElement.prototype.click = function () {
        window.seen.isOnPage = this.isConnected;
        click.call(this);
      };
      const revoke = URL.revokeObjectURL;
      URL.revokeObjectURL = (address) => {
        window.seen.revoked++;
        revoke.call(URL, address);
      };
    });
    await upTo("check");
    await next();
    await step("words");
    const download = page.waitForEvent("download");
    await page.click("#words-save");
    await download;
    return { ...(await page.evaluate(() => window.seen)), left: await page.$$eval("a[download]", (all) => all.length) };
  },

  async a_browser_that_saves_nothing() {
    await page.addInitScript(() => delete HTMLAnchorElement.prototype.download);
    await upTo("check");
    await next();
    await step("words");
    return { save: await page.isVisible("#words-save"), file: await page.isVisible("#words-file"), copy: await page.isVisible("#words-copy") };
  },

  async shift_and_shift_again() {
    await page.goto(`${base}/`);
    await page.keyboard.press("Shift");
    await page.waitForTimeout(1_500);
    await page.keyboard.press("Shift");
    await page.waitForTimeout(800);
    const later = await page.textContent("#exit-said");
    await page.waitForTimeout(1_500);
    return { later, atTheEnd: await page.textContent("#exit-said") };
  },
};

let found = null;
try {
  found = (await SLIPS[slip]()) ?? null;
} catch (error) {
  trouble.push(`${error.stack}`);
}
await browser.close();
console.log(JSON.stringify({ found, trouble }));
