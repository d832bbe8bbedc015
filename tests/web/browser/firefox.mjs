// The path up to the check in Firefox, spoken to by WebDriver BiDi, which it has built in: a WebSocket is enough for that.
// Arguments: node modules, the address, a folder for the browser's profile, a picture. Says one line of JSON.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [modules, base, profile, picture] = process.argv.slice(2);
mkdirSync(profile, { recursive: true });
// Nothing of it is sent to who makes it, and no page of theirs is opened.
const settings = { "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false, "browser.shell.checkDefaultBrowser": false, "network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false, "browser.safebrowsing.update.enabled": false, "services.settings.server": "http://127.0.0.1:9/" };
writeFileSync(`${profile}/user.js`, Object.entries(settings).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(""));
const browser = spawn("firefox-esr", ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"], { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: profile } });
const listens = new Promise((resolve, reject) => {
  createInterface({ input: browser.stderr }).on("line", (line) => {
    const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line);
    if (found !== null) resolve(found[1]);
  });
  browser.once("exit", () => reject(new Error("Firefox ended by itself.")));
});

const { ws: WebSocket } = createRequire(modules)("playwright-core/lib/utilsBundle"); // node has one of its own from version 22 on
const told = { trouble: [], found: {} };
const waiting = new Map();
let socket;
let count = 0;

function ask(method, params = {}) {
  return new Promise((resolve, reject) => {
    const id = ++count;
    waiting.set(id, { resolve, reject });
    socket.send(JSON.stringify({ id, method, params }));
  });
}

async function evaluate(context, expression) {
  const said = await ask("script.evaluate", { expression, target: { context }, awaitPromise: true });
  if (said.type === "exception") throw new Error(said.exceptionDetails.text);
  return said.result.value;
}

/** Waits until an expression holds in the page. */
async function until(context, expression, seconds = 60) {
  for (const end = Date.now() + 1_000 * seconds; Date.now() < end; ) {
    if (await evaluate(context, `Boolean(${expression})`)) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`${expression} did not come: ${await evaluate(context, "document.body.innerText")}`);
}

try {
  socket = new WebSocket(`${await listens}/session`);
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
  socket.onmessage = ({ data }) => {
    const { id, type, result, message, method, params } = JSON.parse(data);
    if (method === "log.entryAdded" && params.level === "error") told.trouble.push(params.text);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (type === "success") asked?.resolve(result);
    else if (type === "error") asked?.reject(new Error(message));
  };
  told.found.browser = (await ask("session.new", { capabilities: {} })).capabilities.browserName;
  await ask("session.subscribe", { events: ["log.entryAdded"] });
  const { contexts } = await ask("browsingContext.getTree");
  const { context } = contexts[0];
  await ask("browsingContext.navigate", { context, url: `${base}/s/`, wait: "complete" });
  for (const id of ["age-yes", "source-yes", "others-nobody", "have-picture"]) {
    await until(context, `document.getElementById("${id}").offsetParent !== null`);
    await evaluate(context, `document.getElementById("${id}").click(); document.getElementById("next").click()`);
  }
  await until(context, `document.getElementById("chosen").offsetParent !== null`);
  const node = await ask("browsingContext.locateNodes", { context, locator: { type: "css", value: "#chosen" } });
  await ask("input.setFiles", { context, element: { sharedId: node.nodes[0].sharedId }, files: [picture] });
  await until(context, `document.querySelector(".file-state.ok, .file-state.bad")`);
  told.found.said = await evaluate(context, `document.querySelector(".file-state").textContent`);
  for (const name of ["places", "choices", "reach"]) {
    await evaluate(context, `document.getElementById("next").click()`);
    await until(context, `document.querySelector('section[data-step="${name}"]').offsetParent !== null`);
  }
  await evaluate(context, `document.getElementById("reach-no").click(); document.getElementById("next").click()`);
  await until(context, `document.getElementById("exact").textContent !== ""`);
  told.found.exact = JSON.parse(await evaluate(context, `document.getElementById("exact").textContent`));
} catch (error) {
  told.trouble.push(`${error.stack}`);
}
console.log(JSON.stringify(told));
browser.removeAllListeners("exit");
browser.kill();
process.exit(0);
