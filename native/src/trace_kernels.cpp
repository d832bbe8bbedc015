// Compiled once for each instruction set, with HAALWEG_ISA naming it. See trace_kernels.hpp.
#include "trace_kernels.hpp"

#include "simd.hpp"
#include "trace_pyramid.hpp"
#include "trace_tables.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace haalweg {
namespace HAALWEG_ISA {
namespace {

using namespace simd;

constexpr float kDiagonal = 0x1.6a09e6p-1f;  // cos(pi / 4)
alignas(32) constexpr float kAcross[kDirections] = {1, kDiagonal, 0, -kDiagonal, -1, -kDiagonal, 0, kDiagonal};
alignas(32) constexpr float kDown[kDirections] = {0, kDiagonal, 1, kDiagonal, 0, -kDiagonal, -1, -kDiagonal};

void smooth(const uint16_t* above, const uint16_t* here, const uint16_t* below, int width, uint16_t* out) {
  for (int x = 0; x < width; x++) {
    const int left = above[x - 1] + 2 * here[x - 1] + below[x - 1];
    const int middle = above[x] + 2 * here[x] + below[x];
    const int right = above[x + 1] + 2 * here[x + 1] + below[x + 1];
    out[x] = static_cast<uint16_t>(left + 2 * middle + right);
  }
}

void slopes(const uint16_t* above, const uint16_t* here, const uint16_t* below, int width, int16_t* across, int16_t* down) {
  for (int x = 0; x < width; x++) {
    across[x] = static_cast<int16_t>((here[x + 1] - here[x - 1]) >> 1);
    down[x] = static_cast<int16_t>((below[x] - above[x]) >> 1);
  }
}

inline h8 narrow(f8 v) {
  const i8 whole = __builtin_convertvector(v, i8);
  return __builtin_convertvector(whole, h8);
}

// out[i] = sum over in[first .. last] around step * i, for i of 0..count-1; beyond the ends the last value is repeated.
template <int step, int first, int last, int shift>
inline void sum_neighbours(const uint16_t* in, int in_count, int count, uint16_t* out) {
  constexpr ptrdiff_t stride = kDirections;
  constexpr uint16_t kHalf = shift > 0 ? 1 << (shift - 1) : 0;
  const auto finished = [](h8 sum) { return shift > 0 ? (sum + kHalf) >> shift : sum; };
  const auto at_edge = [&](int i) {
    h8 sum = {};
    for (int k = first; k <= last; k++) {
      const int at = step * i + k;
      sum += load<h8>(in + stride * (at < 0 ? 0 : at >= in_count ? in_count - 1 : at));
    }
    store(out + stride * i, finished(sum));
  };
  int i = 0;
  for (; i < count && step * i + first < 0; i++) at_edge(i);
  for (; i < count && step * i + last < in_count; i++) {
    const uint16_t* from = in + stride * (step * i);
    h8 sum = load<h8>(from + stride * first);
    for (int k = first + 1; k <= last; k++) sum += load<h8>(from + stride * k);
    store(out + stride * i, finished(sum));
  }
  for (; i < count; i++) at_edge(i);
}

// Four neighbours to every second place, then twice three: about a Gaussian of 2.5 pixels.
inline void pool(const uint16_t* in, int count, uint16_t* scratch, uint16_t* out) {
  const int pooled = (count + 1) / 2;
  sum_neighbours<2, -1, 2, 0>(in, count, pooled, out);
  sum_neighbours<1, -1, 1, 0>(out, pooled, pooled, scratch);
  sum_neighbours<1, -1, 1, 5>(scratch, pooled, pooled, out);
}

void directions(const int16_t* across, const int16_t* down, int width, uint16_t* scratch, uint16_t* pooled) {
  constexpr int kTogether = 64;
  const f8 cosine = load<f8>(kAcross), sine = load<f8>(kDown), none = all(0), half = all(0.5f);
  uint16_t* edges = scratch + static_cast<ptrdiff_t>(width) * kDirections;
  for (int begin = 0; begin < width; begin += kTogether) {
    const int now = width - begin < kTogether ? width - begin : kTogether;
    alignas(32) float gx[kTogether], gy[kTogether], share[kTogether];
    for (int x = 0; x < now; x++) {
      gx[x] = across[begin + x];
      gy[x] = down[begin + x];
      share[x] = 0.03125f / (gx[x] * gx[x] + gy[x] * gy[x] + 65.536f);  // 1/256 to 1/8 grey
    }
    for (int x = 0; x < now; x++) {
      f8 c = gx[x] * cosine + gy[x] * sine;
      c = c > none ? c : none;
      store(edges + static_cast<ptrdiff_t>(begin + x) * kDirections, narrow(c * c * (c * share[x]) + half));
    }
  }
  pool(edges, width, scratch, pooled);
}

// The same, of whole rows.
template <int step, int first, int last>
inline void sum_rows(const uint16_t* in, int in_count, int count, int values, uint16_t* out) {
  for (int i = 0; i < count; i++) {
    const uint16_t* rows[last - first + 1];
    for (int k = first; k <= last; k++) {
      const int at = step * i + k;
      rows[k - first] = in + static_cast<ptrdiff_t>(values) * (at < 0 ? 0 : at >= in_count ? in_count - 1 : at);
    }
    uint16_t* to = out + static_cast<ptrdiff_t>(values) * i;
    for (int x = 0; x < values; x += 8) {
      h8 sum = load<h8>(rows[0] + x);
      for (int k = 1; k <= last - first; k++) sum += load<h8>(rows[k] + x);
      store(to + x, sum);
    }
  }
}

void pool_rows(const uint16_t* rows, int height, int row_values, uint16_t* scratch, uint16_t* maps) {
  const int pooled = (height + 1) / 2;
  sum_rows<2, -1, 2>(rows, height, pooled, row_values, maps);
  sum_rows<1, -1, 1>(maps, pooled, pooled, row_values, scratch);
  sum_rows<1, -1, 1>(scratch, pooled, pooled, row_values, maps);
}

// Weights 1 2 3 3 3 2 1: five neighbours, then three.
template <class At>
inline f8 pooled_7(At at) {
  return (at(0) + at(6)) + all(2) * (at(1) + at(5)) + all(3) * (at(2) + at(3) + at(4));
}

// Rows may be read and written up to eight values beyond their end.
void tensor_row(const int16_t* across, const int16_t* down, int width, float* scratch, float* xx, float* yy, float* xy) {
  float *xs = scratch + kPad, *ys = xs + width + 2 * kPad, *both = ys + width + 2 * kPad;
  for (int x = 0; x < width; x++) {
    const float gx = across[x], gy = down[x];
    xs[x] = gx * gx;
    ys[x] = gy * gy;
    both[x] = gx * gy;
  }
  float* const planes[3] = {xs, ys, both};
  for (float* p : planes)
    for (int k = 1; k <= 3; k++) {
      p[-k] = p[0];
      p[width - 1 + k] = p[width - 1];
    }
  for (int x = 0; x < width; x += 8) {
    store(xx + x, pooled_7([&](int k) { return load<f8>(xs + x + k - 3); }));
    store(yy + x, pooled_7([&](int k) { return load<f8>(ys + x + k - 3); }));
    store(xy + x, pooled_7([&](int k) { return load<f8>(both + x + k - 3); }));
  }
}

void strength_row(const float* const* xx, const float* const* yy, const float* const* xy, int width, float* out) {
  const f8 half = all(0.5f), to_grey = all(1.0f / 225 / 65536);  // squared
  for (int x = 0; x < width; x += 8) {
    const f8 a = pooled_7([&](int k) { return load<f8>(xx[k] + x); }), b = pooled_7([&](int k) { return load<f8>(yy[k] + x); });
    const f8 c = pooled_7([&](int k) { return load<f8>(xy[k] + x); }), apart = (a - b) * half;
    f8 root = apart * apart + c * c;
    alignas(32) float values[8];
    store(values, root);
    for (float& v : values) v = __builtin_sqrtf(v);
    root = load<f8>(values);
    store(out + x, ((a + b) * half - root) * to_grey);
  }
}

inline f8 greater(f8 a, f8 b) { return a > b ? a : b; }

void greatest_of_5(const float* row, int width, float* out) {
  for (int x = 0; x < width; x += 8) {
    const f8 a = greater(load<f8>(row + x - 2), load<f8>(row + x - 1)), b = greater(load<f8>(row + x + 2), load<f8>(row + x + 1));
    store(out + x, greater(greater(a, b), load<f8>(row + x)));
  }
}

inline int between(int v, int most) { return v < 0 ? 0 : v > most ? most : v; }

void describe(const Window& w, int16_t* out) {
  alignas(32) int32_t sampled[kDescriptor];
  i8 total = {};
  for (int j = 0; j < 4; j++) {
    const int y = between(w.y + w.step_y * (2 * j - 3) / 2, (w.map_height - 1) * 256), row = y >> 8, down = y & 255;
    const uint16_t* here = w.maps + static_cast<ptrdiff_t>(row) * w.map_width * kDirections;
    const uint16_t* next = down > 0 ? here + static_cast<ptrdiff_t>(w.map_width) * kDirections : here;
    for (int i = 0; i < 4; i++) {
      const int x = between(w.x + w.step_x * (2 * i - 3) / 2, (w.map_width - 1) * 256), at = x >> 8, across = x & 255;
      const ptrdiff_t left = static_cast<ptrdiff_t>(at) * kDirections, right = across > 0 ? left + kDirections : left;
      const auto wide = [](const uint16_t* from) { return __builtin_convertvector(load<h8>(from), i8); };
      const i8 a = wide(here + left), b = wide(next + left);
      const i8 upper = a * 256 + (wide(here + right) - a) * across, lower = b * 256 + (wide(next + right) - b) * across;
      i8 v = ((upper >> 8) * 256 + ((lower >> 8) - (upper >> 8)) * down) >> 8;
      if (w.mirrored) v = __builtin_shufflevector(v, v, 4, 3, 2, 1, 0, 7, 6, 5);
      store(sampled + (4 * j + (w.mirrored ? 3 - i : i)) * kDirections, v);
      total += v;
    }
  }
  int32_t sum = 0;
  for (int k = 0; k < kDirections; k++) sum += total[k];
  const float scale = 262144.0f / static_cast<float>(sum > 0 ? sum : 1);
  for (int k = 0; k < kDescriptor; k++) {
    const int root = static_cast<int>(__builtin_sqrtf(static_cast<float>(sampled[k]) * scale) + 0.5f);
    out[k] = static_cast<int16_t>((root < 255 ? root : 255) - kTraceMean[k]);
  }
}

// Sums of products of neighbours: eight pairs.
inline i8 dot_pairs(const int16_t* a, int32_t pair) {
#if defined(__AVX2__)
  return reinterpret_cast<i8>(_mm256_madd_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(a)), _mm256_set1_epi32(pair)));
#elif defined(__SSE2__)
  const __m128i both = _mm_set1_epi32(pair);
  const auto* from = reinterpret_cast<const __m128i*>(a);
  const __m128i low = _mm_madd_epi16(_mm_loadu_si128(from), both), high = _mm_madd_epi16(_mm_loadu_si128(from + 1), both);
  i8 sums;
  __builtin_memcpy(&sums, &low, sizeof low);
  __builtin_memcpy(reinterpret_cast<char*>(&sums) + sizeof low, &high, sizeof high);
  return sums;
#elif defined(__wasm_simd128__)
  const v128_t both = wasm_i32x4_splat(pair);
  const v128_t low = wasm_i32x4_dot_i16x8(wasm_v128_load(a), both), high = wasm_i32x4_dot_i16x8(wasm_v128_load(a + 8), both);
  i8 sums;
  __builtin_memcpy(&sums, &low, sizeof low);
  __builtin_memcpy(reinterpret_cast<char*>(&sums) + sizeof low, &high, sizeof high);
  return sums;
#else
  const int first = static_cast<int16_t>(pair & 0xffff), second = pair >> 16;
  i8 sums;
  for (int k = 0; k < 8; k++) sums[k] = a[2 * k] * first + a[2 * k + 1] * second;
  return sums;
#endif
}

