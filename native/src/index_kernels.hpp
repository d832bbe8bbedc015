// The loops of the radius index that are compiled once for each instruction set. No library templates here: a linker keeps
// one copy of those, and it could be the one an older processor cannot run.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace haalweg {

constexpr int kTables = 16;
constexpr int kBuckets = 65536;
constexpr size_t kCodeBytes = 32;
constexpr uint64_t kNarrowMost = 65535;  // up to here 16-bit offsets reach every entry of a run

// One immutable run: where its parts lie. Offsets and slots may come from a damaged file; the kernels check each.
struct RunView {
  uint64_t count;
  const uint8_t* codes;       // spread, 32 bytes each
  const uint64_t* ids;
  const void* offsets;        // kTables times kBuckets + 1, of 2 or 4 bytes
  const uint16_t* sketches;   // kTables times `count`: beside each slot, the code's next 16 bits
  const uint32_t* slots;      // kTables times `count`: which code
  size_t offset_stride, sketch_stride, slot_stride;  // values between two tables
};

// A code within the radius. Of one query and run the same slot may come several times.
struct Hit {
  uint32_t query;  // row of the queries asked
  uint16_t run;
  uint16_t distance;
  uint32_t slot;
};

// A list that the caller grows; false when there is no memory.
struct Hits {
  Hit* at;
  size_t count, room;
  bool (*grow)(Hits&);
};

struct IndexKernels {
  // Turns codes from PDQ's order of bits to the index's (docs/explanation/radius-index.md).
  void (*spread)(const uint8_t* codes, size_t count, uint8_t* out);
  // Every spread query against every run, in that order. False when there is no memory.
  bool (*search)(const RunView* runs, size_t run_count, const uint64_t* queries, size_t count, int radius, Hits& hits);
  // The same against codes in a row, which count as run number `run`.
  bool (*search_flat)(const uint8_t* codes, size_t code_count, uint16_t run, const uint64_t* queries, size_t count, int radius,
                      Hits& hits);
};

namespace baseline {
extern const IndexKernels kIndexKernels;
}
#if defined(HAALWEG_HAS_AVX2)
namespace avx2 {
extern const IndexKernels kIndexKernels;
}
#endif

}  // namespace haalweg
