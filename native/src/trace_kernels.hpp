// The loops of traces that are compiled once for each instruction set. Every set gives the same bits: integers are exact, and
// each float is rounded after every operation, in one order.
#pragma once
#include <stdint.h>

#include "haalweg/trace.hpp"

namespace haalweg {

constexpr int kDescriptor = 128;  // 4 x 4 places with 8 directions each

// Where a code is taken: the 4 x 4 places lie `step` apart around x, y. All in 1/256 of a value of the maps.
struct Window {
  const uint16_t* maps;
  int map_width, map_height;
  int x, y, step_x, step_y;
  bool mirrored;
};

struct TraceKernels {
  // Slopes of three rows of brightness (1/256 grey, the middle one's): across and down.
  void (*slopes)(const uint16_t* above, const uint16_t* here, const uint16_t* below, int width, int16_t* across, int16_t* down);
  // Smooths three rows: weights 1 2 1 along both axes; rows are 1/16 grey, the result 1/256.
  void (*smooth)(const uint16_t* above, const uint16_t* here, const uint16_t* below, int width, uint16_t* out);
  // How much edge runs in each of the eight directions, pooled along x to every second pixel.
  void (*directions)(const int16_t* across, const int16_t* down, int width, uint16_t* scratch, uint16_t* pooled);
  // The same pooling along y: rows are map_width * 8 values; scratch holds as much as `maps`.
  void (*pool_rows)(const uint16_t* rows, int height, int row_values, uint16_t* scratch, uint16_t* maps);
  // Strength of corners from slopes: first pooled along x, then along y.
  void (*tensor_row)(const int16_t* across, const int16_t* down, int width, float* scratch, float* xx, float* yy, float* xy);
  void (*strength_row)(const float* const* xx, const float* const* yy, const float* const* xy, int width, float* out);
  void (*greatest_of_5)(const float* row, int width, float* out);
  // 128 numbers 0..255, the mean taken away.
  void (*describe)(const Window& window, int16_t* out);
  // How many bits each code of one row lies from each of another: out[row][column].
  void (*distances)(const Code* rows, int row_count, const Code* columns, int column_count, uint8_t* out);
  // Projections of `count` descriptors: out[count][128].
  void (*project)(const int16_t* descriptors, int count, int32_t* out);
};

namespace baseline {
extern const TraceKernels kTraceKernels;
}
#if defined(HAALWEG_HAS_AVX2)
namespace avx2 {
extern const TraceKernels kTraceKernels;
}
#endif

}  // namespace haalweg
