#include "haalweg/pdq.hpp"

#include "haalweg/isa.hpp"
#include "pdq_internal.hpp"

namespace haalweg {

const Kernels& kernels() {
#if defined(HAALWEG_HAS_AVX2)
  if (isa() == Isa::avx2) return avx2::kKernels;
#endif
  return baseline::kKernels;
}

namespace {

constexpr float kRed = 0.299f, kGreen = 0.587f, kBlue = 0.114f;

inline int smaller(int a, int b) { return a < b ? a : b; }
inline int larger(int a, int b) { return a > b ? a : b; }

}  // namespace

bool AxisFilter::plan(int length) {
  if (length == length_) return true;
  length_ = 0;
  window_ = (length + 127) / 128;
  const int half = (window_ + 2) / 2, right = half - 1, left = window_ - half;
  stride_ = reach();
  if (!whole_.allocate(reach()) || !weights_.allocate(static_cast<size_t>(kSide) * stride_)) return false;
  for (int i = 0; i < reach(); i++) whole_[i] = smaller(i + 1, reach() - i);
  const float inverse = 1.0f / static_cast<float>(window_ * static_cast<int64_t>(window_));
  for (int s = 0; s < kSide; s++) {
    const int centre = sample_centre(s, length);
    const int first = larger(0, centre - 2 * left), last = smaller(length - 1, centre + 2 * right);
    taps_[s] = {first, last - first + 1, centre - 2 * left >= 0 && centre + 2 * right < length};
    float* w = weights_.data() + static_cast<size_t>(s) * stride_;
    if (taps_[s].whole) {
      for (int i = 0; i < reach(); i++) w[i] = static_cast<float>(whole_[i]) * inverse;
      continue;
    }
    // At an edge both boxes shrink: the mean of the means of what there is.
    const int outer_first = larger(0, centre - left), outer_last = smaller(length - 1, centre + right);
    for (int i = 0; i < taps_[s].count; i++) w[i] = 0.0f;
    for (int i = outer_first; i <= outer_last; i++) {
      const int inner_first = larger(0, i - left), inner_last = smaller(length - 1, i + right);
      const float share = 1.0f / (static_cast<float>(outer_last - outer_first + 1) * static_cast<float>(inner_last - inner_first + 1));
      for (int k = inner_first; k <= inner_last; k++) w[k - first] += share;
    }
  }
  length_ = length;
  return true;
}

bool FastSampler::begin(int width, int height, int channels) {
  const bool planned = width == across_.length() && channels == channels_;
  if (!down_.plan(height) || !across_.plan(width)) return false;
  length_ = width * channels;
  if (!planned) {
    channels_ = 0;
    column_stride_ = (across_.reach() * channels + 7) / 8 * 8;
    if (!column_weights_.allocate(static_cast<size_t>(kSide) * column_stride_)) return false;
    const float luminance[4] = {kRed, kGreen, kBlue, 0.0f}, grey[1] = {1.0f};
    const float* of_channel = channels == 1 ? grey : luminance;
    for (int s = 0; s < kSide; s++) {
      float* to = column_weights_.data() + static_cast<size_t>(s) * column_stride_;
      column_offsets_[s] = across_.tap(s).first * channels;
      int n = 0;
      for (int i = 0; i < across_.tap(s).count; i++)
        for (int c = 0; c < channels; c++) to[n++] = across_.weights(s)[i] * of_channel[c];
      while (n < column_stride_) to[n++] = 0.0f;
    }
  }
  slots_ = 1;
  for (int s = 0, open_from = 0; s < kSide; s++) {
    while (down_.tap(open_from).first + down_.tap(open_from).count <= down_.tap(s).first) open_from++;
    slots_ = larger(slots_, s - open_from + 1);
  }
  const size_t padded = static_cast<size_t>(length_) + column_stride_;
  if (sums_.size() < padded * slots_ && !sums_.allocate(padded * slots_)) return false;
  if (row_.size() < padded && !row_.allocate(padded)) return false;
  for (size_t i = length_; i < padded; i++) row_[i] = 0.0f;
  width_ = width;
  channels_ = channels;
  next_row_ = first_open_ = 0;
  for (bool& started : started_) started = false;
  return true;
}

void FastSampler::push(const uint8_t* rows, ptrdiff_t stride, int count) {
  const int end = next_row_ + count;
  for (int s = first_open_; s < kSide; s++) {
    const AxisFilter::Tap& tap = down_.tap(s);
    if (tap.first >= end) break;
    const int from = larger(tap.first, next_row_), to = smaller(tap.first + tap.count, end);
    add(s, rows + (from - next_row_) * stride, stride, from - tap.first, to - tap.first);
    if (tap.first + tap.count > end) continue;
    finish_row(s);
    first_open_ = s + 1;
  }
  next_row_ = end;
}

// Adds rows `from` up to `to` of the sample's window to its sums.
void FastSampler::add(int sample, const uint8_t* rows, ptrdiff_t stride, int from, int to) {
  uint32_t* sums = sums_.data() + static_cast<size_t>(sample % slots_) * length_;
  const bool whole = down_.tap(sample).whole;
  for (int i = from; i < to;) {
    const bool first = !started_[sample];
    started_[sample] = true;
    const uint32_t weight = down_.whole_weights()[i];
    if (whole && weight <= 257) {
      constexpr int kMost = 12;  // more rows at once than this outrun the prefetcher
      const uint8_t* group[kMost];
      uint16_t weights[kMost];
      int n = 0;
      for (uint32_t total = 0; i < to && n < kMost; i++, n++, rows += stride) {
        total += down_.whole_weights()[i];
        if (total > 257) break;
        group[n] = rows;
        weights[n] = static_cast<uint16_t>(down_.whole_weights()[i]);
      }
      kernels().add_rows(group, weights, n, length_, first, sums);
      continue;
    }
    if (whole) {
      for (int x = 0; x < length_; x++) sums[x] = (first ? 0 : sums[x]) + weight * rows[x];
    } else {
      float* floats = reinterpret_cast<float*>(sums);
      const float share = down_.weights(sample)[i];
      for (int x = 0; x < length_; x++) floats[x] = (first ? 0.0f : floats[x]) + share * static_cast<float>(rows[x]);
    }
    i++;
    rows += stride;
  }
}

void FastSampler::finish_row(int sample) {
  const uint32_t* sums = sums_.data() + static_cast<size_t>(sample % slots_) * length_;
  float scale = 1.0f;
  if (down_.tap(sample).whole) {
    kernels().to_float(sums, length_, row_.data());
    scale = 1.0f / (static_cast<float>(down_.window()) * static_cast<float>(down_.window()));
  } else {
    __builtin_memcpy(row_.data(), sums, sizeof(float) * length_);
  }
  kernels().sample_row(row_.data(), column_offsets_, column_weights_.data(), column_stride_, scale, samples_.at[sample]);
}

bool ColumnBox::begin(int width, int height) {
  width_ = width;
  height_ = height;
  window_ = (height + 127) / 128;
  in_ = out_ = 0;
  count_ = 0.0f;
  if (!sums_.allocate(width) || !last_rows_.allocate(static_cast<size_t>(window_) * width)) return false;
  for (int x = 0; x < width; x++) sums_[x] = 0.0f;
  return true;
}

bool ColumnBox::push(const float* row, float* means) {
  const int ahead = (window_ + 2) / 2 - 1;
  float* slot = last_rows_.data() + static_cast<size_t>(in_ % window_) * width_;
  if (in_ < window_) count_++;
  const bool writes = in_ >= ahead;
  kernels().box_step_down(row, in_ >= window_ ? slot : nullptr, width_, count_, sums_.data(), writes ? means : nullptr);
  __builtin_memcpy(slot, row, sizeof(float) * width_);
  in_++;
  if (writes) out_++;
  return writes;
}

bool ColumnBox::flush(float* means) {
  if (out_ == height_) return false;
  const int leaving = height_ - window_ + (out_ - (height_ - ((window_ + 2) / 2 - 1)));
  const float* slot = last_rows_.data() + static_cast<size_t>(leaving % window_) * width_;
  count_--;
  kernels().box_step_down(nullptr, slot, width_, count_, sums_.data(), means);
  out_++;
  return true;
}

bool ExactSampler::begin(int width, int height, int channels) {
  width_ = width;
  height_ = height;
  channels_ = channels;
  rows_in_ = lane_ = second_lane_ = rows_out_ = next_sample_ = 0;
  as_it_is_ = width == kSide && height == kSide;
  const size_t eight = static_cast<size_t>(width) * 8;
  if (!interleaved_.allocate(eight) || !blurred_.allocate(eight) || !rows_.allocate(eight) || !second_rows_.allocate(eight))
    return false;
  for (size_t i = 0; i < eight; i++) rows_[i] = second_rows_[i] = 0.0f;
  return first_.begin(width, height) && second_.begin(kSide, height);
}

void ExactSampler::push(const uint8_t* rows, ptrdiff_t stride, int count) {
  for (; count > 0; count--, rows += stride) {
    kernels().luma(rows, width_, channels_, rows_.data() + static_cast<size_t>(lane_++) * width_);
    rows_in_++;
    if (lane_ == 8 || rows_in_ == height_) blur_batch();
  }
}

void ExactSampler::blur_batch() {
  float* rows[8];
  for (int i = 0; i < 8; i++) rows[i] = rows_.data() + static_cast<size_t>(i) * width_;
  if (as_it_is_) {
    for (int i = 0; i < lane_; i++) __builtin_memcpy(samples_.at[rows_in_ - lane_ + i], rows[i], sizeof samples_.at[0]);
    lane_ = 0;
    return;
  }
  kernels().rows_to_interleaved(rows, width_, interleaved_.data());
  kernels().box_along_8_rows(interleaved_.data(), width_, (width_ + 127) / 128, blurred_.data());
  kernels().interleaved_to_rows(blurred_.data(), width_, rows);
  float* into = second_rows_.data();
  for (int i = 0; i < lane_; i++)
    if (first_.push(rows[i], into + static_cast<size_t>(second_lane_) * width_)) keep_blurred_row();
  lane_ = 0;
  if (rows_in_ < height_) return;
  while (first_.flush(into + static_cast<size_t>(second_lane_) * width_)) keep_blurred_row();
  if (second_lane_ > 0) blur_second_batch();
  float row[kSide];
  while (second_.flush(row)) keep_sample_row(row);
}

void ExactSampler::keep_blurred_row() {
  if (++second_lane_ == 8) blur_second_batch();
}

void ExactSampler::blur_second_batch() {
  const float* rows[8];
  for (int i = 0; i < 8; i++) rows[i] = second_rows_.data() + static_cast<size_t>(i) * width_;
  kernels().rows_to_interleaved(rows, width_, interleaved_.data());
  kernels().box_along_8_rows(interleaved_.data(), width_, (width_ + 127) / 128, blurred_.data());
  for (int i = 0; i < second_lane_; i++) {
    float sampled[kSide], means[kSide];
    for (int k = 0; k < kSide; k++) sampled[k] = blurred_[8 * static_cast<size_t>(sample_centre(k, width_)) + i];
    if (second_.push(sampled, means)) keep_sample_row(means);
  }
  second_lane_ = 0;
}

void ExactSampler::keep_sample_row(const float* row) {
  while (next_sample_ < kSide && sample_centre(next_sample_, height_) == rows_out_)
    __builtin_memcpy(samples_.at[next_sample_++], row, sizeof samples_.at[0]);
  rows_out_++;
}

namespace {

// The value a sort of 256 would put at 127. Reorders v.
float median_of(float* v) {
  constexpr int kAt = kDct * kDct / 2 - 1;
  int low = 0, high = kDct * kDct - 1;
  while (low < high) {
    const float pivot = v[(low + high) / 2];
    int i = low, j = high;
    while (i <= j) {
      while (v[i] < pivot) i++;
      while (pivot < v[j]) j--;
      if (i > j) break;
      const float t = v[i];
      v[i++] = v[j];
      v[j--] = t;
    }
    if (kAt <= j) {
      high = j;
    } else if (kAt >= i) {
      low = i;
    } else {
      break;
    }
  }
  return v[kAt];
}

// Mirroring a picture changes the sign of every odd frequency along that axis; turning swaps the axes as well. So four sign
// patterns and their transposes are the eight orientations.
enum SignPattern { as_is, both, along_y, along_x, pattern_count };

inline bool negated(SignPattern pattern, int i, int j) {
  switch (pattern) {
    case both: return ((i + j) & 1) != 0;
    case along_y: return (i & 1) == 0;
    case along_x: return (j & 1) == 0;
    default: return false;
  }
}

void write_bits(const bool (&set)[kDct][kDct], bool transposed, uint8_t* hash) {
  for (int i = 0; i < 32; i++) hash[i] = 0;
  for (int i = 0; i < kDct; i++)
    for (int j = 0; j < kDct; j++) {
      const int bit = 16 * i + j;
      hash[31 - bit / 8] |= static_cast<uint8_t>((transposed ? set[j][i] : set[i][j]) << bit % 8);
    }
}

// Whether no coefficient could change sides of the median if each were off by its noise. Where several tie with the median there are
// too few above it: noise would lift some of them.
bool settled(const float (&turned)[kDct][kDct], float median, const Noise& noise) {
  int above = 0;
  float highest_below = -1e30f, lowest_above = 1e30f;
  for (int i = 0; i < kDct; i++)
    for (int j = 0; j < kDct; j++) {
      const float off = noise.coefficients[smaller(i, j)], value = turned[i][j];
      if (value > median) {
        above++;
        lowest_above = value - off < lowest_above ? value - off : lowest_above;
      } else {
        highest_below = value + off > highest_below ? value + off : highest_below;
      }
    }
  return above == kDct * kDct / 2 && highest_below < lowest_above;
}

}  // namespace

bool finish(const Samples& samples, const Noise& noise, bool all_orientations, Pdq& out) {
  const bool exact = noise.gradients == 0.0f;
  const QualityBounds gradients = kernels().gradients(samples, noise.gradients);
  out.quality = smaller(100, gradients.lowest / 90);
  if (out.quality != smaller(100, gradients.highest / 90)) return false;

  Coefficients coefficients;
  kernels().dct(samples, coefficients);
  constexpr int kPlain[pattern_count] = {identity, rotate180, flip_x, flip_y};
  constexpr int kTransposed[pattern_count] = {transpose, antitranspose, rotate270, rotate90};
  for (int p = 0; p < (all_orientations ? pattern_count : 1); p++) {
    const auto pattern = static_cast<SignPattern>(p);
    float turned[kDct][kDct], sorted[kDct * kDct];
    for (int i = 0; i < kDct; i++)
      for (int j = 0; j < kDct; j++)
        turned[i][j] = negated(pattern, i, j) ? -coefficients.at[i][j] : coefficients.at[i][j];
    __builtin_memcpy(sorted, turned, sizeof sorted);
    const float median = median_of(sorted);
    if (!exact && !settled(turned, median, noise)) return false;
    bool set[kDct][kDct];
    for (int i = 0; i < kDct; i++)
      for (int j = 0; j < kDct; j++) set[i][j] = turned[i][j] > median;
    write_bits(set, false, out.hash[kPlain[p]]);
    if (all_orientations) write_bits(set, true, out.hash[kTransposed[p]]);
  }
  return true;
}

bool pdq_hash(const Pixels& picture, bool all_orientations, Pdq& out, PdqWay way) {
  const bool already_samples = picture.width == kSide && picture.height == kSide;
  if (way != PdqWay::exact_only && !already_samples) {
    // Kept between pictures of one size: its tables cost as much as hashing a small picture.
#if defined(HAALWEG_WIPE)
    FastSampler fast;  // its samples are a small copy of the picture
#elif defined(__wasm__)
    static FastSampler fast;
#else
    static thread_local FastSampler fast;
#endif
    if (!fast.begin(picture.width, picture.height, picture.channels)) return false;
    fast.push(picture.data, picture.stride, picture.height);
    const Noise noise = way == PdqWay::fast_only ? Noise{} : noise_of(picture.width, picture.height);
    if (finish(fast.samples(), noise, all_orientations, out)) return true;
  }
  ExactSampler exact;
  if (!exact.begin(picture.width, picture.height, picture.channels)) return false;
  exact.push(picture.data, picture.stride, picture.height);
  return finish(exact.samples(), Noise{}, all_orientations, out);
}

}  // namespace haalweg
