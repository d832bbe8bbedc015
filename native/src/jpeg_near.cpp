#include "haalweg/isa.hpp"
#include "jpeg_internal.hpp"
#include "jpeg_kernels.hpp"
#include "pdq_internal.hpp"

namespace haalweg {
namespace jpeg {

const Kernels& kernels() {
#if defined(HAALWEG_HAS_AVX2)
  if (isa() == Isa::avx2) return avx2::kKernels;
#endif
  return baseline::kKernels;
}

namespace {

// How much of a luminance block is read: the first diagonals of the zigzag, as many values as they hold. The rest is stepped over:
// PDQ's blur leaves next to nothing of it, the less the larger the picture.
struct Detail {
  int diagonals;
  int kept;   // their values
  int lanes;  // the room of a block in a row of them: the power of two that holds them
};

constexpr Detail detail_of(int shorter_side) {
  if (shorter_side < 768) return {5, 15, 16};
  if (shorter_side < 960) return {4, 10, 16};
  if (shorter_side < 2048) return {3, 6, 8};
  return {2, 3, 4};
}

// Of the bits that could have been turned by what was stepped over, about a third is. More than this is left to the decoder: grass
// and gravel sharp to the pixel, noise, and pictures that repeat themselves.
constexpr int kMostBitsAtRisk = 6;

// The 63 coefficients behind a block's first: reads those that are kept, steps over the others, as many whole symbols (code and
// value) at a look as fit.
class BlockReader {
 public:
  bool build(const CodeBook& book) {
    if (book == book_) return true;
    book_.defined = false;
    if (!codes_.build(book)) return false;
    fill_values(book);
    fill_steps(book);
    book_ = book;
    return true;
  }

  // Writes to block[1] up to block[kept - 1] what is not zero. False: no such code, or a coefficient behind the last.
  bool read_block(Bits& bits, int kept, int16_t* block) const {
    int position = 1;
    while (position < kept) {
      bits.fill();
      for (int looks = 0; looks < 5; looks++) {  // 5 x 11 bits fit what is there after a fill
        const uint32_t entry = values_[bits.peek(kValueBits)];
        const int next = position + static_cast<int>(entry >> kAdvanceShift & kAdvanceMask);
        if (next < kept) {
          bits.drop(entry & kUsedMask);
          block[next - 1] = static_cast<int16_t>(entry >> kValueShift);
          position = next;
          continue;
        }
        if (next >= kUnknown) {
          bits.fill();
          const Symbol symbol = next_symbol(bits, position);
          if (symbol.next > 64) return symbol.next == kBlockEnds;
          if (symbol.next <= kept) block[symbol.next - 1] = static_cast<int16_t>(symbol.value);
          position = symbol.next;
          break;
        }
        bits.drop(entry & kUsedMask);
        if (next >= kBlockEnds) return true;
        if (next == kept) block[next - 1] = static_cast<int16_t>(entry >> kValueShift);
        position = next;
        break;
      }
    }
    return skip_block(bits, position);
  }

  // From that position on nothing is kept.
  bool skip_block(Bits& bits, int position) const {
    for (;;) {
      bits.fill();
      for (int looks = 0; looks < 4; looks++) {  // 4 x 12 bits fit
        const uint16_t entry = steps_[bits.peek(kStepBits)];
        const int next = position + (entry >> kStepShift);
        if (next >= 64) {
          if (next == 64 || (next > kStepEnds && next < kStepEnds + 64)) {
            bits.drop(entry & kStepMask);
            return true;
          }
          bits.fill();
          position = next_symbol(bits, position).next;
          if (position >= 64) return position == 64 || position == kBlockEnds;
          break;
        }
        bits.drop(entry & kStepMask);
        position = next;
      }
    }
  }

 private:
  // An entry of the values: how many bits, how many coefficients further << 5, the value << 16.
  static constexpr int kValueBits = 11, kUsedMask = 31, kAdvanceShift = 5, kAdvanceMask = 1023, kValueShift = 16;
  static constexpr int kBlockEnds = 128, kUnknown = 512;  // as an advance
  // An entry of the steps, of one symbol or more: how many bits, how many coefficients further << 6.
  static constexpr int kStepBits = 12, kStepMask = 63, kStepShift = 6, kStepEnds = 128, kStepUnknown = 512;

  struct Symbol {
    int next, value;
  };

