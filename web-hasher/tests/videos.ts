// Videos in the page: hashed as a file that someone chose, and drawn by the browser itself.
import { type FileVideo } from "../src/messages.js";
import { type TestPage } from "./page.js";

export type VideoOutcome = { video: FileVideo; shares: number[]; took_ms: number } | { trouble: string; sentence: string };

/** Hashes the file that is served under that name. */
export function hashVideoIn(where: TestPage, name: string): Promise<VideoOutcome> {
  return where.page.evaluate(async (file) => {
    const address = "/client.js";
    const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
    const worker = new HasherWorker();
    const shares: number[] = [];
    try {
      const blob = await (await fetch(`/${file}`)).blob();
      const begun = performance.now();
      const video = await worker.hashVideo(blob, (share) => shares.push(share));
      return { video, shares, took_ms: performance.now() - begun };
    } catch (error) {
      const { trouble, message } = error as InstanceType<typeof import("../src/client.js").HashingError>;
      return { trouble, sentence: message };
    } finally {
      worker.end();
    }
  }, name);
}

/** A WebM file of some seconds, as browsers record it: it does not say how long it is. */
export async function recorded(where: TestPage, seconds: number): Promise<Buffer> {
  const text = await where.page.evaluate(async (length) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 240];
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    let turn = 0;
    const drawing = setInterval(() => {
      turn++;
      context.fillStyle = `rgb(${(turn * 3) % 256} 90 60)`;
      context.fillRect(0, 0, 320, 240);
      for (let i = 0; i < 40; i++) {
        context.fillStyle = `rgb(${(i * 67) % 256} ${(i * 131) % 256} ${(i * 29) % 256})`;
        context.fillRect((i * 83 + turn) % 320, (i * 47) % 240, 20 + (i % 7) * 9, 15 + (i % 5) * 11);
      }
    }, 40);
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, 1000 * length));
    recorder.stop();
    await stopped;
    clearInterval(drawing);
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    let letters = "";
    for (const byte of bytes) letters += String.fromCharCode(byte);
    return btoa(letters);
  }, seconds);
  return Buffer.from(text, "base64");
}
