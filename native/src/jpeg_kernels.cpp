// Compiled once for each instruction set, with HAALWEG_ISA naming it. See jpeg_kernels.hpp.
#include "jpeg_kernels.hpp"

#include "simd.hpp"

namespace haalweg::jpeg {
namespace HAALWEG_ISA {
namespace {

using namespace simd;

typedef int16_t s8 __attribute__((vector_size(16)));

void add_blocks(const int16_t* blocks, const float* weights, int length, float* sums) {
  const f8 first = load<f8>(weights), second = load<f8>(weights + 8);
  int i = 0;
  for (; i + kMostLanes <= length; i += kMostLanes) {
    store(sums + i, load<f8>(sums + i) + first * __builtin_convertvector(load<s8>(blocks + i), f8));
    store(sums + i + 8, load<f8>(sums + i + 8) + second * __builtin_convertvector(load<s8>(blocks + i + 8), f8));
  }
  for (; i < length; i++) sums[i] += weights[i % kMostLanes] * static_cast<float>(blocks[i]);
}

}  // namespace

extern const Kernels kKernels = {.add_blocks = add_blocks};

}  // namespace HAALWEG_ISA
}  // namespace haalweg::jpeg
