// Compiled once for each instruction set, with HAALWEG_ISA naming it. See index_kernels.hpp.
#include "index_kernels.hpp"

#include "simd.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace haalweg {
namespace HAALWEG_ISA {
namespace {

using namespace simd;

constexpr int kAhead = 64;          // buckets between asking for one and reading it
constexpr int kLines = 8;           // of a bucket are asked for; the processor follows a longer one by itself
constexpr uint32_t kSlice = 1024;   // sketches compared before there must be room for as many candidates again
constexpr size_t kCandidates = 4 * kSlice;

// Into the second cache, not the first: twice as many reads can be on their way there.
inline void fetch(const void* address) {
  __builtin_prefetch(address, 0, 2);
  __asm__ volatile("");  // without it a compiler takes functions that only fetch for idle, and leaves them out
}

inline uint16_t chunk(const uint64_t* query, int table) {
  return static_cast<uint16_t>(query[table >> 2] >> (16 * (table & 3)));
}

// 16x16 bits turned over, by swapping halves, quarters, pairs and neighbours.
inline void turn_over(uint64_t (&w)[4]) {
  for (int i = 0; i < 2; i++) {
    const uint64_t t = ((w[i] >> 8) ^ w[i + 2]) & 0x00ff00ff00ff00ffu;
    w[i] ^= t << 8;
    w[i + 2] ^= t;
  }
  for (int i = 0; i < 4; i += 2) {
    const uint64_t t = ((w[i] >> 4) ^ w[i + 1]) & 0x0f0f0f0f0f0f0f0fu;
    w[i] ^= t << 4;
    w[i + 1] ^= t;
  }
  for (uint64_t& x : w) {
    uint64_t t = ((x >> 2) ^ (x >> 32)) & 0x33333333u;
    x ^= (t << 2) ^ (t << 32);
    t = ((x >> 1) ^ (x >> 16)) & 0x0000555500005555u;
    x ^= (t << 1) ^ (t << 16);
  }
}

void spread(const uint8_t* codes, size_t count, uint8_t* out) {
  for (size_t i = 0; i < count; i++) {
    uint16_t rows[16];
    __builtin_memcpy(rows, codes + i * kCodeBytes, kCodeBytes);
    for (int row = 0; row < 16; row++) {
      const int by = 5 * row % 16;
      rows[row] = static_cast<uint16_t>(rows[row] >> by | rows[row] << ((16 - by) % 16));
    }
    uint64_t words[4];
    __builtin_memcpy(words, rows, kCodeBytes);
    turn_over(words);
    __builtin_memcpy(out + i * kCodeBytes, words, kCodeBytes);
  }
}

// The distance, or any number above `radius` where it is larger: of most codes half is enough to know that.
inline int distance_up_to(const uint8_t* code, const uint64_t* query, int radius) {
  uint64_t words[4];
  __builtin_memcpy(words, code, kCodeBytes);
  const int half = __builtin_popcountll(words[0] ^ query[0]) + __builtin_popcountll(words[1] ^ query[1]);
  if (half > radius) return half;
  return half + __builtin_popcountll(words[2] ^ query[2]) + __builtin_popcountll(words[3] ^ query[3]);
}

inline bool keep(Hits& hits, const Hit& hit) {
  if (hits.count == hits.room && !hits.grow(hits)) return false;
  hits.at[hits.count++] = hit;
  return true;
}

// Writes the places in [low, high) whose sketch differs from `asked` in at most `most` bits; reads up to 15 sketches too far.
#if defined(__AVX2__)
inline __m256i bits_set(__m256i x) {
  const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2,
                                         3, 3, 4);
  const __m256i low = _mm256_set1_epi8(15);
  const __m256i a = _mm256_shuffle_epi8(table, _mm256_and_si256(x, low));
  const __m256i b = _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(x, 4), low));
  return _mm256_maddubs_epi16(_mm256_add_epi8(a, b), _mm256_set1_epi8(1));
}