  // One symbol, whatever its length. Next: the position behind it, kBlockEnds, or kUnknown where there is no such symbol.
  Symbol next_symbol(Bits& bits, int position) const {
    const uint32_t code = codes_.look(bits);
    const int length = static_cast<int>(code >> 8), run = code >> 4 & 15, size = code & 15;
    if (length == 0 || !is_symbol(code & 255)) return {kUnknown, 0};
    bits.drop(length);
    if (size == 0) return {run == 0 ? kBlockEnds : position + run + 1, 0};
    const int value = extended(bits.peek(size), size);
    bits.drop(size);
    return {position + run + 1, value};
  }

  static bool is_symbol(uint32_t symbol) {
    return (symbol & 15) <= kAcLargestSize && ((symbol & 15) != 0 || symbol == kEndOfBlock || symbol == kSixteenZeros);
  }

  void fill_values(const CodeBook& book) {
    for (uint32_t& entry : values_) entry = kUnknown << kAdvanceShift;
    uint32_t code = 0;
    for (int length = 1, at = 0; length <= kValueBits; length++, code <<= 1)
      for (int i = 0; i < book.count_of_length[length - 1]; i++, code++, at++) {
        const uint32_t symbol = book.symbols[at];
        const int size = symbol & 15, free_bits = kValueBits - length - size;
        if (free_bits < 0 || !is_symbol(symbol)) continue;
        const uint32_t advance = symbol == kEndOfBlock ? kBlockEnds : (symbol >> 4) + 1;
        uint32_t* to = values_ + (static_cast<size_t>(code) << (kValueBits - length));
        for (uint32_t v = 0; v < 1u << size; v++) {
          const auto value = static_cast<uint16_t>(size == 0 ? 0 : extended(v, size));
          for (int k = 0; k < 1 << free_bits; k++) *to++ = uint32_t{value} << kValueShift | advance << kAdvanceShift | (length + size);
        }
      }
  }

  // What follows a symbol within the look's bits is the table of so many bits fewer: so the tables of 1, 2, ... bits are made in
  // turn, each from copies of the shorter ones.
  void fill_steps(const CodeBook& book) {
    uint16_t shorter[1 << kStepBits];  // the table of k bits begins at 1 << k
    shorter[1] = 0;
    for (int bits = 1; bits <= kStepBits; bits++) {
      uint16_t* table = bits < kStepBits ? shorter + (1 << bits) : steps_;
      for (int i = 0; i < 1 << bits; i++) table[i] = kStepUnknown << kStepShift;
      uint32_t code = 0;
      for (int length = 1, at = 0; length <= bits; length++, code <<= 1)
        for (int i = 0; i < book.count_of_length[length - 1]; i++, code++, at++)
          add_symbol(book.symbols[at], length, bits, shorter, table + (static_cast<size_t>(code) << (bits - length)));
    }
  }

  static void add_symbol(uint8_t symbol, int length, int bits, const uint16_t* shorter, uint16_t* to) {
    const int run = symbol >> 4, size = symbol & 15, used = length + size;
    if (used > bits || !is_symbol(symbol)) return;
    if (symbol == kEndOfBlock) {
      for (int i = 0; i < 1 << (bits - length); i++) to[i] = static_cast<uint16_t>(length | kStepEnds << kStepShift);
      return;
    }
    const auto step = static_cast<uint16_t>(used | (run + 1) << kStepShift);
    const uint16_t* rest = shorter + (1 << (bits - used));
    for (int value = 0; value < 1 << size; value++)
      for (int i = 0; i < 1 << (bits - used); i++) {
        // An unknown rest, or one that leads too far for the entry's field: the symbol stands alone.
        const bool joins = (rest[i] >> kStepShift & ~kStepEnds) + run + 1 < 64;
        *to++ = joins ? static_cast<uint16_t>(step + rest[i]) : step;
      }
  }

  CodeBook book_;
  Decoder codes_;
  uint32_t values_[1 << kValueBits];
  uint16_t steps_[1 << kStepBits];
};

// Where the first values of the zigzag lie.
constexpr int kAcross[15] = {0, 1, 0, 0, 1, 2, 3, 2, 1, 0, 0, 1, 2, 3, 4}, kDown[15] = {0, 0, 1, 2, 1, 0, 0, 1, 2, 3, 4, 3, 2, 1, 0};

// cos(pi * m / 16) / 2, m = 0..8.
constexpr float kHalfCosine[9] = {0.5f,         0.490392640f, 0.461939766f, 0.415734806f, 0.353553391f,
                                  0.277785117f, 0.191341716f, 0.0975451610f, 0.0f};

// Pixel x of a block that holds nothing but the coefficient of that frequency.
constexpr float wave(int frequency, int x) {
  if (frequency == 0) return 0.353553391f;
  int angle = (2 * x + 1) * frequency % 32;
  if (angle > 16) angle = 32 - angle;
  return angle <= 8 ? kHalfCosine[angle] : -kHalfCosine[16 - angle];
}

// The full-size filter of one axis, laid over the coefficients of blocks of eight pixels.
class BlockFilter {
 public:
  static constexpr int kFrequencies = 8;

