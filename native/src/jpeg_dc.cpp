#include "jpeg_internal.hpp"
#include "pdq_internal.hpp"

namespace haalweg {
namespace jpeg {
namespace {

// Steps over the 63 coefficients behind a block's first, as many whole symbols (code and value) at a look as fit.
class Skipper {
 public:
  bool build(const CodeBook& book) {
    if (book == book_) return true;
    book_.defined = false;
    if (!codes_.build(book)) return false;
    fill_table(book);
    book_ = book;
    return true;
  }

  // False: no such code, or a coefficient behind the last.
  bool skip_block(Bits& bits) const {
    int position = 1;
    for (;;) {
      bits.fill();
      for (int looks = 0; looks < 4; looks++) {  // 4 x 13 bits fit what is there after a fill
        const uint16_t entry = table_[bits.peek(kLookBits)];
        const int next = position + (entry >> kStepShift);
        if (next >= 64) {
          if (next == 64 || (next > kEnds && next < kEnds + 64)) {
            bits.drop(entry & kBitMask);
            return true;
          }
          bits.fill();
          if (!skip_symbol(bits, position)) return false;
          if (position >= 64) return position == 64;
          break;
        }
        bits.drop(entry & kBitMask);
        position = next;
      }
    }
  }

 private:
  // An entry: how many bits, how many coefficients further << 6. Ends: the block ends there. Unknown: look closer.
  static constexpr int kLookBits = 13, kBitMask = 63, kStepShift = 6, kEnds = 128, kUnknown = 512;

  // One symbol, whatever its length.
  bool skip_symbol(Bits& bits, int& position) const {
    const uint32_t code = codes_.look(bits);
    const int length = static_cast<int>(code >> 8), run = code >> 4 & 15, size = code & 15;
    if (length == 0 || size > kAcLargestSize) return false;
    bits.drop(length + size);
    if (size == 0 && run == 0) {
      position = 64;
    } else if (size == 0 && run != 15) {
      return false;
    } else {
      position += run + 1;
    }
    return true;
  }

  // What follows a symbol within the look's bits is the table of so many bits fewer: so the tables of 1, 2, ... bits are made in
  // turn, each from copies of the shorter ones.
  void fill_table(const CodeBook& book) {
    uint16_t shorter[1 << kLookBits];  // the table of k bits begins at 1 << k
    shorter[1] = 0;
    for (int bits = 1; bits <= kLookBits; bits++) {
      uint16_t* table = bits < kLookBits ? shorter + (1 << bits) : table_;
      for (int i = 0; i < 1 << bits; i++) table[i] = kUnknown << kStepShift;
      uint32_t code = 0;
      for (int length = 1, at = 0; length <= bits; length++, code <<= 1)
        for (int i = 0; i < book.count_of_length[length - 1]; i++, code++, at++)
          add_symbol(book.symbols[at], length, bits, shorter, table + (static_cast<size_t>(code) << (bits - length)));
    }
  }

  static void add_symbol(uint8_t symbol, int length, int bits, const uint16_t* shorter, uint16_t* to) {
    const int run = symbol >> 4, size = symbol & 15, used = length + size;
    if (used > bits || size > kAcLargestSize || (size == 0 && run != 0 && run != 15)) return;
    if (symbol == 0) {
      for (int i = 0; i < 1 << (bits - length); i++) to[i] = static_cast<uint16_t>(length | kEnds << kStepShift);
      return;
    }
    const auto step = static_cast<uint16_t>(used | (run + 1) << kStepShift);
    const uint16_t* rest = shorter + (1 << (bits - used));
    for (int value = 0; value < 1 << size; value++)
      for (int i = 0; i < 1 << (bits - used); i++) {
        // An unknown rest, or one that leads too far for the entry's field: the symbol stands alone.
        const bool joins = (rest[i] >> kStepShift & ~kEnds) + run + 1 < 64;
        *to++ = joins ? static_cast<uint16_t>(step + rest[i]) : step;
      }
  }

  CodeBook book_;
  Decoder codes_;
  uint16_t table_[1 << kLookBits];
};

// The full-size filter of one axis, laid over blocks of eight pixels.
class BlockFilter {
 public:
  bool plan(int length) {
    if (length == length_) return true;
    length_ = 0;
    AxisFilter pixels;
    if (!pixels.plan(length)) return false;
    stride_ = pixels.reach() / 8 + 2;
    if (!weights_.allocate(static_cast<size_t>(kSide) * stride_)) return false;
    for (int s = 0; s < kSide; s++) {
      const AxisFilter::Tap& tap = pixels.tap(s);
      first_[s] = tap.first / 8;
      count_[s] = (tap.first + tap.count - 1) / 8 - first_[s] + 1;
      float* w = weights_.data() + static_cast<size_t>(s) * stride_;
      for (int i = 0; i < stride_; i++) w[i] = 0.0f;
      for (int i = 0; i < tap.count; i++) w[(tap.first + i) / 8 - first_[s]] += pixels.weights(s)[i];
    }
    length_ = length;
    return true;
  }
  int first(int sample) const { return first_[sample]; }
  int count(int sample) const { return count_[sample]; }
  const float* weights(int sample) const { return weights_.data() + static_cast<size_t>(sample) * stride_; }

