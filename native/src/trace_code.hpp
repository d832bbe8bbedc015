// Codes of places in a picture, and which places a picture is asked for.
#pragma once
#include "trace_kernels.hpp"
#include "trace_pyramid.hpp"

namespace haalweg {

const TraceKernels& trace_kernels();

// Size of a place: 1 at level 0, sqrt(2) more at each level.
extern const float kLevelSize[kTraceLevels];

// The 128 numbers around x, y (pixels of level 0). mirrored: x counts from the right, and the picture is read so.
void describe(const Pyramid& pyramid, float x, float y, float size, bool mirrored, int16_t* out);

Code code_of(const int32_t* projections);

// At most `most` corners, from all levels and spread over each; writes their numbers, coarse levels first.
int choose_corners(const Pyramid& pyramid, const uint8_t* usable, int most, int* chosen);

inline int distance_of(const Code& a, const Code& b) {
  return __builtin_popcountll(a.half[0] ^ b.half[0]) + __builtin_popcountll(a.half[1] ^ b.half[1]);
}

}  // namespace haalweg