#if defined(__POPCNT__) || defined(__aarch64__)
inline uint32_t bits_of(uint64_t v) { return static_cast<uint32_t>(__builtin_popcountll(v)); }
#else
// Without an instruction for it: sums of two, four and eight bits side by side.
inline uint32_t bits_of(uint64_t v) {
  v -= v >> 1 & 0x5555555555555555u;
  v = (v & 0x3333333333333333u) + (v >> 2 & 0x3333333333333333u);
  return static_cast<uint32_t>(((v + (v >> 4)) & 0x0f0f0f0f0f0f0f0fu) * 0x0101010101010101u >> 56);
}
#endif

void distances(const Code* rows, int row_count, const Code* columns, int column_count, uint8_t* out) {
  for (int r = 0; r < row_count; r++) {
    const uint64_t low = rows[r].half[0], high = rows[r].half[1];
    for (int c = 0; c < column_count; c++) *out++ = static_cast<uint8_t>(bits_of(low ^ columns[c].half[0]) + bits_of(high ^ columns[c].half[1]));
  }
}

template <int together>
inline void project_some(const int16_t* descriptors, int32_t* out) {
  for (int block = 0; block < kCodeBits; block += 16) {
    i8 low[together] = {}, high[together] = {};
    for (int pair = 0; pair < kDescriptor / 2; pair++) {
      const int16_t* matrix = kTraceMatrix[pair][block];
      for (int c = 0; c < together; c++) {
        int32_t both;
        __builtin_memcpy(&both, descriptors + c * kDescriptor + 2 * pair, sizeof both);
        low[c] += dot_pairs(matrix, both);
        high[c] += dot_pairs(matrix + 16, both);
      }
    }
    for (int c = 0; c < together; c++) {
      store(out + c * kCodeBits + block, low[c]);
      store(out + c * kCodeBits + block + 8, high[c]);
    }
  }
}

void project(const int16_t* descriptors, int count, int32_t* out) {
  int done = 0;
  for (; done + 4 <= count; done += 4) project_some<4>(descriptors + done * kDescriptor, out + done * kCodeBits);
  for (; done < count; done++) project_some<1>(descriptors + done * kDescriptor, out + done * kCodeBits);
}

}  // namespace

extern const TraceKernels kTraceKernels;
const TraceKernels kTraceKernels = {slopes, smooth, directions, pool_rows, tensor_row, strength_row, greatest_of_5, describe, distances, project};

}  // namespace HAALWEG_ISA
}  // namespace haalweg
