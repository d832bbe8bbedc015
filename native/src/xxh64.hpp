// The checksum of a saved index: against accidents, not against those who mean harm.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include <bit>
#include <cstring>

namespace haalweg {

// XXH64 with seed 0, for lengths that are a multiple of 32.
class Xxh64 {
 public:
  void take(const uint8_t* data, size_t length) {
    for (size_t i = 0; i < length; i += 32)
      for (size_t k = 0; k < 4; k++) {
        uint64_t word;
        std::memcpy(&word, data + i + 8 * k, 8);
        lanes_[k] = mixed(lanes_[k], word);
      }
    length_ += length;
  }

  uint64_t value() const {
    uint64_t h = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) + std::rotl(lanes_[3], 18);
    for (const uint64_t lane : lanes_) h = (h ^ mixed(0, lane)) * kPrime1 + kPrime4;
    h += length_;
    h = (h ^ h >> 33) * kPrime2;
    h = (h ^ h >> 29) * kPrime3;
    return h ^ h >> 32;
  }

 private:
  static constexpr uint64_t kPrime1 = 11400714785074694791u, kPrime2 = 14029467366897019727u, kPrime3 = 1609587929392839161u,
                            kPrime4 = 9650029242287828579u;
  static uint64_t mixed(uint64_t lane, uint64_t word) { return std::rotl(lane + word * kPrime2, 31) * kPrime1; }

  uint64_t lanes_[4] = {kPrime1 + kPrime2, kPrime2, 0, 0 - kPrime1};
  uint64_t length_ = 0;
};

}  // namespace haalweg
