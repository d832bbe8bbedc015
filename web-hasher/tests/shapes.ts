// A drawn picture with enough corners for a trace: discs and slanted edges of many sizes over a soft ground, with a little grain.
import { type Pixels } from "../src/picture.js";

export function shapes(width: number, height: number, seed = 7): Pixels {
  const data = new Uint8Array(width * height * 3);
  const random = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 8;
  const discs = Array.from({ length: 260 }, () => {
    const size = 6 + (random() % 40);
    return { x: random() % width, y: random() % height, size, cut: (random() % 7) - 3, grey: random() % 120 };
  });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let value = 60 + Math.floor((60 * x) / width) + Math.floor((40 * y) / height);
      for (const disc of discs) {
        const [dx, dy] = [x - disc.x, y - disc.y];
        if (dx * dx + dy * dy < disc.size * disc.size && 3 * dy > disc.cut * dx) value = (value + disc.grey) >> 1;
      }
      for (let channel = 0; channel < 3; channel++) data[(y * width + x) * 3 + channel] = value + 10 * channel + (random() % 9);
    }
  }
  return { data, width, height, channels: 3 };
}