 private:
  int length_ = 0, stride_ = 0, first_[kSide], count_[kSide];
  Buffer<float> weights_;
};

// Rows of block means in, samples out.
class BlockSampler {
 public:
  bool begin(int width, int height, int blocks_across) {
    blocks_across_ = blocks_across;
    next_row_ = first_open_ = 0;
    if (!across_.plan(width) || !down_.plan(height)) return false;
    const size_t size = static_cast<size_t>(kSide) * blocks_across;
    if (sums_.size() < size && !sums_.allocate(size)) return false;
    for (size_t i = 0; i < size; i++) sums_[i] = 0.0f;
    return true;
  }

  void push(const float* means) {
    for (int s = first_open_; s < kSide && down_.first(s) <= next_row_; s++) {
      const int row = next_row_ - down_.first(s);
      float* sums = sums_.data() + static_cast<size_t>(s) * blocks_across_;
      const float weight = down_.weights(s)[row];
      for (int x = 0; x < blocks_across_; x++) sums[x] += weight * means[x];
      if (row + 1 < down_.count(s)) continue;
      finish_row(s, sums);
      first_open_ = s + 1;
    }
    next_row_++;
  }

  const Samples& samples() const { return samples_; }

 private:
  void finish_row(int sample, const float* sums) {
    for (int k = 0; k < kSide; k++) {
      float sum = 0.0f;
      for (int i = 0; i < across_.count(k); i++) sum += across_.weights(k)[i] * sums[across_.first(k) + i];
      samples_.at[sample][k] = sum;
    }
  }

  BlockFilter across_, down_;
  int blocks_across_ = 0, next_row_ = 0, first_open_ = 0;
  Buffer<float> sums_;
  Samples samples_;
};

// The luminance means of a scan, one row of units at a time.
class DcReader {
 public:
  // The tables and filters are kept between pictures, since most files use the same few. They hold nothing of a picture.
  struct Kept {
    Decoder dc[4];
    CodeBook dc_books[4];
    Skipper ac[4];
    BlockSampler sampler;
  };

  DcReader(const Header& header, Kept& kept) : header_(header), kept_(kept), scan_(header.scan, header.end) {}

  bool run() {
    const int down = header_.components[0].down;
    blocks_across_ = header_.units_across() * header_.components[0].across;
    if (!prepare_tables() || !means_.allocate(static_cast<size_t>(down) * blocks_across_)) return false;
    if (!kept_.sampler.begin(header_.width, header_.height, blocks_across_)) return false;
    until_restart_ = header_.restart_interval;
    const int block_rows = (header_.height + 7) / 8;
    for (int y = 0; y < header_.units_down(); y++) {
      if (!(header_.component_count == 1 ? read_row<1, 1, 1>() : read_row_of_colours())) return false;
      for (int i = 0; i < down && y * down + i < block_rows; i++)
        kept_.sampler.push(means_.data() + static_cast<size_t>(i) * blocks_across_);
    }
    return scan_.expect(0xD9, scan_.bits);
  }

 private:
  bool prepare_tables() {
    for (int c = 0; c < header_.component_count; c++) {
      const Component& component = header_.components[c];
      const CodeBook& book = header_.dc_books[component.dc_book];
      CodeBook& kept = kept_.dc_books[component.dc_book];
      if (!(book == kept)) {
        kept.defined = false;
        if (!kept_.dc[component.dc_book].build(book)) return false;
        kept = book;
      }
      if (!kept_.ac[component.ac_book].build(header_.ac_books[component.ac_book])) return false;
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
    const float step = static_cast<float>(header_.quantisers[header_.components[0].quantiser][0]) / 8.0f;
    const Decoder& luminance_dc = kept_.dc[header_.components[0].dc_book];
    const Skipper& luminance_ac = kept_.ac[header_.components[0].ac_book];
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
          means_[static_cast<size_t>(v) * blocks_across_ + x + h] = mean_of(static_cast<float>(luminance_) * step);
          if (!luminance_ac.skip_block(bits)) return false;
        }
      for (int c = 1; c < components; c++) {
        bits.fill();
        const uint32_t code = kept_.dc[header_.components[c].dc_book].look(bits);
        const int length = static_cast<int>(code >> 8), size = code & 255;
        if (length == 0 || size > kDcLargestSize) return false;
        bits.drop(length + size);
        if (!kept_.ac[header_.components[c].ac_book].skip_block(bits)) return false;
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

  static float mean_of(float offset) {
    const float mean = 128.0f + offset;
    return mean < 0.0f ? 0.0f : mean > 255.0f ? 255.0f : mean;
  }

  const Header& header_;
  Kept& kept_;
  ScanReader scan_;
  Buffer<float> means_;
  int blocks_across_ = 0, luminance_ = 0, until_restart_ = 0, next_restart_ = 0;
};

}  // namespace
}  // namespace jpeg

bool jpeg_hash_dc(const uint8_t* data, size_t size, bool all_orientations, Pdq& out) {
  jpeg::Header header;
  if (!jpeg::read_header(data, size, header)) return false;
  if (header.width < kJpegDcSmallestSide || header.height < kJpegDcSmallestSide) return false;
  static thread_local jpeg::DcReader::Kept kept;
  if (!jpeg::DcReader(header, kept).run()) return false;
  return finish(kept.sampler.samples(), Noise{}, all_orientations, out);
}

}  // namespace haalweg
