// What the JPEG readers share: the header, the entropy-coded bytes, Huffman codes. Strict throughout: what libjpeg would only
// warn about is refused here.
#pragma once
#include "haalweg/jpeg.hpp"

namespace haalweg::jpeg {

constexpr int kMostComponents = 3;

// A Huffman code as the file states it.
struct CodeBook {
  bool defined = false;
  uint8_t count_of_length[16];  // index 0: codes of one bit
  uint8_t symbols[256];
  int symbol_count = 0;

  bool operator==(const CodeBook& other) const;
};

struct Component {
  int id, across, down;  // blocks in a unit (JPEG's "MCU")
  int quantiser, dc_book, ac_book;
};

// One frame, one scan, 8 bits: grey, or YCbCr with one chroma block of each a unit.
struct Header {
  int width = 0, height = 0;
  int component_count = 0;
  Component components[kMostComponents];
  uint8_t quantisers[4][64];  // in the order of the file, zigzag
  bool quantiser_defined[4] = {};
  CodeBook dc_books[4], ac_books[4];
  int restart_interval = 0;  // units; 0: none
  const uint8_t* scan = nullptr;
  const uint8_t* end = nullptr;

  int unit_width() const { return 8 * components[0].across; }
  int unit_height() const { return 8 * components[0].down; }
  int units_across() const { return (width + unit_width() - 1) / unit_width(); }
  int units_down() const { return (height + unit_height() - 1) / unit_height(); }
};

bool read_header(const uint8_t* data, size_t size, Header& out);

// Bits from the front of a word; the reader's bytes follow it. Copied into a local while a row is decoded, so that it stays in registers.
struct Bits {
  uint64_t word = 0;  // the next bit is the highest
  int count = 0;      // how many of them are real
  const uint8_t* at = nullptr;

  // At least 56 bits afterwards.
  void fill() {
    uint64_t next;
    __builtin_memcpy(&next, at, sizeof next);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    next = __builtin_bswap64(next);
#endif
    word |= next >> count;
    at += (63 - count) >> 3;
    count |= 56;
  }
  uint32_t peek(int bits) const { return static_cast<uint32_t>(word >> (64 - bits)); }
  void drop(int bits) {
    word <<= bits;
    count -= bits;
  }
};

// The scan's bytes with the stuffing taken out, a few thousand at a time.
class ScanReader {
 public:
  ScanReader(const uint8_t* from, const uint8_t* end) : from_(from), end_(end) { bits.at = stop_ = bytes_; }

  Bits bits;

  // Call before each unit: makes sure that a whole one can be read. False where the data ended within the unit before.
  bool ready(Bits& now) { return stop_ - now.at >= kUnitBytes || more(now); }
  // After the last unit of an interval: nothing but padding may be left, then that marker. Begins the next interval.
  bool expect(uint8_t marker, Bits& now);

 private:
  // Six blocks of 64 symbols of at most 16 + 11 bits, and what `fill` reads ahead.
  static constexpr int kUnitBytes = 6 * 64 * 27 / 8 + 16;
  static constexpr int kKeptBytes = 8192;

  bool more(Bits& now);

  const uint8_t *from_, *end_, *stop_;
  bool ended_ = false;  // at a marker or the end of the data
  uint8_t marker_ = 0;
  uint8_t bytes_[kKeptBytes + 2 * kUnitBytes] = {};  // behind stop_ there is room to run on through one damaged unit
};

// Which symbol a code stands for.
class Decoder {
 public:
  bool build(const CodeBook& book);
  // Length of the code << 8 | symbol; 0: no such code. Looks at 16 bits.
  uint32_t look(const Bits& bits) const {
    const uint16_t quick = quick_[bits.peek(kQuickBits)];
    return quick != 0 ? quick : look_further(bits.peek(16));
  }

 private:
  static constexpr int kQuickBits = 9;
  uint32_t look_further(uint32_t next16) const;

  uint16_t quick_[1 << kQuickBits];
  uint32_t end_of_length_[17];  // the first code that is longer, left-aligned in 16 bits
  int symbol_offset_[17];
  uint8_t symbols_[256];
};

// A value of `size` bits as JPEG writes it: the lower half of the codes are the negative ones.
inline int extended(uint32_t code, int size) {
  const int value = static_cast<int>(code);
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

constexpr int kDcLargestSize = 11, kAcLargestSize = 10;
constexpr uint8_t kEndOfBlock = 0, kSixteenZeros = 0xF0;  // the two symbols without a value

}  // namespace haalweg::jpeg
