// A caller's case, from ring to confirmed: the desk's clicks are counted, and the caller is on a phone of her own.
// Arguments: node modules, the address, the cookie of who is at the desk, a photo. Says one line of JSON.
import { launch } from "./chromium.mjs";

const [modules, base, cookie, photo] = process.argv.slice(2);
const told = { clicks: 0, trouble: [], requests: [], words: [], address: "" };
const browser = await launch(modules);
const watched = (page) => {
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => told.trouble.push(error.message));
  page.on("console", (message) => message.type() === "error" && told.trouble.push(message.text()));
  return page;
};

// The case worker: every press counts, as does going into a field.
const staff = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nl-NL" });
await staff.addCookies([{ name: "haalweg", value: cookie, url: base }]);
const desk = watched(await staff.newPage());
const press = async (selector) => {
  told.clicks++;
  await desk.click(selector);
};
await desk.goto(`${base}/desk/`);
await press('nav a[href$="/call/"]');
for (const answer of ["whom-self", "age-yes", "source-no_such_picture", "others-nobody"]) await press(`label[for="${answer}"]`);
await press("#places");
await desk.keyboard.type("https://forum.example/draad/12");
for (const consent of ["bank", "notices"]) await press(`label[for="consent-${consent}"]`);
await press(".call .button");
const link = await desk.innerText("p.mono span");
told.words = link.split("#")[1].split("-");

// The caller, on a phone: with the link.
const person = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "nl-NL" });
const phone = watched(await person.newPage());
phone.on("request", (request) => told.requests.push(request.url()));
await phone.goto(link);
await phone.waitForFunction(() => document.querySelector("#words").value !== "");
told.address = phone.url();
await phone.click("main form .button");
await phone.waitForURL("**/a/more");
for (const id of ["age-yes", "source-no_such_picture", "others-nobody", "have-picture"]) {
  await phone.check(`#${id}`);
  await phone.click("#next");
}
await phone.setInputFiles("#chosen", photo);
await phone.waitForSelector(".file-state.ok", { timeout: 60_000 });
await phone.click("#next");
await phone.click("[data-act=skip]");
await phone.check("#consent-bank");
await phone.click("#next");
await phone.click("#next");
await phone.waitForSelector('section[data-step="added"]:not([hidden])');
if (process.env.SHOTS) await phone.screenshot({ path: `${process.env.SHOTS}/caller-added.png`, fullPage: true });

// The case worker again: what was added is there, and is put on the list.
await press("main .actions .button");
await press('form[action$="/confirm/"] button');
await desk.waitForSelector('h1 .pill:has-text("Op de lijst")');
await browser.close();
console.log(JSON.stringify(told));
