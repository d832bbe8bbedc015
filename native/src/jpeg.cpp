#include <string.h>

#include "jpeg_internal.hpp"

namespace haalweg::jpeg {
namespace {

enum Marker : uint8_t {
  kBaseline = 0xC0,
  kExtended = 0xC1,
  kHuffman = 0xC4,
  kStart = 0xD8,
  kScan = 0xDA,
  kQuantisers = 0xDB,
  kRestart = 0xDD,
  kApp0 = 0xE0,
  kAdobe = 0xEE,
  kApp15 = 0xEF,
  kComment = 0xFE
};

inline int word_at(const uint8_t* p) { return p[0] << 8 | p[1]; }

// One marker segment at a time.
class HeaderReader {
 public:
  HeaderReader(const uint8_t* data, size_t size, Header& out) : at_(data), end_(data + size), header_(out) {}

  bool read() {
    if (end_ - at_ < 2 || at_[0] != 0xFF || at_[1] != kStart) return false;
    at_ += 2;
    for (;;) {
      if (end_ - at_ < 4 || *at_ != 0xFF) return false;
      while (at_ < end_ && *at_ == 0xFF) at_++;
      if (end_ - at_ < 3) return false;
      const uint8_t marker = *at_++;
      const int length = word_at(at_);
      if (length < 2 || length > end_ - at_) return false;
      const uint8_t *from = at_ + 2, *to = at_ + length;
      at_ = to;
      if (marker == kScan) return scan(from, to);
      if (!segment(marker, from, to)) return false;
    }
  }

 private:
  bool segment(uint8_t marker, const uint8_t* from, const uint8_t* to) {
    switch (marker) {
      case kBaseline:
      case kExtended: return frame(from, to);
      case kHuffman: return code_books(from, to);
      case kQuantisers: return quantisers(from, to);
      case kRestart:
        if (to - from != 2) return false;
        header_.restart_interval = word_at(from);
        return true;
      case kAdobe: return adobe(from, to);
      default: return (marker >= kApp0 && marker <= kApp15) || marker == kComment;
    }
  }

  bool adobe(const uint8_t* from, const uint8_t* to) {
    if (to - from < 12 || memcmp(from, "Adobe", 5) != 0) return true;
    adobe_seen_ = true;
    adobe_transform_ = from[11];
    return true;
  }

  bool frame(const uint8_t* from, const uint8_t* to) {
    if (header_.component_count != 0 || to - from < 6 || from[0] != 8) return false;
    const int count = from[5];
    if ((count != 1 && count != 3) || to - from != 6 + 3 * count) return false;
    header_.height = word_at(from + 1);
    header_.width = word_at(from + 3);
    if (header_.width == 0 || header_.height == 0) return false;
    for (int c = 0; c < count; c++) {
      const uint8_t* p = from + 6 + 3 * c;
      Component& component = header_.components[c];
      component = {p[0], p[1] >> 4, p[1] & 15, p[2], 0, 0};
      if (component.quantiser > 3) return false;
      for (int before = 0; before < c; before++)
        if (header_.components[before].id == component.id) return false;
    }
    header_.component_count = count;
    Component& first = header_.components[0];
    if (count == 1) {
      if (first.across < 1 || first.across > 4 || first.down < 1 || first.down > 4) return false;
      first.across = first.down = 1;  // a scan of one component has units of one block
      return true;
    }
    for (int c = 1; c < count; c++)
      if (header_.components[c].across != 1 || header_.components[c].down != 1) return false;
    return (first.across == 1 || first.across == 2) && (first.down == 1 || first.down == 2);
  }

  bool code_books(const uint8_t* from, const uint8_t* to) {
    while (from < to) {
      if (to - from < 17) return false;
      const int kind = from[0] >> 4, slot = from[0] & 15;
      if (kind > 1 || slot > 3) return false;
      CodeBook& book = (kind == 0 ? header_.dc_books : header_.ac_books)[slot];
      memcpy(book.count_of_length, from + 1, 16);
      book.symbol_count = 0;
      for (int count : book.count_of_length) book.symbol_count += count;
      from += 17;
      if (book.symbol_count > 256 || book.symbol_count > to - from) return false;
      memset(book.symbols, 0, sizeof book.symbols);
      memcpy(book.symbols, from, book.symbol_count);
      book.defined = true;
      from += book.symbol_count;
    }
    return true;
  }

  bool quantisers(const uint8_t* from, const uint8_t* to) {
    for (; from < to; from += 65) {
      if (to - from < 65 || from[0] > 3) return false;  // above 3: 16-bit values, or no such slot
      for (int i = 1; i <= 64; i++)
        if (from[i] == 0) return false;
      memcpy(header_.quantisers[from[0]], from + 1, 64);
      header_.quantiser_defined[from[0]] = true;
    }
    return true;
  }

