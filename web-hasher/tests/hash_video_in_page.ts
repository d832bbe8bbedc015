// Signatures of video files in real Chromium, for tests/vectors/test_videos.py: FILE... in, a line of JSON for each out.
import { TestPage } from "./page.js";
import { hashVideoIn } from "./videos.js";

const paths = process.argv.slice(2);
const files = new Map(paths.map((path, i) => [`file-${i}`, path]));
const opened = await TestPage.open({}, files);
for (const name of files.keys()) process.stdout.write(`${JSON.stringify(await hashVideoIn(opened, name))}\n`);
await opened.close();
