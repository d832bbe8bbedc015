// The loop over the windows of a photo that is compiled once for each instruction set. Windows side by side don't meet, so that
// every set gives the same bits however many it looks at in one go.
#pragma once
#include <stdint.h>

namespace haalweg {

struct Stage {
  int16_t stumps;
  int32_t least;
};

struct Stump {
  int16_t threshold, below, otherwise;
};

struct Corners {
  int a, b, c, d;  // where a rectangle's lie in sums over everything above and to the left, from the window's first value
};

struct Feature {
  Corners whole, part, other;
  bool is_triple, has_other;
};

struct CascadeOverSums {
  int side;
  const Stage* stages;
  int stage_count;
  const Stump* stumps;
  const Feature* features;
  Corners inside;  // the window without its outermost pixels
};

constexpr int kMostAbreast = 8;  // windows looked at in one go; as many values behind the last window's are read, and not used

struct FaceKernels {
  // Of the `count` windows whose sums begin at the values from `plain` and `squares` on, the numbers of those that hold a face.
  int (*accept)(const CascadeOverSums& cascade, const uint32_t* plain, const uint32_t* squares, int count, int* numbers);
};

namespace baseline {
extern const FaceKernels kFaceKernels;
}
#if defined(HAALWEG_HAS_AVX2)
namespace avx2 {
extern const FaceKernels kFaceKernels;
}
#endif

}  // namespace haalweg
