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

constexpr int kProbes = 17;         // a bucket and its sixteen neighbours one bit away
constexpr int kAhead = 12;          // probes between asking for a bucket and reading it
constexpr uint32_t kSlice = 1024;   // sketches compared before there must be room for as many candidates again
constexpr size_t kCandidates = 4 * kSlice;

inline void fetch(const void* address) { __builtin_prefetch(address); }

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

inline int distance(const uint8_t* code, const uint64_t* query) {
  uint64_t words[4];
  __builtin_memcpy(words, code, kCodeBytes);
  return __builtin_popcountll(words[0] ^ query[0]) + __builtin_popcountll(words[1] ^ query[1]) +
         __builtin_popcountll(words[2] ^ query[2]) + __builtin_popcountll(words[3] ^ query[3]);
}

inline bool keep(Hits& hits, uint32_t slot, int bits) {
  if (hits.count == hits.room && !hits.grow(hits)) return false;
  hits.at[hits.count++] = {slot, static_cast<uint32_t>(bits)};
  return true;
}

// Writes the places in [low, high) whose sketch differs from `asked` in at most `most` bits; reads up to 31 sketches too far.
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
    const __m256i both = _mm256_packs_epi16(near(sketches + i), near(sketches + i + 16));
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

// Candidates wait here so that the memory they point to can be on its way before it is read.
class Candidates {
 public:
  Candidates(const RunView& run, const uint64_t* query, int radius, Hits& hits)
      : run_(run), query_(query), radius_(radius), hits_(hits) {}

  bool scan_bucket(int table, Probe probe, uint16_t asked, int most) {
    const uint16_t* sketches = run_.sketches + static_cast<size_t>(table) * run_.sketch_stride;
    while (probe.low < probe.high) {
      if (end_ + kSlice > places_ + kCandidates) {
        look_up(table);
        if (!check()) return false;
      }
      const uint32_t high = probe.high - probe.low > kSlice ? probe.low + kSlice : probe.high;
      end_ = scan(sketches, probe.low, high, asked, most, end_);
      probe.low = high;
    }
    return true;
  }

  // The slots of one table, asked for together: places of different tables must not mix.
  void ask_slots(int table) {
    const uint32_t* slots = run_.slots + static_cast<size_t>(table) * run_.slot_stride;
    for (const uint32_t* place = looked_up_; place < end_; place++) fetch(slots + *place);
    first_of_[table + 1] = end_;
  }

  // Turns all places of the tables from `from` to `to` to slots and asks for their codes.
  void look_up(int table) {
    first_of_[table + 1] = end_;
    const uint32_t* place = places_;
    uint32_t* kept = places_;
    for (int t = 0; t <= table; t++) {
      const uint32_t* slots = run_.slots + static_cast<size_t>(t) * run_.slot_stride;
      for (; place < first_of_[t + 1]; place++) {
        const uint32_t slot = slots[*place];
        if (slot >= run_.count) continue;  // only a damaged file has such a one
        *kept++ = slot;
        fetch(run_.codes + slot * kCodeBytes);
      }
    }
    end_ = kept;
  }

  bool check() {
    for (const uint32_t* slot = places_; slot < end_; slot++) {
      const int bits = distance(run_.codes + *slot * kCodeBytes, query_);
      if (bits <= radius_ && !keep(hits_, *slot, bits)) return false;
    }
    begin();
    return true;
  }

  void begin() {
    end_ = looked_up_ = places_;
    for (uint32_t*& first : first_of_) first = places_;
  }

  void next_table() { looked_up_ = end_; }

 private:
  const RunView& run_;
  const uint64_t* query_;
  int radius_;
  Hits& hits_;
  uint32_t places_[kCandidates];
  uint32_t* end_ = places_;
  uint32_t* looked_up_ = places_;
  uint32_t* first_of_[kTables + 1];
};

template <class Offset>
inline const Offset* offsets_of(const RunView& run, int table) {
  return static_cast<const Offset*>(run.offsets) + static_cast<size_t>(table) * run.offset_stride;
}

template <class Offset>
void prefetch_offsets(const RunView& run, const uint64_t* query) {
  for (int table = 0; table < kTables; table++) {
    const Offset* offsets = offsets_of<Offset>(run, table);
    const uint16_t key = chunk(query, table);
    fetch(offsets + key);  // the neighbours by the lowest bits lie in the same line
    for (int bit = 4; bit < 16; bit++) fetch(offsets + (key ^ 1 << bit));
  }
}

// Within the radius of n tables some table i starts only chains i, i+1, .. that keep to the average: of length one at most
// radius/16 bits, of length two at most radius/8. So one probe of one bit and the next table's chunk lose nothing.
template <class Offset>
bool search_run(const RunView& run, const uint64_t* query, int radius, Hits& hits) {
  const int probes = radius < kTables ? 1 : kProbes, pair_most = radius / 8;
  const uint32_t count = static_cast<uint32_t>(run.count);
  Probe found[kTables * kProbes];
  for (int table = 0; table < kTables; table++) {
    const Offset* offsets = offsets_of<Offset>(run, table);
    const uint16_t key = chunk(query, table);
    for (int p = 0; p < probes; p++) {
      const int bucket = p == 0 ? key : key ^ 1 << (p - 1);
      const uint32_t low = offsets[bucket], high = offsets[bucket + 1];
      found[table * probes + p] = {low, high < count ? high : count};  // a damaged low that lies beyond is an empty bucket
    }
  }
  const int all = kTables * probes;
  const auto ask = [&](int j) {
    const Probe& probe = found[j];
    if (probe.low >= probe.high) return;
    const uint16_t* sketches = run.sketches + static_cast<size_t>(j / probes) * run.sketch_stride;
    const char* line = reinterpret_cast<const char*>(sketches + probe.low);
    const char* end = reinterpret_cast<const char*>(sketches + probe.high);
    for (int lines = 0; line < end && lines < 8; line += 64, lines++) fetch(line);
  };
  for (int j = 0; j < kAhead && j < all; j++) ask(j);
  Candidates candidates(run, query, radius, hits);
  candidates.begin();
  for (int table = 0; table < kTables; table++) {
    const uint16_t next = chunk(query, (table + 1) % kTables);
    candidates.next_table();
    for (int p = 0; p < probes; p++) {
      const int j = table * probes + p;
      if (j + kAhead < all) ask(j + kAhead);
      if (!candidates.scan_bucket(table, found[j], next, p == 0 ? pair_most : pair_most - 1)) return false;
    }
    candidates.ask_slots(table);
  }
  candidates.look_up(kTables - 1);
  return candidates.check();
}

void prefetch(const RunView& run, const uint64_t* query) {
  run.count <= kNarrowMost ? prefetch_offsets<uint16_t>(run, query) : prefetch_offsets<uint32_t>(run, query);
}

bool search(const RunView& run, const uint64_t* query, int radius, Hits& hits) {
  return run.count <= kNarrowMost ? search_run<uint16_t>(run, query, radius, hits)
                                  : search_run<uint32_t>(run, query, radius, hits);
}

bool search_flat(const uint8_t* codes, size_t count, const uint64_t* query, int radius, Hits& hits) {
  for (size_t i = 0; i < count; i++) {
    const int bits = distance(codes + i * kCodeBytes, query);
    if (bits <= radius && !keep(hits, static_cast<uint32_t>(i), bits)) return false;
  }
  return true;
}

}  // namespace

extern const IndexKernels kIndexKernels;
const IndexKernels kIndexKernels = {spread, prefetch, search, search_flat};

}  // namespace HAALWEG_ISA
}  // namespace haalweg
