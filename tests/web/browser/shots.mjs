// Pictures of every page of the person, for who wants to look: phone and desk, light and dark.
// Arguments: node modules, the address, a language, a photo, a folder, eight words of four reports as JSON.
import { launch } from "./chromium.mjs";

const [modules, base, language, photo, folder, codes] = process.argv.slice(2);
const prefix = language === "nl" ? "" : "/en";
const reported = JSON.parse(codes);
const CODE = ["molen", "kastanje", "zilver", "brug", "wandel", "oktober", "kapstok", "veer"];
const browser = await launch(modules);

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await (await browser.newContext({ viewport: { width, height: 800 }, colorScheme })).newPage();
    await page.route("**/s/send", (route) => route.fulfill({ status: 201, contentType: "application/json", body: JSON.stringify({ code: CODE }) }));
    let count = 0;
    const shot = async (name) => {
      await page.waitForTimeout(150);
      await page.screenshot({ path: `${folder}/${language}-${width}-${colorScheme}-${String(++count).padStart(2, "0")}-${name}.png`, fullPage: true });
    };
    const next = () => page.click("#next");
    for (const [name, path] of [["start", "/"], ["hide", "/hide"], ["keep", "/keep"], ["exists", "/keep/all"], ["young", "/young"], ["helping", "/helping"], ["link", "/s/link"]]) {
      await page.goto(`${base}${prefix}${path}`);
      await shot(name);
    }
    await page.goto(`${base}${prefix}/s/`);
    await next();
    await shot("age-too-early");
    for (const [name, id] of [["age", "age-yes"], ["source", "source-yes"], ["others", "others-nobody"], ["have", "have-source_photo"]]) {
      await page.check(`#${id}`);
      await shot(name);
      await next();
    }
    await page.setInputFiles("#chosen", photo);
    await page.waitForSelector(".file-state.ok");
    await page.check("[data-cell='8']", { force: true });
    await page.waitForSelector(".file-state.ok");
    await shot("source-photo");
    await page.click("#back");
    await page.check("#have-picture");
    await next();
    await page.setInputFiles("#chosen", photo);
    await page.setInputFiles("#chosen", { name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
    await page.waitForSelector(".file-state.ok");
    await page.waitForSelector(".file-state.bad");
    await shot("files");
    await page.click("[data-act='mark']");
    await page.click("[data-act='mark-use']");
    await page.waitForSelector(".mark .file-state.ok");
    await shot("mark");
    await next();
    await page.fill("#places", "https://fotohoek.example/a/83120\nhttps://t.me/c/1482200731/4512\nforum.example draadje 99");
    await page.waitForSelector("#places-known li:nth-child(3)");
    await shot("places");
    await next();
    for (const id of ["bank", "notices"]) await page.check(`#consent-${id}`);
    await shot("choices");
    await next();
    await page.check("#reach-mail");
    await page.fill("#mail", "noor@example.org");
    await page.check("#purpose-recovery");
    await shot("reach");
    await next();
    await shot("check");
    await next();
    await page.waitForSelector("#words-list li");
    await shot("words");
    await page.goto(`${base}${prefix}/c/new`);
    await page.click("form .actions .button");
    await shot("lost");
    await page.fill("#mail", "noor@example.org");
    await page.click("form .actions .button");
    await page.waitForSelector(`main a.button[href="${prefix}/c"]`);
    await shot("lost-asked");
    await page.goto(`${base}${prefix}/c`);
    await page.fill("#words", reported.shift());
    await page.fill("#pin", "4711");
    await shot("code");
    await page.click("form .actions .button");
    await page.waitForURL(`**${prefix}/p`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
    await shot("own-page");
    await page.goto(`${base}${prefix}/p/pin`);
    await page.click("form .actions .button");
    await shot("pin");
    await page.goto(`${base}${prefix}/p`);
    await page.route("**/p/add/send", (route) => route.fulfill({ status: 201, contentType: "application/json", body: JSON.stringify({ as_sent: true }) }));
    await page.click(`a[href='${prefix}/p/add']`);
    for (const id of ["age-yes", "source-yes", "others-nobody", "have-only_link"]) {
      await page.check(`#${id}`);
      if (id === "age-yes") await shot("add-age");
      if (id === "have-only_link") await shot("add-have");
      await next();
    }
    await page.fill("#places", "https://fotohoek.example/a/83120");
    await next();
    await next();
    await shot("add-check");
    await next();
    await page.waitForSelector("section[data-step='added']:not([hidden])");
    await shot("added");
    await page.goto(`${base}${prefix}/p`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
    await page.click(`form[action='${prefix}/p/lock'] button`);
    await page.waitForSelector("h1");
    await shot("locked");
    await page.context().close();
  }
}
await browser.close();
