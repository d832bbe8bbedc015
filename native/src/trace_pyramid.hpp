// A picture as traces see it: brightness at one size, in eight levels, each with maps of how much edge lies in which direction.
//
// Whole numbers, or single IEEE operations in a fixed order, from the first pixel on: native and browser give the same bits.
#pragma once
#include "haalweg/buffer.hpp"
#include "haalweg/pixels.hpp"
#include "haalweg/trace.hpp"

namespace haalweg {

constexpr int kDirections = 8;
constexpr int kPad = 16;  // values kept free on either side of a row, so that filters may look over its ends

struct Level {
  int width = 0, height = 0;          // pixels of this level
  int map_width = 0, map_height = 0;  // the maps have a value for every second pixel and row
  Buffer<uint16_t> maps;              // [map_height][map_width][kDirections]
  Buffer<uint8_t> grey;               // [height][width], where asked for
};

// A place where a corner is; x and y in pixels of level 0, from its upper left edge.
struct Corner {
  float x, y, strength;
  int level;
  int order;  // as found: the last word between equals
};

struct Pyramid {
  int width = 0, height = 0, count = 0;
  Level levels[kTraceLevels];
  Buffer<Corner> corners;
  int corner_count = 0;

  // Brightness brought to a longer side of least..most pixels, the nearest there is. False without memory.
  bool build(const Pixels& picture, int least, int most, bool keep_grey);
};

}  // namespace haalweg