  bool scan(const uint8_t* from, const uint8_t* to) {
    const int count = header_.component_count;
    if (count == 0 || to - from != 4 + 2 * count || from[0] != count) return false;
    if (count == 3 && !is_ycbcr()) return false;
    for (int c = 0; c < count; c++) {
      Component& component = header_.components[c];
      const uint8_t* p = from + 1 + 2 * c;
      component.dc_book = p[1] >> 4;
      component.ac_book = p[1] & 15;
      if (p[0] != component.id || component.dc_book > 3 || component.ac_book > 3) return false;
      if (!header_.dc_books[component.dc_book].defined || !header_.ac_books[component.ac_book].defined) return false;
      if (!header_.quantiser_defined[component.quantiser]) return false;
    }
    const uint8_t* spectrum = from + 1 + 2 * count;
    if (spectrum[0] != 0 || spectrum[1] != 63 || spectrum[2] != 0) return false;
    header_.scan = to;
    header_.end = end_;
    return true;
  }

  // Where libjpeg's own guess could be anything else, it is left to libjpeg.
  bool is_ycbcr() const {
    const Component* c = header_.components;
    if (c[0].id == 'R' && c[1].id == 'G' && c[2].id == 'B') return false;
    return !adobe_seen_ || adobe_transform_ == 1;
  }

  const uint8_t *at_, *end_;
  Header& header_;
  bool adobe_seen_ = false;
  uint8_t adobe_transform_ = 0;
};

}  // namespace

bool CodeBook::operator==(const CodeBook& other) const {
  return defined == other.defined && symbol_count == other.symbol_count &&
         memcmp(count_of_length, other.count_of_length, sizeof count_of_length) == 0 &&
         memcmp(symbols, other.symbols, symbol_count) == 0;
}

bool read_header(const uint8_t* data, size_t size, Header& out) { return HeaderReader(data, size, out).read(); }

bool ScanReader::more(Bits& now) {
  if (ended_) return (stop_ - now.at) * 8 + now.count >= 0;
  const size_t left = stop_ - now.at;
  memmove(bytes_, now.at, left);
  now.at = bytes_;
  uint8_t *to = bytes_ + left, *full = bytes_ + kKeptBytes;
  while (to < full && !ended_) {
    const size_t room = full - to, there = end_ - from_, most = room < there ? room : there;
    const auto* stop = static_cast<const uint8_t*>(memchr(from_, 0xFF, most));
    const size_t plain = stop != nullptr ? stop - from_ : most;
    memcpy(to, from_, plain);
    to += plain;
    from_ += plain;
    if (stop == nullptr) {
      ended_ = from_ == end_;
    } else if (end_ - from_ >= 2 && from_[1] == 0) {
      *to++ = 0xFF;
      from_ += 2;
    } else {
      while (from_ < end_ && *from_ == 0xFF) from_++;
      marker_ = from_ < end_ ? *from_++ : 0;
      ended_ = true;
    }
  }
  stop_ = to;
  return true;
}

bool ScanReader::expect(uint8_t marker, Bits& now) {
  while (!ended_) {
    if (stop_ - now.at > 8) return false;
    if (!more(now)) return false;
  }
  const ptrdiff_t unread = (stop_ - now.at) * 8 + now.count;
  if (unread < 0 || unread > 7 || marker_ != marker) return false;
  now = Bits();
  now.at = stop_ = bytes_;
  ended_ = false;
  return true;
}

bool Decoder::build(const CodeBook& book) {
  memset(quick_, 0, sizeof quick_);
  memcpy(symbols_, book.symbols, sizeof symbols_);
  uint32_t code = 0;
  int at = 0;
  for (int length = 1; length <= 16; length++) {
    const int count = book.count_of_length[length - 1];
    symbol_offset_[length] = at - static_cast<int>(code);
    for (int i = 0; i < count; i++, code++, at++) {
      if (length > kQuickBits) continue;
      const uint32_t span = 1u << (kQuickBits - length), from = code * span;
      if (from + span > 1u << kQuickBits) return false;
      for (uint32_t k = 0; k < span; k++) quick_[from + k] = static_cast<uint16_t>(length << 8 | symbols_[at]);
    }
    if (count > 0 && code >= 1u << length) return false;  // no code is all ones
    end_of_length_[length] = code << (16 - length);
    code <<= 1;
  }
  return true;
}

uint32_t Decoder::look_further(uint32_t next16) const {
  for (int length = kQuickBits + 1; length <= 16; length++)
    if (next16 < end_of_length_[length])
      return static_cast<uint32_t>(length << 8 | symbols_[static_cast<int>(next16 >> (16 - length)) + symbol_offset_[length]]);
  return 0;
}

}  // namespace haalweg::jpeg
