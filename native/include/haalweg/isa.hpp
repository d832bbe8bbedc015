// Which instruction set the hot loops run on, asked of the processor once.
#pragma once

namespace haalweg {

enum class Isa { baseline, avx2 };

// The best path this processor and this build offer; the environment variable HAALWEG_ISA=baseline forces the slow one.
Isa isa();

// The name `haalweg --version` shows: "avx2", "sse2", "neon", "simd128" or "scalar".
const char* isa_name();

}  // namespace haalweg
