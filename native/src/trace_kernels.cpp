// Compiled once for each instruction set, with HAALWEG_ISA naming it. See trace_kernels.hpp.
#include "trace_kernels.hpp"

#include "simd.hpp"
#include "trace_pyramid.hpp"
#include "trace_tables.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
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

// Rows of pixels with 8 values each: four neighbours, two by two, then twice three; ends repeated.
inline void pool(const uint16_t* in, int count, int stride, uint16_t* scratch, uint16_t* out, int pooled, int shift) {
  const auto at = [&](const uint16_t* from, int i, int most) {
    return load<h8>(from + static_cast<ptrdiff_t>(i < 0 ? 0 : i >= most ? most - 1 : i) * stride);
  };
  for (int i = 0; i < pooled; i++)
    store(out + static_cast<ptrdiff_t>(i) * stride,
          at(in, 2 * i - 1, count) + at(in, 2 * i, count) + at(in, 2 * i + 1, count) + at(in, 2 * i + 2, count));
  const uint16_t half = static_cast<uint16_t>(shift > 0 ? 1 << (shift - 1) : 0);
  for (int i = 0; i < pooled; i++)
    store(scratch + static_cast<ptrdiff_t>(i) * stride, at(out, i - 1, pooled) + at(out, i, pooled) + at(out, i + 1, pooled));
  for (int i = 0; i < pooled; i++) {
    const h8 sum = at(scratch, i - 1, pooled) + at(scratch, i, pooled) + at(scratch, i + 1, pooled);
    store(out + static_cast<ptrdiff_t>(i) * stride, shift > 0 ? (sum + half) >> shift : sum);
  }
}

void directions(const int16_t* across, const int16_t* down, int width, uint16_t* scratch, uint16_t* pooled) {
  const f8 cosine = load<f8>(kAcross), sine = load<f8>(kDown), none = all(0), half = all(0.5f);
  uint16_t* edges = scratch + static_cast<ptrdiff_t>(width) * kDirections;
  for (int x = 0; x < width; x++) {
    const float gx = across[x], gy = down[x];
    const float share = 0.03125f / (gx * gx + gy * gy + 65.536f);  // 1/256 to 1/8 grey
    f8 c = gx * cosine + gy * sine;
    c = c > none ? c : none;
    store(edges + static_cast<ptrdiff_t>(x) * kDirections, narrow(c * c * (c * share) + half));
  }
  pool(edges, width, kDirections, scratch, pooled, (width + 1) / 2, 5);
}

void pool_rows(const uint16_t* rows, int height, int row_values, uint16_t* scratch, uint16_t* maps) {
  for (int k = 0; k < row_values; k += kDirections) pool(rows + k, height, row_values, scratch + k, maps + k, (height + 1) / 2, 0);
}

// Weights 1 2 3 3 3 2 1: five neighbours, then three.
inline float pooled_7(float a, float b, float c, float d, float e, float f, float g) {
  return (a + g) + 2 * (b + f) + 3 * (c + d + e);
}

void tensor_row(const int16_t* across, const int16_t* down, int width, float* scratch, float* xx, float* yy, float* xy) {
  float* products[3] = {scratch + kPad, scratch + 3 * kPad + width, scratch + 5 * kPad + 2 * width};
  for (int x = -3; x < width + 3; x++) {
    const int inside = x < 0 ? 0 : x >= width ? width - 1 : x;
    const float gx = across[inside], gy = down[inside];
    products[0][x] = gx * gx;
    products[1][x] = gy * gy;
    products[2][x] = gx * gy;
  }
  float* sums[3] = {xx, yy, xy};
  for (int k = 0; k < 3; k++) {
    const float* p = products[k];
    float* to = sums[k];
    for (int x = 0; x < width; x++) to[x] = pooled_7(p[x - 3], p[x - 2], p[x - 1], p[x], p[x + 1], p[x + 2], p[x + 3]);
  }
}

void strength_row(const float* const* xx, const float* const* yy, const float* const* xy, int width, float* out) {
  for (int x = 0; x < width; x++) {
    const float a = pooled_7(xx[0][x], xx[1][x], xx[2][x], xx[3][x], xx[4][x], xx[5][x], xx[6][x]);
    const float b = pooled_7(yy[0][x], yy[1][x], yy[2][x], yy[3][x], yy[4][x], yy[5][x], yy[6][x]);
    const float c = pooled_7(xy[0][x], xy[1][x], xy[2][x], xy[3][x], xy[4][x], xy[5][x], xy[6][x]);
    const float apart = (a - b) * 0.5f;
    const float smaller = (a + b) * 0.5f - __builtin_sqrtf(apart * apart + c * c);
    out[x] = smaller * (1.0f / 225 / 65536);  // to grey, squared
  }
}

void greatest_of_5(const float* row, int width, float* out) {
  for (int x = 2; x < width - 2; x++) {
    const float a = row[x - 2] > row[x - 1] ? row[x - 2] : row[x - 1], b = row[x + 2] > row[x + 1] ? row[x + 2] : row[x + 1];
    const float c = a > b ? a : b;
    out[x] = c > row[x] ? c : row[x];
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
#else
  const int first = static_cast<int16_t>(pair & 0xffff), second = pair >> 16;
  i8 sums;
  for (int k = 0; k < 8; k++) sums[k] = a[2 * k] * first + a[2 * k + 1] * second;
  return sums;
#endif
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
const TraceKernels kTraceKernels = {slopes, smooth, directions, pool_rows, tensor_row, strength_row, greatest_of_5, describe, project};

}  // namespace HAALWEG_ISA
}  // namespace haalweg
