// One trace against one picture: does the picture lie over the photo, moved and scaled but never turned, and where does it agree?
#pragma once
#include <memory>
#include <vector>

#include "haalweg/trace_index.hpp"
#include "trace_code.hpp"

namespace haalweg {

constexpr int kGrid = 8;  // evidence is gathered over 8 x 8 cells of the photo
constexpr int kProposals = 3;  // ways a picture may lie that are looked at
constexpr int kLevelGroups = 3;  // fine, middling and coarse levels have statistics of their own
constexpr int kNear = 36;  // bits; a match that may propose how the picture lies
constexpr int kGood = 24;  // bits; as good as certain, if nothing else in the picture is as near

// A picture in question, as it is or read from right to left.
struct View {
  const Pyramid* pyramid;
  bool mirrored;
  std::vector<float> x, y;
  std::vector<uint8_t> level;
  std::vector<Code> codes;
  std::vector<uint8_t> margins;  // [point][kIndexBits], 64 is one standard deviation

  float width() const { return static_cast<float>(pyramid->width); }
  float height() const { return static_cast<float>(pyramid->height); }
  int count() const { return static_cast<int>(codes.size()); }
};

struct Query {
  Pyramid pyramid;
  View views[2];  // upright, mirrored
};

inline int level_group(int level) { return level < 2 ? 0 : level < 4 ? 1 : 2; }

// The cell of the photo that a point lies in.
int cell_of(const Trace& trace, const TracePoint& point);

// Null without memory.
std::unique_ptr<Query> make_query(const Pixels& picture);

// The codes of a view at given places, sizes as there.
void codes_at(const View& view, const float* x, const float* y, const float* size, int count, Code* out);

// What scale and shift leave over of the places of the points that agree: pixels of the photo in 256, except where said.
// A picture that was made from the photo lies on it like one sheet; another photo of the same place turns, tilts or drifts.
struct Rigidity {
  int points = 0;        // too few to say anything: everything is zero
  float turn = 0, shear = 0, stretch = 0;
  float residual = 0;    // median of what an affine fit leaves, in pixels of the photo before it was enlarged
  float contrast = 0;    // mean of how many bits nearer a code is at its place than beside it
};

// How every point of a trace fares in a picture.
struct Alignment {
  Transform transform;
  bool inside[kTracePoints];
  uint8_t distance[kTracePoints];  // at the predicted place; of points inside only
  float evidence[kTracePoints];    // -log of the share of other places of the picture that fit as well
  Rigidity rigidity;
  float view_width, view_height;
};

// The ways, at most kProposals, in which the picture may lie over the photo, each brought to where it fits best.
std::vector<Alignment> alignments(const Trace& trace, const View& view);

}  // namespace haalweg
