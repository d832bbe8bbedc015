#include "haalweg/digest.hpp"

namespace haalweg {
namespace {

// FIPS 180-4, 4.2.2.
constexpr uint32_t kSha256[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

// RFC 1321, 3.4.
constexpr uint32_t kMd5[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
constexpr int kMd5Turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

inline uint32_t left(uint32_t x, int by) { return x << by | x >> (32 - by); }
inline uint32_t right(uint32_t x, int by) { return x >> by | x << (32 - by); }

// By bytes, so that neither alignment nor the processor's own order matters.
inline uint32_t big_endian(const uint8_t* p) {
  return uint32_t{p[0]} << 24 | uint32_t{p[1]} << 16 | uint32_t{p[2]} << 8 | uint32_t{p[3]};
}
inline uint32_t little_endian(const uint8_t* p) {
  return uint32_t{p[3]} << 24 | uint32_t{p[2]} << 16 | uint32_t{p[1]} << 8 | uint32_t{p[0]};
}

}  // namespace

void Sha256Rounds::take(const uint8_t* blocks, size_t count) {
  for (; count > 0; count--, blocks += 64) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++) w[i] = big_endian(blocks + 4 * i);
    for (int i = 16; i < 64; i++) {
      const uint32_t a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + (right(a, 7) ^ right(a, 18) ^ a >> 3) + (right(b, 17) ^ right(b, 19) ^ b >> 10);
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
      const uint32_t first = h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + kSha256[i] + w[i];
      const uint32_t second = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e, state[5] += f, state[6] += g, state[7] += h;
  }
}

void Md5Rounds::take(const uint8_t* blocks, size_t count) {
  for (; count > 0; count--, blocks += 64) {
    uint32_t w[16];
    for (int i = 0; i < 16; i++) w[i] = little_endian(blocks + 4 * i);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (int i = 0; i < 64; i++) {
      const int round = i / 16;
      const uint32_t mixed = round == 0   ? (b & c) | (~b & d)
                             : round == 1 ? (d & b) | (~d & c)
                             : round == 2 ? b ^ c ^ d
                                          : c ^ (b | ~d);
      const int word = round == 0 ? i : round == 1 ? 5 * i + 1 : round == 2 ? 3 * i + 5 : 7 * i;
      const uint32_t turned = left(a + mixed + kMd5[i] + w[word % 16], kMd5Turns[round][i % 4]);
      a = d, d = c, c = b, b += turned;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  }
}

template <class Rounds>
void Digest<Rounds>::update(const uint8_t* data, size_t size) {
  const size_t held = length_ % kBlock;
  length_ += size;
  if (held + size < kBlock) {
    if (size > 0) __builtin_memcpy(block_ + held, data, size);
    return;
  }
  if (held > 0) {
    __builtin_memcpy(block_ + held, data, kBlock - held);
    rounds_.take(block_, 1);
    data += kBlock - held;
    size -= kBlock - held;
  }
  rounds_.take(data, size / kBlock);
  __builtin_memcpy(block_, data + size / kBlock * kBlock, size % kBlock);
}

template <class Rounds>
void Digest<Rounds>::finish(uint8_t (&out)[kBytes]) {
  const uint64_t bits = 8 * length_;
  const size_t held = length_ % kBlock, zeros = (held < 56 ? 56 : 120) - held;
  uint8_t end[72] = {0x80};
  for (size_t i = 0; i < 8; i++) end[zeros + i] = static_cast<uint8_t>(bits >> 8 * (Rounds::kBigEndian ? 7 - i : i));
  update(end, zeros + 8);
  for (int i = 0; i < kBytes; i++) {
    const int byte = Rounds::kBigEndian ? 3 - i % 4 : i % 4;
    out[i] = static_cast<uint8_t>(rounds_.state[i / 4] >> 8 * byte);
  }
}

template class Digest<Sha256Rounds>;
template class Digest<Md5Rounds>;

}  // namespace haalweg
