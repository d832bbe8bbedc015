// What an alignment is worth: the score, and which parts of the photo agree with the picture.
#pragma once
#include <bitset>

#include "trace_align.hpp"

namespace haalweg {

struct Evidence {
  float score;        // 0 and up; see docs/explanation/trace.md for what it was set by
  int points;         // that speak for it
  uint64_t agreeing;  // cells of the photo, bit 8 * row + column
  uint64_t altered;   // cells that the picture shows with something else in them
  bool derived;       // part of the photo is replaced; otherwise the picture shows the same photo
  float altered_share;  // of the cells that can be told
  std::bitset<kTracePoints> agrees;  // which points of the trace speak for it
};

Evidence weigh(const Trace& trace, const Alignment& alignment);

}  // namespace haalweg
