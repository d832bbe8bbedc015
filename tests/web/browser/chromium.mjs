// The browser that the tests found: `chromium` on the path, driven by what is among the hasher's modules.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

const PHONE = { width: 360, height: 740 };

function options() {
  const executablePath = process.env.PATH.split(delimiter).map((folder) => join(folder, "chromium")).find((path) => existsSync(path));
  return { executablePath, args: ["--no-sandbox"] };
}

function driver(modules) {
  return createRequire(modules)("playwright-core").chromium;
}

/** A browser that forgets all when it is closed. */
export function launch(modules) {
  return driver(modules).launch(options());
}

/** One as on a phone, that keeps its profile in a folder. */
export function launchIn(profile, modules, more) {
  return driver(modules).launchPersistentContext(profile, { ...options(), viewport: PHONE, ...more });
}
