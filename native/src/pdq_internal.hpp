// The two ways to the 64x64 samples, and what follows from them. For pdq.cpp, the JPEG reader and tests of the parts.
#pragma once
#include "haalweg/buffer.hpp"
#include "haalweg/pdq.hpp"
#include "pdq_kernels.hpp"

namespace haalweg {

const Kernels& kernels();

// How far apart the two samplers may lie. The reference's running sums wander, mostly along one axis: its noise sits in the
// coefficients whose smaller frequency is low, and grows with the picture. Each figure is at least twice the most that was seen
// near the median over photos and noise up to 9,000 pixels a side (benchmarks/pdq_noise.py prints today's); larger costs time.
struct Noise {
  float coefficients[kDct];  // by the smaller of the two frequencies, 0 standing for frequency 1
  float gradients;           // in the unit of the quality's steps
};

constexpr Noise noise_of(int width, int height) {
  const float scale = 1.0f + static_cast<float>(width > height ? width : height) / 4096.0f;
  Noise noise{};
  for (int m = 0; m < kDct; m++) noise.coefficients[m] = scale * (m == 0 ? 0.02f : 0.008f / static_cast<float>(m + 1));
  noise.gradients = scale * 0.003f;
  return noise;
}

// Where the 64 samples of one axis look, and how much each pixel weighs: the reference's box blur applied twice, as one filter.
// Away from the edges the weights are whole numbers 1..window..1 over window squared; at an edge they are floats.
class AxisFilter {
 public:
  struct Tap {
    int first, count;
    bool whole;  // weights are whole numbers, to be divided by window squared
  };

  bool plan(int length);
  int length() const { return length_; }
  int window() const { return window_; }
  const Tap& tap(int sample) const { return taps_[sample]; }
  // Longest count of all taps.
  int reach() const { return 2 * window_ - 1; }
  const uint32_t* whole_weights() const { return whole_.data(); }
  const float* weights(int sample) const { return weights_.data() + static_cast<size_t>(sample) * stride_; }

 private:
  int length_ = 0, window_ = 0, stride_ = 0;
  Tap taps_[kSide];
  Buffer<uint32_t> whole_;
  Buffer<float> weights_;
};

// The middle of sample k on an axis of that length.
inline int sample_centre(int k, int length) { return static_cast<int>((k + 0.5) * length / kSide); }

// The fast way: pixel rows in, from the top, as many at a time as there are; samples out.
class FastSampler {
 public:
  bool begin(int width, int height, int channels);
  void push(const uint8_t* rows, ptrdiff_t stride, int count);
  const Samples& samples() const { return samples_; }

 private:
  void add(int sample, const uint8_t* rows, ptrdiff_t stride, int from, int to);
  void finish_row(int sample);

  int width_ = 0, channels_ = 0, length_ = 0, next_row_ = 0, first_open_ = 0, slots_ = 0;
  AxisFilter down_, across_;
  int column_stride_ = 0, column_offsets_[kSide] = {};
  Buffer<float> column_weights_;  // luminance folded in, one set a sample, zero-padded to eights
  Buffer<uint32_t> sums_;
  Buffer<float> row_;
  bool started_[kSide] = {};
  Samples samples_;
};

// The reference's running box along y, for rows that arrive one at a time.
class ColumnBox {
 public:
  bool begin(int width, int height);
  // Takes the next row; true where a row of means was written.
  bool push(const float* row, float* means);
  // After the last row: the means still owed, until false.
  bool flush(float* means);

 private:
  int width_ = 0, height_ = 0, window_ = 0, in_ = 0, out_ = 0;
  float count_ = 0.0f;
  Buffer<float> sums_, last_rows_;
};

// The reference's own additions in its own order, on the same rows.
class ExactSampler {
 public:
  bool begin(int width, int height, int channels);
  void push(const uint8_t* rows, ptrdiff_t stride, int count);
  const Samples& samples() const { return samples_; }

 private:
  void blur_batch();
  void keep_blurred_row();
  void blur_second_batch();
  void keep_sample_row(const float* row);

  int width_ = 0, height_ = 0, channels_ = 0, rows_in_ = 0, lane_ = 0, second_lane_ = 0, rows_out_ = 0, next_sample_ = 0;
  bool as_it_is_ = false;  // 64 x 64 pixels are the samples
  Buffer<float> interleaved_, blurred_, rows_, second_rows_;
  ColumnBox first_, second_;
  Samples samples_;
};

// Bits and quality. False where noise of that size in the samples could change the answer.
bool finish(const Samples& samples, const Noise& noise, bool all_orientations, Pdq& out);

}  // namespace haalweg
