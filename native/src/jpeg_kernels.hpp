// The one hot loop of the JPEG readers that is no bit reading, compiled once for each instruction set as pdq_kernels.cpp is.
#pragma once
#include <stdint.h>

namespace haalweg::jpeg {

constexpr int kMostLanes = 16;

struct Kernels {
  // sums[i] += weights[i % 16] * blocks[i].
  void (*add_blocks)(const int16_t* blocks, const float* weights, int length, float* sums);
};

const Kernels& kernels();

namespace baseline {
extern const Kernels kKernels;
}
#if defined(HAALWEG_HAS_AVX2)
namespace avx2 {
extern const Kernels kKernels;
}
#endif

}  // namespace haalweg::jpeg
