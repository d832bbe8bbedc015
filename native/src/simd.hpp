// Vectors of a fixed width in the compiler's own notation: AVX2 keeps each in one register, SSE2, NEON and simd128 in two, and
// where there is no SIMD at all the same arithmetic runs value by value. The order of every sum is the same on all of them.
#pragma once
#include <stdint.h>

namespace haalweg::simd {

typedef float f8 __attribute__((vector_size(32)));
typedef int32_t i8 __attribute__((vector_size(32)));
typedef uint16_t h16 __attribute__((vector_size(32)));
typedef uint16_t h8 __attribute__((vector_size(16)));
typedef uint8_t b16 __attribute__((vector_size(16)));
typedef uint8_t b8 __attribute__((vector_size(8)));

template <class V>
inline V load(const void* from) {
  V v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}

template <class V>
inline void store(void* to, V v) {
  __builtin_memcpy(to, &v, sizeof v);
}

inline f8 all(float x) { return f8{x, x, x, x, x, x, x, x}; }

}  // namespace haalweg::simd
