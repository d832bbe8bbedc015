// Many traces, one picture in question: which source photos was it made from, or which photos does it show again?
//
// In memory only. Additions and removals are seen by the next search; several threads may search at once. The picture's pixels
// are asked, not a second trace: every code of a trace that comes into question is compared with the picture where it should be.
#pragma once
#include <stdint.h>

#include <bitset>
#include <memory>
#include <vector>

#include "haalweg/pixels.hpp"
#include "haalweg/trace.hpp"

namespace haalweg {

// query = scale * photo + shift; the photo's longer side is kTraceLong, the query's as `Searched` says.
struct Transform {
  float scale_x, scale_y, shift_x, shift_y;
};

struct Recognised {
  uint64_t id;
  TraceKind kind;
  bool derived;       // part of the photo is replaced in the picture
  bool mirrored;      // the picture shows it from right to left
  float score;
  int points;         // of the trace that speak for it
  int width, height;  // of the trace
  uint64_t agreeing, altered;  // cells of 8 x 8 over the photo, bit 8 * row + column
  float altered_share;
  Transform transform;  // to the picture as it was searched, mirrored if so
  std::bitset<kTracePoints> agrees;  // which points of the trace speak for it
};

struct Searched {
  int width, height;  // of the picture as it was searched
  std::vector<Recognised> found;  // best first
};

class TraceIndex {
 public:
  TraceIndex();
  ~TraceIndex();
  TraceIndex(const TraceIndex&) = delete;

  void add(const Trace& trace, uint64_t id);
  // Every trace of that id; how many there were.
  size_t remove(uint64_t id);
  // What scores `least` or more. Throws std::bad_alloc.
  Searched search(const Pixels& picture, float least) const;
  size_t size() const;
  size_t bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace haalweg
