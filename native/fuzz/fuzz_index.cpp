// Files behind valid checksums, and adds, removes and searches in any order: never a crash, never a read outside. What the
// index finds of its own entries must be what comparing every code finds.
#include <stddef.h>
#include <stdint.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "haalweg/radius_index.hpp"
#include "xxh64.hpp"

namespace {

using namespace haalweg;

constexpr size_t kHeader = 4096, kHeaderHashed = 4064, kHeaderHashAt = 4088, kBodyHashAt = 32;

// The input overwrites a saved index from `at` on; both checksums are then made right, so that nothing else is left to refuse it.
void open_damaged(const uint8_t* data, size_t size, uint32_t at, bool repair, bool rebuild) {
  static const std::vector<uint8_t> saved = [] {
    uint8_t codes[64][32];
    uint64_t ids[64];
    for (size_t i = 0; i < 64; i++) {
      std::memset(codes[i], static_cast<int>(i % 8), sizeof codes[i]);
      ids[i] = i;
    }
    RadiusIndex index;
    index.add(codes[0], ids, 64);
    std::span<const uint8_t> bytes;
    const auto held = index.image(bytes);
    return std::vector<uint8_t>(bytes.begin(), bytes.end());
  }();
  struct Free {
    void operator()(void* p) const { std::free(p); }
  };
  static const std::unique_ptr<uint8_t, Free> file(static_cast<uint8_t*>(std::aligned_alloc(64, (saved.size() + 63) / 64 * 64)));
  std::memcpy(file.get(), saved.data(), saved.size());
  at %= static_cast<uint32_t>(saved.size());
  std::memcpy(file.get() + at, data, std::min(size, saved.size() - at));
  if (repair) {
    const auto sign = [&](size_t from, size_t length, size_t to) {
      Xxh64 hash;
      hash.take(file.get() + from, length);
      const uint64_t value = hash.value();
      std::memcpy(file.get() + to, &value, sizeof value);
    };
    sign(kHeader, saved.size() - kHeader, kBodyHashAt);
    sign(0, kHeaderHashed, kHeaderHashAt);
  }
  RadiusIndex index;
  if (index.take({file.get(), saved.size()}) != ImageFault::none) return;
  uint8_t queries[8][32];
  for (size_t i = 0; i < 8; i++) std::memset(queries[i], static_cast<int>(i), sizeof queries[i]);
  for (const int radius : {0, 9, 31}) index.search(queries[0], 8, radius, 1);
  const uint64_t gone[] = {0, 7, 1000};
  index.remove(gone, 3);
  index.add(queries[0], gone, 3);
  index.search(queries[0], 8, kRadiusMost, 1);
  std::span<const uint8_t> again;
  if (rebuild) index.image(again);
}

struct Entry {
  uint8_t code[32];
  uint64_t id;
};

int distance(const uint8_t* a, const uint8_t* b) {
  int bits = 0;
  for (size_t i = 0; i < 32; i++) bits += __builtin_popcount(a[i] ^ b[i]);
  return bits;
}

// Each step is three bytes: what, how much, which.
void live(const uint8_t* data, size_t size) {
  RadiusIndex index;
  std::vector<Entry> all;
  for (size_t step = 0; step + 3 <= size && step < 3 * 12; step += 3) {
    const uint8_t how_many = data[step + 1], which = data[step + 2];
    if (data[step] % 4 <= 1) {
      std::vector<uint8_t> codes;
      std::vector<uint64_t> ids;
      for (size_t i = 0; i < how_many * 4u; i++) {
        Entry entry;
        std::memset(entry.code, static_cast<int>(i % 5), sizeof entry.code);
        entry.code[(which + i) % 32] ^= which;
        entry.code[i % 32] ^= data[step];
        entry.id = i % 16 + which % 4u;
        codes.insert(codes.end(), entry.code, entry.code + 32);
        ids.push_back(entry.id);
        all.push_back(entry);
      }
      index.add(codes.data(), ids.data(), ids.size());
    } else if (data[step] % 4 == 2) {
      const uint64_t id = which % 20u;
      index.remove(&id, 1);
      std::erase_if(all, [&](const Entry& entry) { return entry.id == id; });
    } else {
      uint8_t query[32];
      std::memset(query, which % 5, sizeof query);
      query[how_many % 32] ^= data[step];
      const int radius = how_many % 32;
      size_t wanted = 0;
      for (const Entry& entry : all) wanted += distance(entry.code, query) <= radius ? 1 : 0;
      if (index.search(query, 1, radius, 1).size() != wanted) std::abort();
    }
    if (index.size() != all.size()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 5) return 0;
  uint32_t at;
  std::memcpy(&at, data + 1, sizeof at);
  if (data[0] % 4 == 3) {
    live(data + 5, size - 5);
  } else {
    open_damaged(data + 5, size - 5, at, data[0] % 4 != 0, data[0] / 4 % 8 == 1);
  }
  return 0;
}
