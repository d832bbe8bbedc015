// Compiled once for each instruction set, with HAALWEG_ISA naming it. See face_kernels.hpp.
#include "face_kernels.hpp"

namespace haalweg {
namespace HAALWEG_ISA {
namespace {

#if defined(__AVX2__)
constexpr int kAbreast = 8;
#else
constexpr int kAbreast = 4;
#endif
static_assert(kAbreast <= kMostAbreast);
constexpr int kCalm = 5;  // a window whose brightness spreads less is plain ground

using Ints = int32_t __attribute__((vector_size(4 * kAbreast)));
using Words = uint32_t __attribute__((vector_size(4 * kAbreast)));
using Floats = float __attribute__((vector_size(4 * kAbreast)));

Words load(const uint32_t* at) {
  Words lanes;
  __builtin_memcpy(&lanes, at, sizeof lanes);
  return lanes;
}

// Sums are taken modulo 2^32: what a rectangle holds is far less.
Words sum(const Corners& corners, const uint32_t* at) {
  return load(at + corners.a) - load(at + corners.b) - load(at + corners.c) + load(at + corners.d);
}

bool any(const Ints& lanes) {
  int64_t parts[kAbreast / 2], all = 0;
  __builtin_memcpy(parts, &lanes, sizeof parts);
  for (const int64_t part : parts) all |= part;
  return all != 0;
}

// The standard deviation times the number of pixels; 0 beyond the last window.
Ints spread_of(const CascadeOverSums& cascade, const uint32_t* plain, const uint32_t* squares, int windows, int area) {
  const Words sums = sum(cascade.inside, plain), sums_of_squares = sum(cascade.inside, squares);
  Ints spread{};
  for (int lane = 0; lane < kAbreast && lane < windows; lane++) {
    const int64_t of_window = sums[lane], of_squares = sums_of_squares[lane];
    // A whole number below 2^32, so that the root is rounded once, then cut.
    spread[lane] = static_cast<int>(__builtin_sqrt(static_cast<double>(area * of_squares - of_window * of_window)));
  }
  return spread;
}

// -1 for each window that holds a face, 0 for the others.
Ints accepted(const CascadeOverSums& cascade, const uint32_t* at, const uint32_t* squares_at, int windows) {
  const int area = (cascade.side - 2) * (cascade.side - 2);
  const Ints spread = spread_of(cascade, at, squares_at, windows, area);
  const Floats spread_as_float = __builtin_convertvector(spread, Floats);
  Ints open = spread >= kCalm * area;
  const Feature* feature = cascade.features;
  const Stump* stump = cascade.stumps;
  for (int s = 0; s < cascade.stage_count && any(open); s++) {
    Ints votes{};
    for (int i = cascade.stages[s].stumps; i > 0; i--, feature++, stump++) {
      const Words part = sum(feature->part, at);
      Words value = part + part - sum(feature->whole, at);
      if (feature->is_triple) value += part;
      if (feature->has_other) {
        const Words other = sum(feature->other, at);
        value += other + other;
      }
      // Exact but for the one product, which rounds the same everywhere.
      const Floats limit = spread_as_float * (static_cast<float>(stump->threshold) / 32768.0f);
      const Ints is_below = __builtin_convertvector((Ints)value, Floats) < limit;
      votes += stump->otherwise + (is_below & (stump->below - stump->otherwise));
    }
    open &= votes >= cascade.stages[s].least;
  }
  return open;
}

int accept(const CascadeOverSums& cascade, const uint32_t* plain, const uint32_t* squares, int count, int* numbers) {
  int found = 0;
  for (int first = 0; first < count; first += kAbreast) {
    const Ints lanes = accepted(cascade, plain + first, squares + first, count - first);
    if (!any(lanes)) continue;
    for (int lane = 0; lane < kAbreast; lane++)
      if (lanes[lane] != 0) numbers[found++] = first + lane;
  }
  return found;
}

}  // namespace

extern const FaceKernels kFaceKernels;
const FaceKernels kFaceKernels = {accept};

}  // namespace HAALWEG_ISA
}  // namespace haalweg
