// The loops of the candidate index that are compiled once for each instruction set: counting bits is one instruction on most
// processors and a dozen in a build for all of them. No library templates here, as in index_kernels.hpp.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace haalweg {

// sketch: bits 24..87 of the code. rest, from the low end: index bits 7..23 (17), level (3), y (10), x (10), slot (24).
struct Posting {
  uint64_t sketch, rest;
};

constexpr int kRestBits = 17;
constexpr uint64_t kRestMask = (uint64_t{1} << kRestBits) - 1;

struct Probe {
  const Posting* at;
  uint32_t count;
  int flips;  // of the seven index bits that a posting leaves to its bucket
};

struct Near {
  uint64_t rest;
  uint32_t distance;
};

// A photo's hits as columns, in pixels and octaves; weights in 64ths of a bit, cells of an 8x8 grid of the source.
struct Sheet {
  size_t count;
  float qx[64], qy[64], sx[64], sy[64], octaves[64];
  int32_t weight[64], cell[64];
};

struct Agreement {
  int32_t score;
  uint64_t who;
  float scale, shift_x, shift_y;
};

struct CandidateKernels {
  // Writes the postings within `most` bits; out has room for all that are read. How many.
  size_t (*scan)(const Probe* probes, size_t count, uint64_t sketch, uint64_t rest, int most, Near* out);
  // The upright scale and shift with most support; at most `cap` of weight from one cell.
  Agreement (*agree)(const Sheet& hits, int32_t cap);
};

namespace baseline {
extern const CandidateKernels kCandidateKernels;
}
#if defined(HAALWEG_HAS_AVX2)
namespace avx2 {
extern const CandidateKernels kCandidateKernels;
}
#endif

}  // namespace haalweg