  bool plan(int length) {
    if (length == length_) return true;
    length_ = 0;
    AxisFilter pixels;
    if (!pixels.plan(length)) return false;
    most_ = pixels.reach() / 8 + 2;
    if (!weights_.allocate(static_cast<size_t>(kSide) * most_ * kFrequencies)) return false;
    for (int s = 0; s < kSide; s++) {
      const AxisFilter::Tap& tap = pixels.tap(s);
      first_[s] = tap.first / 8;
      count_[s] = (tap.first + tap.count - 1) / 8 - first_[s] + 1;
      float* w = weights_.data() + static_cast<size_t>(s) * most_ * kFrequencies;
      for (int i = 0; i < most_ * kFrequencies; i++) w[i] = 0.0f;
      for (int i = 0; i < tap.count; i++) {
        const int x = tap.first + i, block = x / 8 - first_[s];
        for (int f = 0; f < kFrequencies; f++) w[block * kFrequencies + f] += pixels.weights(s)[i] * wave(f, x % 8);
      }
    }
    for (int f = 0; f < kFrequencies; f++) {
      gains_[f] = 0.0f;
      for (int i = 0; i < kSide * most_; i++) gains_[f] += weights_[i * kFrequencies + f] * weights_[i * kFrequencies + f] / kSide;
    }
    length_ = length;
    return true;
  }
  int length() const { return length_; }
  // How much of a frequency's energy is left in a sample, on average.
  float gain(int frequency) const { return gains_[frequency]; }
  int most() const { return most_; }  // blocks under a sample
  int first(int sample) const { return first_[sample]; }
  int count(int sample) const { return count_[sample]; }
  // By frequency, of the sample's block of that number.
  const float* weights(int sample, int block) const {
    return weights_.data() + (static_cast<size_t>(sample) * most_ + block) * kFrequencies;
  }

 private:
  int length_ = 0, most_ = 0, first_[kSide], count_[kSide];
  float gains_[kFrequencies];
  Buffer<float> weights_;
};

// Rows of blocks in, samples out. They are those of the picture less 128, which neither the bits nor the quality see.
class BlockSampler {
 public:
  bool begin(int width, int height, int blocks_across, Detail detail, const uint8_t* quantisers) {
    const bool planned = width == across_.length() && detail.lanes == detail_.lanes && detail.kept == detail_.kept;
    detail_ = detail;
    quantisers_ = quantisers;
    energy_ = 0.0f;
    energy_count_ = 0;
    next_row_ = first_open_ = 0;
    row_length_ = blocks_across * detail.lanes;
    if (!across_.plan(width) || !down_.plan(height)) return false;
    if (!planned && !plan_row()) return false;
    const size_t size = static_cast<size_t>(kSide) * stride();
    if (sums_.size() < size && !sums_.allocate(size)) return false;
    for (size_t i = 0; i < size; i++) sums_[i] = 0.0f;
    return true;
  }

  void push(const int16_t* blocks) {
    if (next_row_ % kRowsPerEnergy == 0) add_energy(blocks);
    for (int s = first_open_; s < kSide && down_.first(s) <= next_row_; s++) {
      const int row = next_row_ - down_.first(s);
      float* sums = sums_.data() + static_cast<size_t>(s) * stride();
      float weights[kMostLanes];
      for (int lane = 0; lane < kMostLanes; lane++) {
        const int k = lane % detail_.lanes;
        if (k == 0) weights[lane] = down_.weights(s, row)[0];
        else weights[lane] = k < detail_.kept ? down_.weights(s, row)[kDown[k]] * static_cast<float>(quantisers_[k]) : 0.0f;
      }
      kernels().add_blocks(blocks, weights, row_length_, sums);
      if (row + 1 < down_.count(s)) continue;
      haalweg::kernels().sample_row(sums, offsets_, row_weights_.data(), row_stride_, 1.0f, samples_.at[s]);
      first_open_ = s + 1;
    }
    next_row_++;
  }

