// The loops of PDQ that are compiled once for each instruction set. Every set gives the same bits: integers are exact, and
// each float sum has one fixed order, eight lanes wide whatever the registers are.
#pragma once
#include "haalweg/pixels.hpp"

namespace haalweg {

constexpr int kSide = 64;  // samples along each axis
constexpr int kDct = 16;   // coefficients along each axis

// The 64x64 brightness samples, 0..255.
struct Samples {
  alignas(32) float at[kSide][kSide];
};

// The 16x16 coefficients of frequencies 1..16.
struct Coefficients {
  alignas(32) float at[kDct][kDct];
};

struct QualityBounds {
  int lowest, highest;  // gradient sums, if every sample were off by the noise in the one direction or the other
};

struct Kernels {
  // sums[x] = (or +=, unless first) weights[0] * rows[0][x] + ...; the weights add up to at most 257, so 16 bits hold them.
  void (*add_rows)(const uint8_t* const* rows, const uint16_t* weights, int row_count, int length, bool first, uint32_t* sums);
  void (*to_float)(const uint32_t* sums, int length, float* out);
  // One row of samples: out[k] = scale * (row from offsets[k] on) . (weights k), each `length` values long, a multiple of 8.
  void (*sample_row)(const float* row, const int* offsets, const float* weights, int length, float scale, float* out);
  void (*dct)(const Samples& samples, Coefficients& out);
  QualityBounds (*gradients)(const Samples& samples, float noise);
  // Brightness of a row as the oracle rounds it.
  void (*luma)(const uint8_t* row, int width, int channels, float* out);
  // The reference's running box along x, on eight interleaved rows.
  void (*box_along_8_rows)(const float* in, int width, int window, float* out);
  void (*interleaved_to_rows)(const float* in, int width, float* const* rows);
  void (*rows_to_interleaved)(const float* const* rows, int width, float* out);
  // One step of the reference's running box along y: takes a row in, lets one go, writes the mean. Null: there is none.
  void (*box_step_down)(const float* entering, const float* leaving, int width, float count, float* sums, float* means);
};

namespace baseline {
extern const Kernels kKernels;
}
#if defined(HAALWEG_HAS_AVX2)
namespace avx2 {
extern const Kernels kKernels;
}
#endif

}  // namespace haalweg
