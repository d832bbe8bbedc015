// Compiled once for each instruction set, with HAALWEG_ISA naming it. See pdq_kernels.hpp.
#include "pdq_kernels.hpp"

#include "simd.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace haalweg {
namespace HAALWEG_ISA {
namespace {

using namespace simd;

// sqrt(2/64) * cos(pi * m / 128), rounded to float as the reference's table is; m = 0..64.
constexpr float kQuarterWave[65] = {
    0x1.6a09e6p-3f, 0x1.69edfcp-3f, 0x1.699a42p-3f, 0x1.690ec6p-3f, 0x1.684b9cp-3f, 0x1.6750e4p-3f, 0x1.661ec2p-3f,
    0x1.64b568p-3f, 0x1.63150ap-3f, 0x1.613decp-3f, 0x1.5f3056p-3f, 0x1.5cec98p-3f, 0x1.5a730cp-3f, 0x1.57c414p-3f,
    0x1.54e018p-3f, 0x1.51c78cp-3f, 0x1.4e7ae8p-3f, 0x1.4afab2p-3f, 0x1.474772p-3f, 0x1.4361bap-3f, 0x1.3f4a24p-3f,
    0x1.3b0150p-3f, 0x1.3687eap-3f, 0x1.31dea2p-3f, 0x1.2d062ep-3f, 0x1.27ff50p-3f, 0x1.22caccp-3f, 0x1.1d6972p-3f,
    0x1.17dc14p-3f, 0x1.12238ep-3f, 0x1.0c40c2p-3f, 0x1.063498p-3f, 0x1.000000p-3f, 0x1.f347dap-4f, 0x1.e642b8p-4f,
    0x1.d8f29ap-4f, 0x1.cb598cp-4f, 0x1.bd79aap-4f, 0x1.af5516p-4f, 0x1.a0edfep-4f, 0x1.92469cp-4f, 0x1.836130p-4f,
    0x1.74400ap-4f, 0x1.64e57ap-4f, 0x1.5553e4p-4f, 0x1.458daap-4f, 0x1.35953cp-4f, 0x1.256d12p-4f, 0x1.1517a8p-4f,
    0x1.049782p-4f, 0x1.e7de5ep-5f, 0x1.c6427ap-5f, 0x1.a4608ap-5f, 0x1.823dc8p-5f, 0x1.5fdf76p-5f, 0x1.3d4ae0p-5f,
    0x1.1a855ep-5f, 0x1.ef2894p-6f, 0x1.a8fa12p-6f, 0x1.628a08p-6f, 0x1.1be352p-6f, 0x1.aa21a8p-7f, 0x1.1c3af6p-7f,
    0x1.1c50e2p-8f, 0x0.0p+0f};

struct DctMatrix {
  alignas(32) float by_frequency[kDct][kSide];
  alignas(32) float by_sample[kSide][kDct];
};

constexpr DctMatrix make_dct_matrix() {
  DctMatrix m{};
  for (int i = 0; i < kDct; i++)
    for (int k = 0; k < kSide; k++) {
      int angle = (i + 1) * (2 * k + 1) % 256;
      if (angle > 128) angle = 256 - angle;
      const float value = angle <= 64 ? kQuarterWave[angle] : -kQuarterWave[128 - angle];
      m.by_frequency[i][k] = value;
      m.by_sample[k][i] = value;
    }
  return m;
}

constexpr DctMatrix kMatrix = make_dct_matrix();

// 8x8 values turned over, by three rounds of swapping halves.
inline void turn_over(f8 (&v)[8]) {
  f8 t[8];
  for (int i = 0; i < 8; i += 2) {
    t[i] = __builtin_shufflevector(v[i], v[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    t[i + 1] = __builtin_shufflevector(v[i], v[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int k = 0; k < 2; k++) {
      v[i + k] = __builtin_shufflevector(t[i + k], t[i + k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      v[i + k + 2] = __builtin_shufflevector(t[i + k], t[i + k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int k = 0; k < 4; k++) {
    t[k] = __builtin_shufflevector(v[k], v[k + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    t[k + 4] = __builtin_shufflevector(v[k], v[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
  for (int i = 0; i < 8; i++) v[i] = t[i];
}

// Adds 16-bit sums to the 32-bit ones, or begins them.
template <int count>
inline void widen(const void* sums16, bool first, uint32_t* sums) {
  uint16_t parts[count];
  __builtin_memcpy(parts, sums16, sizeof parts);
  for (int i = 0; i < count; i++) sums[i] = (first ? 0 : sums[i]) + parts[i];
}

#if defined(__AVX2__)
// Two rows at a time: their bytes side by side, times their two weights, summed by one instruction. For weights of which two
// neighbours add up to at most 128, so that the sum fits the instruction's signed 16 bits. Returns where it stopped.
int add_row_pairs(const uint8_t* const* rows, const uint16_t* weights, int row_count, int length, bool first, uint32_t* sums) {
  int x = 0;
  for (; x + 64 <= length; x += 64) {
    __m256i s[4] = {};
    for (int r = 0; r < row_count; r += 2) {
      const bool paired = r + 1 < row_count;
      const uint8_t *a = rows[r] + x, *b = rows[paired ? r + 1 : r] + x;
      const auto w = _mm256_set1_epi16(static_cast<int16_t>(weights[r] | (paired ? weights[r + 1] << 8 : 0)));
      for (int v = 0; v < 2; v++) {
        const auto p = load<__m256i>(a + 32 * v), q = load<__m256i>(b + 32 * v);
        s[2 * v] = _mm256_add_epi16(s[2 * v], _mm256_maddubs_epi16(_mm256_unpacklo_epi8(p, q), w));
        s[2 * v + 1] = _mm256_add_epi16(s[2 * v + 1], _mm256_maddubs_epi16(_mm256_unpackhi_epi8(p, q), w));
      }
    }
    for (int v = 0; v < 2; v++) {
      const __m256i in_order[2] = {_mm256_permute2x128_si256(s[2 * v], s[2 * v + 1], 0x20),
                                   _mm256_permute2x128_si256(s[2 * v], s[2 * v + 1], 0x31)};
      widen<32>(in_order, first, sums + x + 32 * v);
    }
  }
  return x;
}
typedef h16 Halves;
typedef b16 Bytes;
#else
typedef h8 Halves;  // wider than the registers, these would go through memory
typedef b8 Bytes;
#endif

void add_rows(const uint8_t* const* rows, const uint16_t* weights, int row_count, int length, bool first, uint32_t* sums) {
  constexpr int kAtOnce = 4, kLanes = sizeof(Bytes), kStep = kAtOnce * kLanes;
  int x = 0;
#if defined(__AVX2__)
  bool small = true;
  for (int r = 0; r < row_count; r++) small = small && weights[r] <= 64;
  if (small) x = add_row_pairs(rows, weights, row_count, length, first, sums);
#endif
  for (; x + kStep <= length; x += kStep) {
    Halves s[kAtOnce] = {};
    for (int r = 0; r < row_count; r++) {
      const uint8_t* p = rows[r] + x;
      const Halves w = Halves{} + weights[r];
      for (int v = 0; v < kAtOnce; v++) s[v] += __builtin_convertvector(load<Bytes>(p + kLanes * v), Halves) * w;
    }
    widen<kStep>(s, first, sums + x);
  }
  for (; x < length; x++) {
    uint32_t s = first ? 0 : sums[x];
    for (int r = 0; r < row_count; r++) s += uint32_t{weights[r]} * rows[r][x];
    sums[x] = s;
  }
}

void to_float(const uint32_t* sums, int length, float* out) {
  // Sums stay below 2^31, so the signed conversion is the same and has an instruction.
  for (int x = 0; x < length; x++) out[x] = static_cast<float>(static_cast<int32_t>(sums[x]));
}

void sample_row(const float* row, const int* offsets, const float* weights, int length, float scale, float* out) {
  for (int k = 0; k < kSide; k += 8) {
    f8 sums[8];
    for (int i = 0; i < 8; i++) {
      const float *a = row + offsets[k + i], *b = weights + static_cast<size_t>(k + i) * length;
      f8 even{}, odd{};
      int x = 0;
      for (; x + 16 <= length; x += 16) {
        even += load<f8>(a + x) * load<f8>(b + x);
        odd += load<f8>(a + x + 8) * load<f8>(b + x + 8);
      }
      if (x < length) even += load<f8>(a + x) * load<f8>(b + x);
      sums[i] = even + odd;
    }
    turn_over(sums);  // the lanes of one sum, each in a vector of its own: eight sums end at once
    store(out + k, (((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]))) * all(scale));
  }
}

// Each coefficient is summed in the reference's order, k = 0..63, so the same samples give the same floats.
void dct(const Samples& samples, Coefficients& out) {
  alignas(32) float halfway[kDct][kSide];
  for (int i = 0; i < kDct; i += 2)
    for (int j = 0; j < kSide; j += 32) {
      f8 s[2][4] = {};
      for (int k = 0; k < kSide; k++) {
        const f8 c0 = all(kMatrix.by_frequency[i][k]), c1 = all(kMatrix.by_frequency[i + 1][k]);
        for (int v = 0; v < 4; v++) {
          const f8 a = load<f8>(&samples.at[k][j + 8 * v]);
          s[0][v] += c0 * a;
          s[1][v] += c1 * a;
        }
      }
      for (int r = 0; r < 2; r++)
        for (int v = 0; v < 4; v++) store(&halfway[i + r][j + 8 * v], s[r][v]);
    }
  for (int i = 0; i < kDct; i += 4) {
    f8 s[4][2] = {};
    for (int k = 0; k < kSide; k++) {
      const f8 d0 = load<f8>(&kMatrix.by_sample[k][0]), d1 = load<f8>(&kMatrix.by_sample[k][8]);
      for (int r = 0; r < 4; r++) {
        const f8 t = all(halfway[i + r][k]);
        s[r][0] += t * d0;
        s[r][1] += t * d1;
      }
    }
    for (int r = 0; r < 4; r++) {
      store(&out.at[i + r][0], s[r][0]);
      store(&out.at[i + r][8], s[r][1]);
    }
  }
}

struct Range {
  i8 lowest{}, highest{};

  void add(f8 a, f8 b, f8 noise) {
    const f8 step = ((a - b) * all(100.0f)) / all(255.0f);
    const f8 size = step < 0.0f ? -step : step;
    const f8 less = size - noise;
    lowest += __builtin_convertvector(less < 0.0f ? f8{} : less, i8);
    highest += __builtin_convertvector(size + noise, i8);
  }
};

QualityBounds gradients(const Samples& samples, float noise) {
  const f8 n = all(noise);
  Range range;
  for (int y = 0; y + 1 < kSide; y++)
    for (int x = 0; x < kSide; x += 8) range.add(load<f8>(&samples.at[y][x]), load<f8>(&samples.at[y + 1][x]), n);
  // Along x the last column has no right neighbour: a padded copy makes it its own, which adds nothing.
  for (int y = 0; y < kSide; y++) {
    alignas(32) float row[kSide + 8];
    __builtin_memcpy(row, samples.at[y], sizeof samples.at[y]);
    row[kSide] = row[kSide - 1];
    for (int x = 0; x < kSide; x += 8) range.add(load<f8>(row + x), load<f8>(row + x + 1), n);
  }
  QualityBounds bounds{0, 0};
  for (int lane = 0; lane < 8; lane++) {
    bounds.lowest += range.lowest[lane];
    bounds.highest += range.highest[lane];
  }
  return bounds;
}

// 0.299 R + 0.587 G + 0.114 B in thousandths is a whole number, so one division rounds as the oracle's doubles do.
template <int channels>
void luma_of_colours(const uint8_t* row, int width, float* out) {
  for (int x = 0; x < width; x++) {
    const uint8_t* p = row + channels * x;
    out[x] = static_cast<float>(299 * p[0] + 587 * p[1] + 114 * p[2]) / 1000.0f;
  }
}

void luma(const uint8_t* row, int width, int channels, float* out) {
  if (channels == 3) {
    luma_of_colours<3>(row, width, out);
  } else if (channels == 4) {
    luma_of_colours<4>(row, width, out);
  } else {
    for (int x = 0; x < width; x++) out[x] = row[x];
  }
}

void box_along_8_rows(const float* in, int width, int window, float* out) {
  const int ahead = (window + 2) / 2 - 1;  // how far the window's right edge runs before the sample it is for
  f8 running{};
  float count = 0.0f;
  int entering = 0, leaving = 0;
  for (; entering < ahead; entering++, count++) running += load<f8>(in + 8 * entering);
  for (; entering < window; entering++, out += 8) {
    count++;
    running += load<f8>(in + 8 * entering);
    store(out, running / all(count));
  }
  for (; entering < width; entering++, leaving++, out += 8) {
    running += load<f8>(in + 8 * entering);
    running -= load<f8>(in + 8 * leaving);
    store(out, running / all(count));
  }
  for (int i = 0; i < ahead; i++, leaving++, out += 8) {
    count--;
    running -= load<f8>(in + 8 * leaving);
    store(out, running / all(count));
  }
}

void interleaved_to_rows(const float* in, int width, float* const* rows) {
  int x = 0;
  for (; x + 8 <= width; x += 8) {
    f8 v[8];
    for (int i = 0; i < 8; i++) v[i] = load<f8>(in + 8 * (x + i));
    turn_over(v);
    for (int i = 0; i < 8; i++) store(rows[i] + x, v[i]);
  }
  for (; x < width; x++)
    for (int i = 0; i < 8; i++) rows[i][x] = in[8 * x + i];
}

void rows_to_interleaved(const float* const* rows, int width, float* out) {
  int x = 0;
  for (; x + 8 <= width; x += 8) {
    f8 v[8];
    for (int i = 0; i < 8; i++) v[i] = load<f8>(rows[i] + x);
    turn_over(v);
    for (int i = 0; i < 8; i++) store(out + 8 * (x + i), v[i]);
  }
  for (; x < width; x++)
    for (int i = 0; i < 8; i++) out[8 * x + i] = rows[i][x];
}

void box_step_down(const float* entering, const float* leaving, int width, float count, float* sums, float* means) {
  for (int x = 0; x < width; x++) {
    float s = sums[x];
    if (entering != nullptr) s += entering[x];
    if (leaving != nullptr) s -= leaving[x];
    sums[x] = s;
    if (means != nullptr) means[x] = s / count;
  }
}

}  // namespace
}  // namespace HAALWEG_ISA

namespace HAALWEG_ISA {
extern const Kernels kKernels = {
    .add_rows = add_rows,
    .to_float = to_float,
    .sample_row = sample_row,
    .dct = dct,
    .gradients = gradients,
    .luma = luma,
    .box_along_8_rows = box_along_8_rows,
    .interleaved_to_rows = interleaved_to_rows,
    .rows_to_interleaved = rows_to_interleaved,
    .box_step_down = box_step_down,
};
}
}  // namespace haalweg