  const Samples& samples() const { return samples_; }

  // The bits that what was stepped over could turn. Taken to be as strong as the last diagonal that was read, it moves a coefficient
  // of the hash by `off`, more or less.
  int bits_at_risk(const Pdq& pdq) const {
    float gain = 0.0f;
    for (int v = 0; v < BlockFilter::kFrequencies; v++)
      for (int u = 0; u < BlockFilter::kFrequencies; u++)
        if (u + v >= detail_.diagonals) gain += across_.gain(u) * down_.gain(v);
    const float off = __builtin_sqrtf(gain * energy_ / static_cast<float>(energy_count_));
    Coefficients coefficients;
    haalweg::kernels().dct(samples_, coefficients);
    const float* values = &coefficients.at[0][0];
    float median = -1e30f;  // the largest value whose bit is not set
    for (int i = 0; i < kDct * kDct; i++)
      if ((pdq.hash[identity][31 - i / 8] >> i % 8 & 1) == 0 && values[i] > median) median = values[i];
    int count = 0;
    for (int i = 0; i < kDct * kDct; i++) count += values[i] > median - off && values[i] < median + off;
    return count;
  }

 private:
  static constexpr int kRowsPerEnergy = 4;

  void add_energy(const int16_t* blocks) {
    for (int i = 0; i < row_length_; i += detail_.lanes)
      for (int k = detail_.kept - detail_.diagonals; k < detail_.kept; k++) {
        const float value = static_cast<float>(blocks[i + k]) * static_cast<float>(quantisers_[k]);
        energy_ += value * value;
        energy_count_++;
      }
  }

  bool plan_row() {
    const int lanes = detail_.lanes;
    row_stride_ = (across_.most() * lanes + 7) / 8 * 8;
    if (!row_weights_.allocate(static_cast<size_t>(kSide) * row_stride_)) {
      detail_.lanes = 0;
      return false;
    }
    for (int s = 0; s < kSide; s++) {
      offsets_[s] = across_.first(s) * lanes;
      float* to = row_weights_.data() + static_cast<size_t>(s) * row_stride_;
      for (int i = 0; i < row_stride_; i++) {
        const int block = i / lanes, k = i % lanes;
        to[i] = block < across_.count(s) && k < detail_.kept ? across_.weights(s, block)[kAcross[k]] : 0.0f;
      }
    }
    return true;
  }

  // Behind a row there is room for the zero weights of its last sample.
  size_t stride() const { return static_cast<size_t>(row_length_) + row_stride_; }

  Detail detail_{0, 0, 0};
  float energy_ = 0.0f;
  int energy_count_ = 0;
  const uint8_t* quantisers_ = nullptr;
  BlockFilter across_, down_;
  int row_length_ = 0, row_stride_ = 0, next_row_ = 0, first_open_ = 0, offsets_[kSide];
  Buffer<float> row_weights_, sums_;
  Samples samples_;
};

// The luminance of a scan as far as it is kept, one row of units at a time.
class NearReader {
 public:
  // Kept between pictures, since most files use the same few tables and filters. They hold nothing of a picture.
  struct Tables {
    Decoder dc[4];
    CodeBook dc_books[4];
    BlockReader ac[4];
    BlockSampler sampler;
  };

  NearReader(const Header& header, Tables& tables)
      : header_(header), tables_(tables), scan_(header.scan, header.end),
        detail_(detail_of(header.width < header.height ? header.width : header.height)) {}

  bool run() {
    const Component& luminance = header_.components[0];
    blocks_across_ = header_.units_across() * luminance.across;
    if (!prepare_tables()) return false;
    const size_t row = static_cast<size_t>(blocks_across_) * detail_.lanes, size = row * luminance.down;
    if (!blocks_.allocate(size)) return false;
    const uint8_t* quantisers = header_.quantisers[luminance.quantiser];
    if (!tables_.sampler.begin(header_.width, header_.height, blocks_across_, detail_, quantisers)) return false;
    until_restart_ = header_.restart_interval;
    const int block_rows = (header_.height + 7) / 8;
    for (int y = 0; y < header_.units_down(); y++) {
      for (size_t i = 0; i < size; i++) blocks_[i] = 0;
      if (!(header_.component_count == 1 ? read_row<1, 1, 1>() : read_row_of_colours())) return false;
      for (int i = 0; i < luminance.down && y * luminance.down + i < block_rows; i++) tables_.sampler.push(blocks_.data() + row * i);
    }
    return scan_.expect(0xD9, scan_.bits);
  }

