// The whole way in a real browser: reported on a phone, confirmed at the desk with two factors, taken back by the person.
// Says a line of JSON for each thing that was done, and waits for a line on its input before the next.
import { createHmac } from "node:crypto";
import { createInterface } from "node:readline";
import { launch } from "./chromium.mjs";

const [modules, base, photo, password] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const done = async (what, more = {}) => {
  console.log(JSON.stringify({ what, ...more }));
  await lines.next();
};

function totp(secret, counter = Math.floor(Date.now() / 30_000)) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/=+$/, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac("sha1", key).update(message).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const browser = await launch(modules);
const trouble = [];
const watched = (page) => {
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  return page;
};

// The person, on a phone.
const person = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "nl-NL" });
const phone = watched(await person.newPage());
const sent = [];
phone.on("request", (request) => sent.push({ url: request.url(), bytes: request.postDataBuffer()?.length ?? 0 }));
await phone.goto(`${base}/`);
await phone.click("text=Begin");
for (const id of ["age-yes", "source-yes", "others-nobody", "have-picture"]) {
  await phone.check(`#${id}`);
  await phone.click("#next");
}
await phone.setInputFiles("#chosen", photo);
await phone.waitForSelector(".file-state.ok", { timeout: 60_000 });
await phone.click("#next");
await phone.fill("#places", "https://forum.example/draad/12");
await phone.click("#next");
await phone.check("#consent-bank");
await phone.click("#next");
await phone.check("#reach-no");
await phone.click("#next");
await phone.click("#next");
await phone.waitForSelector("#words-list li", { timeout: 20_000 });
const words = await phone.$$eval("#words-list li", (items) => items.map((item) => item.lastChild.textContent));
await done("reported", { words, sent });

// The case worker, at the desk: the first thing is a second factor.
const desk = watched(await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nl-NL" })).newPage());
await desk.goto(`${base}/desk/`);
await desk.click("summary");
await desk.fill("#id_login", "noor");
await desk.fill("#id_password", password);
await desk.click("details button");
await desk.waitForURL("**/desk/factors/");
await desk.click('a[href$="/totp/activate/"]');
if (desk.url().includes("/again/")) {
  await desk.fill("#id_password", password);
  await desk.click("main form button");
}
const secret = await desk.inputValue("#authenticator_secret");
await desk.fill("#id_code", totp(secret));
await desk.click("main .card form button");
await desk.goto(`${base}/desk/`);
await desk.screenshot({ path: `${process.env.SHOTS}/desk-queue.png` });
await desk.click('tbody form[action$="/take/"] button');
await desk.waitForSelector('form[action$="/confirm/"]');
await desk.screenshot({ path: `${process.env.SHOTS}/desk-case.png`, fullPage: true });
await desk.check("#spoken");
await desk.click('form[action$="/confirm/"] button');
await desk.waitForSelector('h1 .pill:has-text("Op de lijst")');
await done("confirmed");

// The person again: with the eight words, and then all of it back.
await phone.goto(`${base}/c`);
await phone.fill("#words", words.join(" "));
await phone.click("main form button");
await phone.waitForURL("**/p");
await phone.screenshot({ path: `${process.env.SHOTS}/own-page.png`, fullPage: true });
await phone.click('details:has(form[action$="/p/back"]) summary');
await phone.click('form[action$="/p/back"] button');
await phone.waitForSelector('form[action$="/p/undo"]');
await done("withdrawn");
await phone.click('form[action$="/p/undo"] button');
await phone.waitForSelector('form[action$="/p/back"]', { state: "attached" });
await done("restored");
await browser.close();
await done("ended", { trouble });
process.exit(0);