inline uint32_t* scan(const uint16_t* sketches, uint32_t low, uint32_t high, uint16_t asked, int most, uint32_t* out) {
  const __m256i query = _mm256_set1_epi16(static_cast<short>(asked)), limit = _mm256_set1_epi16(static_cast<short>(most + 1));
  const auto near = [&](const uint16_t* at) {
    const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    return _mm256_cmpgt_epi16(limit, bits_set(_mm256_xor_si256(v, query)));
  };
  for (uint64_t i = low; i < high; i += 32) {
    // A half that lies beyond is not read, since nobody asked for its line: it would be waited for.
    const uint64_t second = high - i > 16 ? i + 16 : i;
    const __m256i both = _mm256_packs_epi16(near(sketches + i), near(sketches + second));
    if (_mm256_testz_si256(both, both)) continue;
    uint32_t mask = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_permute4x64_epi64(both, 0xD8)));
    if (high - i < 32) mask &= (1u << (high - i)) - 1;
    for (; mask != 0; mask &= mask - 1) *out++ = static_cast<uint32_t>(i) + static_cast<uint32_t>(__builtin_ctz(mask));
  }
  return out;
}
#else
inline uint32_t* scan(const uint16_t* sketches, uint32_t low, uint32_t high, uint16_t asked, int most, uint32_t* out) {
  const h16 query = h16{} + asked;
  for (uint64_t i = low; i < high; i += 16) {
    h16 x = load<h16>(sketches + i) ^ query;
    x = x - ((x >> 1) & 0x5555);
    x = (x & 0x3333) + ((x >> 2) & 0x3333);
    x = (x + (x >> 4)) & 0x0f0f;
    x = (x + (x >> 8)) & 0x1f;
    const auto near = x <= static_cast<uint16_t>(most);
    uint64_t parts[4];
    __builtin_memcpy(parts, &near, sizeof parts);
    if ((parts[0] | parts[1] | parts[2] | parts[3]) == 0) continue;
    for (uint64_t k = i; k < high && k < i + 16; k++)
      if (near[k - i]) *out++ = static_cast<uint32_t>(k);
  }
  return out;
}
#endif

struct Probe {
  uint32_t low, high;
};

// One query in one run, on its way through four steps: the offsets of its buckets, the sketches in them, the slots of those
// that are near, their codes. Each step asks for the memory of the next, and other asks work while it arrives.
//
// Within the radius some table i starts only chains i, i+1, .. that keep to the average: of length one at most radius/16 bits,
// of length two at most radius/8. So one probe of one bit and the next table's chunk lose nothing.
template <int kProbes>
class Ask {
 public:
  static constexpr int kAll = kTables * kProbes;

  void begin(const RunView& run, uint16_t run_number, const uint64_t* query, uint32_t row) {
    run_ = &run;
    query_ = query;
    row_ = row;
    run_number_ = run_number;
    empty();
  }

  void ask_offsets() const { narrow() ? ask_offsets_of<uint16_t>() : ask_offsets_of<uint32_t>(); }
  void read_offsets() { narrow() ? read_offsets_of<uint16_t>() : read_offsets_of<uint32_t>(); }

  void ask_bucket(int j) const {
    const Probe& probe = probes_[j];
    if (probe.low >= probe.high) return;
    // All that `scan` reads: it goes on to a multiple of 32 bytes.
    const uintptr_t sketches = reinterpret_cast<uintptr_t>(sketches_of(j / kProbes));
    const uintptr_t first = sketches + 2 * uint64_t{probe.low};
    const uintptr_t last = first + (2 * uint64_t{probe.high - probe.low} + 31) / 32 * 32 - 1;
    uintptr_t line = first / 64;
    for (int lines = 0; line <= last / 64 && lines < kLines; line++, lines++) fetch(reinterpret_cast<const void*>(line * 64));
  }

  // Finds the near sketches, and asks for the buckets that come later, in this ask and in the next.
  bool scan_buckets(int radius, const Ask* next, Hits& hits) {
    constexpr int ahead = kAhead < kAll ? kAhead : kAll;
    const int pair_most = radius / 8;
    for (int table = 0; table < kTables; table++) {
      const uint16_t asked = chunk(query_, (table + 1) % kTables);
      uint32_t* const first = end_;
      for (int p = 0; p < kProbes; p++) {
        const int j = table * kProbes + p;
        if (j + ahead < kAll) {
          ask_bucket(j + ahead);
        } else if (next != nullptr) {
          next->ask_bucket(j + ahead - kAll);
        }
        if (!scan_bucket(table, probes_[j], asked, p == 0 ? pair_most : pair_most - 1, radius, hits)) return false;
      }
      first_of_[table + 1] = end_;
      const uint32_t* slots = slots_of(table);
      for (const uint32_t* place = first < end_ ? first : places_; place < end_; place++) fetch(slots + *place);
    }
    return true;
  }

  void look_up_slots() {
    const uint32_t* place = places_;
    uint32_t* kept = places_;
    for (int table = 0; table < kTables; table++) {
      const uint32_t* slots = slots_of(table);
      for (; place < first_of_[table + 1]; place++) {
        const uint32_t slot = slots[*place];
        if (slot >= run_->count) continue;  // only a damaged file has such a one
        *kept++ = slot;
        fetch(run_->codes + slot * kCodeBytes);
      }
    }
    end_ = kept;
  }

  bool check_codes(int radius, Hits& hits) {
    for (const uint32_t* slot = places_; slot < end_; slot++) {
      const int bits = distance_up_to(run_->codes + *slot * kCodeBytes, query_, radius);
      if (bits > radius) continue;
      fetch(run_->ids + *slot);
      if (!keep(hits, {row_, run_number_, static_cast<uint16_t>(bits), *slot})) return false;
    }
    empty();
    return true;
  }

 private:
  bool narrow() const { return run_->count <= kNarrowMost; }
  const uint16_t* sketches_of(int table) const { return run_->sketches + static_cast<size_t>(table) * run_->sketch_stride; }
  const uint32_t* slots_of(int table) const { return run_->slots + static_cast<size_t>(table) * run_->slot_stride; }