 private:
  bool prepare_tables() {
    for (int c = 0; c < header_.component_count; c++) {
      const Component& component = header_.components[c];
      const CodeBook& book = header_.dc_books[component.dc_book];
      CodeBook& built = tables_.dc_books[component.dc_book];
      if (!(book == built)) {
        built.defined = false;
        if (!tables_.dc[component.dc_book].build(book)) return false;
        built = book;
      }
      if (!tables_.ac[component.ac_book].build(header_.ac_books[component.ac_book])) return false;
    }
    return true;
  }

  bool read_row_of_colours() {
    const Component& luminance = header_.components[0];
    if (luminance.across == 2) return luminance.down == 2 ? read_row<3, 2, 2>() : read_row<3, 2, 1>();
    return luminance.down == 2 ? read_row<3, 1, 2>() : read_row<3, 1, 1>();
  }

  template <int components, int across, int down>
  bool read_row() {
    Bits bits = scan_.bits;
    const int step = header_.quantisers[header_.components[0].quantiser][0];
    const Decoder& luminance_dc = tables_.dc[header_.components[0].dc_book];
    const BlockReader& luminance_ac = tables_.ac[header_.components[0].ac_book];
    for (int x = 0; x < blocks_across_; x += across) {
      if (!at_unit(bits) || !scan_.ready(bits)) return false;
      for (int v = 0; v < down; v++)
        for (int h = 0; h < across; h++) {
          bits.fill();
          const uint32_t code = luminance_dc.look(bits);
          const int length = static_cast<int>(code >> 8), size = code & 255;
          if (length == 0 || size > kDcLargestSize) return false;
          bits.drop(length);
          if (size > 0) {
            luminance_ += extended(bits.peek(size), size);
            bits.drop(size);
          }
          if (luminance_ < -(1 << 15) || luminance_ >= 1 << 15) return false;
          int16_t* block = blocks_.data() + (static_cast<size_t>(v) * blocks_across_ + x + h) * detail_.lanes;
          block[0] = brightness_of(luminance_ * step);
          if (!luminance_ac.read_block(bits, detail_.kept, block)) return false;
        }
      for (int c = 1; c < components; c++) {
        bits.fill();
        const uint32_t code = tables_.dc[header_.components[c].dc_book].look(bits);
        const int length = static_cast<int>(code >> 8), size = code & 255;
        if (length == 0 || size > kDcLargestSize) return false;
        bits.drop(length + size);
        if (!tables_.ac[header_.components[c].ac_book].skip_block(bits, 1)) return false;
      }
    }
    scan_.bits = bits;
    return true;
  }

  // At the end of each restart interval its numbered marker stands, and the differences begin anew.
  bool at_unit(Bits& bits) {
    if (header_.restart_interval == 0) return true;
    if (until_restart_-- > 0) return true;
    until_restart_ = header_.restart_interval - 1;
    luminance_ = 0;
    const auto marker = static_cast<uint8_t>(0xD0 | next_restart_);
    next_restart_ = (next_restart_ + 1) & 7;
    return scan_.expect(marker, bits);
  }

  // Eight times a block's mean less 128; no picture is darker than black or brighter than white.
  static int16_t brightness_of(int value) { return static_cast<int16_t>(value < -1024 ? -1024 : value > 1016 ? 1016 : value); }

  const Header& header_;
  Tables& tables_;
  ScanReader scan_;
  Detail detail_;
  Buffer<int16_t> blocks_;
  int blocks_across_ = 0, luminance_ = 0, until_restart_ = 0, next_restart_ = 0;
};

}  // namespace
}  // namespace jpeg

bool jpeg_hash_near(const uint8_t* data, size_t size, bool all_orientations, Pdq& out) {
  jpeg::Header header;
  if (!jpeg::read_header(data, size, header)) return false;
  if (header.width < kJpegNearSmallestSide || header.height < kJpegNearSmallestSide) return false;
  static thread_local jpeg::NearReader::Tables tables;
  if (!jpeg::NearReader(header, tables).run()) return false;
  return finish(tables.sampler.samples(), Noise{}, all_orientations, out) && tables.sampler.bits_at_risk(out) <= jpeg::kMostBitsAtRisk;
}

}  // namespace haalweg
