// Pictures of the pages of the desk, for who wants to look: narrow and wide, light and dark.
// Arguments: node modules, the address, a language, a folder, and as JSON which page as whom, with their cookies.
import { launch } from "./chromium.mjs";

const [modules, base, language, folder, told] = process.argv.slice(2);
const { shots, cookies } = JSON.parse(told);
const prefix = language === "nl" ? "" : "/en";
const browser = await launch(modules);

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, who, path] of shots) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      await context.addCookies([{ name: "haalweg", value: cookies[who], url: base }]);
      const page = await context.newPage();
      await page.goto(`${base}${prefix}${path}`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) throw new Error(`${path} is ${wide} pixels wide in a window of ${width}`);
      await page.screenshot({ path: `${folder}/desk-${language}-${width}-${colorScheme}-${name}.png`, fullPage: true });
      await context.close();
    }
  }
}
await browser.close();