  template <class Offset>
  const Offset* offsets_of(int table) const {
    return static_cast<const Offset*>(run_->offsets) + static_cast<size_t>(table) * run_->offset_stride;
  }

  template <class Offset>
  void ask_offsets_of() const {
    constexpr int in_line = sizeof(Offset) == 2 ? 5 : 4;  // bits; such neighbours come with the bucket's own line
    for (int table = 0; table < kTables; table++) {
      const Offset* offsets = offsets_of<Offset>(table);
      const uint16_t key = chunk(query_, table);
      fetch(offsets + key);
      for (int bit = in_line; bit < kProbes - 1; bit++) fetch(offsets + (key ^ 1 << bit));
    }
  }

  template <class Offset>
  void read_offsets_of() {
    const uint32_t count = static_cast<uint32_t>(run_->count);
    for (int table = 0; table < kTables; table++) {
      const Offset* offsets = offsets_of<Offset>(table);
      const uint16_t key = chunk(query_, table);
      for (int p = 0; p < kProbes; p++) {
        const int bucket = p == 0 ? key : key ^ 1 << (p - 1);
        const uint32_t low = offsets[bucket], high = offsets[bucket + 1];
        probes_[table * kProbes + p] = {low, high < count ? high : count};  // a damaged low that lies beyond is an empty bucket
      }
    }
  }

  bool scan_bucket(int table, Probe probe, uint16_t asked, int most, int radius, Hits& hits) {
    while (probe.low < probe.high) {
      if (end_ + kSlice > places_ + kCandidates) {
        for (int later = table; later < kTables; later++) first_of_[later + 1] = end_;
        look_up_slots();
        if (!check_codes(radius, hits)) return false;
      }
      const uint32_t high = probe.high - probe.low > kSlice ? probe.low + kSlice : probe.high;
      end_ = scan(sketches_of(table), probe.low, high, asked, most, end_);
      probe.low = high;
    }
    return true;
  }

  void empty() {
    end_ = places_;
    for (uint32_t*& first : first_of_) first = places_;
  }

  const RunView* run_;
  const uint64_t* query_;
  uint32_t row_;
  uint16_t run_number_;
  Probe probes_[kAll];
  uint32_t* end_;
  uint32_t* first_of_[kTables + 1];  // where each table's places begin
  uint32_t places_[kCandidates];     // places in the tables, then slots
};

template <int kProbes>
bool search_with(const RunView* runs, size_t run_count, const uint64_t* queries, size_t count, int radius, Hits& hits) {
  Ask<kProbes> asks[4];
  const size_t all = run_count * count;
  const auto begin = [&](size_t i) {
    const size_t query = i / run_count, run = i % run_count;
    asks[i % 4].begin(runs[run], static_cast<uint16_t>(run), queries + 4 * query, static_cast<uint32_t>(query));
    asks[i % 4].ask_offsets();
  };
  if (all == 0) return true;
  begin(0);
  if (all > 1) begin(1);
  asks[0].read_offsets();
  for (int j = 0; j < kAhead && j < Ask<kProbes>::kAll; j++) asks[0].ask_bucket(j);
  for (size_t i = 0; i < all; i++) {
    if (i + 2 < all) begin(i + 2);
    if (i + 1 < all) asks[(i + 1) % 4].read_offsets();
    if (i > 0) asks[(i - 1) % 4].look_up_slots();
    if (!asks[i % 4].scan_buckets(radius, i + 1 < all ? &asks[(i + 1) % 4] : nullptr, hits)) return false;
    if (i > 0 && !asks[(i - 1) % 4].check_codes(radius, hits)) return false;
  }
  asks[(all - 1) % 4].look_up_slots();
  return asks[(all - 1) % 4].check_codes(radius, hits);
}

bool search(const RunView* runs, size_t run_count, const uint64_t* queries, size_t count, int radius, Hits& hits) {
  return radius < kTables ? search_with<1>(runs, run_count, queries, count, radius, hits)
                          : search_with<kTables + 1>(runs, run_count, queries, count, radius, hits);
}

bool search_flat(const uint8_t* codes, size_t code_count, uint16_t run, const uint64_t* queries, size_t count, int radius,
                 Hits& hits) {
  for (size_t q = 0; q < count; q++)
    for (size_t i = 0; i < code_count; i++) {
      const int bits = distance_up_to(codes + i * kCodeBytes, queries + 4 * q, radius);
      if (bits > radius) continue;
      const Hit hit{static_cast<uint32_t>(q), run, static_cast<uint16_t>(bits), static_cast<uint32_t>(i)};
      if (!keep(hits, hit)) return false;
    }
  return true;
}

}  // namespace

extern const IndexKernels kIndexKernels;
const IndexKernels kIndexKernels = {spread, search, search_flat};

}  // namespace HAALWEG_ISA
}  // namespace haalweg
