// Which part of a photo a picture shows with something else in it.
#pragma once
#include "trace_align.hpp"

namespace haalweg {

struct Changes {
  uint64_t altered = 0;  // cells of the photo, bit 8 * row + column
  bool derived = false;  // a coherent part is replaced
  float replaced = 0;    // how much likelier the likeliest part is replaced than kept, as a logarithm
};

// agrees: for each point of the trace, whether it was found where it should be.
Changes find_changes(const Trace& trace, const Alignment& alignment, const bool* agrees);

}  // namespace haalweg
