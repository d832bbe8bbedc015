// A page with the hasher in real Chromium, served as an operator would: a strict policy, our files and nothing else.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";

import { type Browser, type Page, chromium } from "playwright-core";

import { BUILT, GOLDEN, SHIPPED } from "./places.js";

export const CHROMIUM = [process.env["CHROMIUM"] ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; media-src blob:; base-uri 'none'";
const TYPES: Record<string, string> = { js: "text/javascript", wasm: "application/wasm", txt: "text/plain", html: "text/html" };

/** Changes to the served files, by name: code to put before a script's own. */
export type Before = Record<string, string>;

export class TestPage {
  /** Method and path of every request the page made. */
  readonly requests: string[] = [];

  private constructor(
    readonly page: Page,
    readonly browser: Browser,
    readonly server: Server,
    readonly files: Map<string, string>,
  ) {}

  /** `files` are served besides, by their path here. */
  static async open(before: Before = {}, files = new Map<string, string>()): Promise<TestPage> {
    const server = createServer((request, response) => {
      const name = (request.url ?? "/").slice(1) || "index.html";
      void content(name, before, files).then(
        (body) => {
          const type = TYPES[name.split(".").pop() ?? ""] ?? "application/octet-stream";
          response.writeHead(200, { "content-type": type, "content-security-policy": POLICY, "cache-control": "no-store" });
          response.end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: ["--no-sandbox"] });
    const page = await browser.newPage();
    const test = new TestPage(page, browser, server, files);
    page.on("request", (request) => test.requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return test;
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

async function content(name: string, before: Before, files: Map<string, string>): Promise<Buffer> {
  if (name === "index.html") return Buffer.from("<!doctype html><html lang=en><title>hasher</title>");
  if (name === "golden.txt") return readFile(GOLDEN);
  const [folder, module = ""] = name.split("/");
  if (folder === "src") return readFile(new URL(module, SHIPPED)); // as this folder's modules ask for them
  if (folder === "tests") return readFile(new URL(module, BUILT));
  const other = files.get(name);
  if (other !== undefined) return readFile(other);
  const own = await readFile(new URL(name, SHIPPED));
  return Buffer.concat([Buffer.from(before[name] ?? ""), own]);
}
