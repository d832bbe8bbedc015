// SHA-256 and MD5 of bytes that come in pieces: what hash lists hold of whole files. For the browser; Python has its own.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace haalweg {

struct Sha256Rounds {
  static constexpr int kWords = 8;
  static constexpr bool kBigEndian = true;
  uint32_t state[kWords] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

  void take(const uint8_t* blocks, size_t count);
};

struct Md5Rounds {
  static constexpr int kWords = 4;
  static constexpr bool kBigEndian = false;
  uint32_t state[kWords] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

  void take(const uint8_t* blocks, size_t count);
};

// Both digests cut their input into blocks of 64 bytes and end it alike.
template <class Rounds>
class Digest {
 public:
  static constexpr int kBytes = 4 * Rounds::kWords;

  void update(const uint8_t* data, size_t size);
  // Once, after the last update.
  void finish(uint8_t (&out)[kBytes]);

 private:
  static constexpr size_t kBlock = 64;

  Rounds rounds_;
  uint8_t block_[kBlock];
  uint64_t length_ = 0;
};

extern template class Digest<Sha256Rounds>;
extern template class Digest<Md5Rounds>;
using Sha256 = Digest<Sha256Rounds>;
using Md5 = Digest<Md5Rounds>;

}  // namespace haalweg
