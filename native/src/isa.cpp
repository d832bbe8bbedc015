#include "haalweg/isa.hpp"

#if defined(HAALWEG_HAS_AVX2)
#include <cpuid.h>
#include <immintrin.h>
#endif
#if !defined(__wasm__)
#include <stdlib.h>
#include <string.h>
#endif

namespace haalweg {
namespace {

#if defined(HAALWEG_HAS_AVX2)
// Asked of the processor itself: under some compilers __builtin_cpu_supports says no on machines that can.
bool processor_has_avx2() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid_count(1, 0, &a, &b, &c, &d)) return false;
  const unsigned popcnt = 1u << 23, osxsave = 1u << 27;
  if ((c & popcnt) == 0 || (c & osxsave) == 0) return false;
  unsigned low = 0, high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  if ((low & 6) != 6) return false;  // the system keeps the wide registers of each thread
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const unsigned bmi1 = 1u << 3, avx2 = 1u << 5, bmi2 = 1u << 8;
  return (b & bmi1) != 0 && (b & avx2) != 0 && (b & bmi2) != 0;
}

Isa choose() {
  const char* asked = getenv("HAALWEG_ISA");
  if (asked != nullptr && strcmp(asked, "baseline") == 0) return Isa::baseline;
  return processor_has_avx2() ? Isa::avx2 : Isa::baseline;
}
#else
Isa choose() { return Isa::baseline; }
#endif

}  // namespace

Isa isa() {
  static const Isa chosen = choose();
  return chosen;
}

const char* isa_name() {
  if (isa() == Isa::avx2) return "avx2";
#if defined(__aarch64__) || defined(__ARM_NEON)
  return "neon";
#elif defined(__wasm_simd128__)
  return "simd128";
#elif defined(__SSE2__)
  return "sse2";
#else
  return "scalar";
#endif
}

}  // namespace haalweg
