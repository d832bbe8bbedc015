// A picture as the core sees it: bytes that someone else owns.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace haalweg {

struct Pixels {
  const uint8_t* data;
  int width;
  int height;
  int channels;      // 1 grey, 3 RGB, 4 RGBA with the alpha ignored
  ptrdiff_t stride;  // bytes from one row to the next

  const uint8_t* row(int y) const { return data + y * stride; }
};

// A rectangle inside a picture, in pixels; right and bottom are not part of it.
struct Box {
  int left, top, right, bottom;
};

}  // namespace haalweg
