#include "trace_evidence.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "trace_changes.hpp"
#include "trace_tables.hpp"

namespace haalweg {
namespace {

constexpr int kCells = kGrid * kGrid;
constexpr float kAgrees = 0.3f;  // a weight from which a point counts as found
// Fewer points than these agree by a time, a bubble, a mark that two pictures share, however well they agree: of the points that the
// picture can show an eighth, at most twenty. Where part of a photo was kept more do.
constexpr int kFewestAgreeing = 20, kOfInside = 8;
constexpr float kMostAltered = 0.9f;  // of the area that can be told: what is left of a photo of which more is replaced may be anyone's mark

template <size_t count, class T>
int bin_of(T value, const T (&upper)[count]) {
  return static_cast<int>(std::upper_bound(upper, upper + count, value) - upper);
}

// The logarithm of how much likelier a copied place shows this distance and rank than one that is not copied.
float weight_of(int level, int distance, float evidence) {
  const int rank = static_cast<int>(std::lower_bound(std::begin(kRankBins), std::end(kRankBins), evidence) - std::begin(kRankBins));
  return kLikelihood[level_group(level)][rank][bin_of(distance, kDistanceBins)];
}

// Windows that overlap see the same pixels: of n that show much the same, all together count as the root of n.
void discount(const Trace& trace, float* weights) {
  float counted[kTracePoints];
  for (int i = 0; i < trace.count; i++) {
    counted[i] = weights[i];
    if (weights[i] <= 0) continue;
    float same = 0;
    for (int j = 0; j < trace.count; j++) {
      if (weights[j] <= 0) continue;
      const float si = kLevelSize[trace.points[i].level], sj = kLevelSize[trace.points[j].level];
      const float larger = std::max(si, sj), smaller = std::min(si, sj);
      const float x = static_cast<float>(trace.points[i].x - trace.points[j].x) * 0.5f, y = static_cast<float>(trace.points[i].y - trace.points[j].y) * 0.5f;
      const float apart = (x * x + y * y) / (100 * larger * larger);
      if (apart < 9) same += std::exp(-apart) * smaller / larger * std::min(1.0f, weights[j] / weights[i]);
    }
    counted[i] = weights[i] / std::sqrt(std::max(1.0f, same));
  }
  std::copy(counted, counted + trace.count, weights);
}

float over(float value, const Allowance& allowed) {
  const float more = std::max(0.0f, std::fabs(value) - allowed.free) / allowed.unit;
  return more * more;
}

float looseness(const Alignment& alignment) {
  const Rigidity& r = alignment.rigidity;
  if (r.points == 0) return 0;
  const float missing = std::max(0.0f, kContrast.free - r.contrast);
  return over(r.turn, kTurn) + over(r.shear, kShear) + over(r.stretch, kStretch) + over(r.residual, kResidual) + over(missing, {0, kContrast.unit});
}

}  // namespace

Evidence weigh(const Trace& trace, const Alignment& alignment) {
  float weights[kTracePoints] = {}, sums[kCells] = {}, counted[kCells] = {};
  bool agrees[kTracePoints] = {};
  int inside = 0;
  Evidence out = {};
  for (int i = 0; i < trace.count; i++) {
    if (!alignment.inside[i]) continue;
    inside++;
    weights[i] = weight_of(trace.points[i].level, alignment.distance[i], alignment.evidence[i]);
    agrees[i] = weights[i] > kAgrees;
    out.points += agrees[i];
    out.agrees[static_cast<size_t>(i)] = agrees[i];
    sums[cell_of(trace, trace.points[i])] += weights[i];
  }
  discount(trace, weights);
  for (int i = 0; i < trace.count; i++) counted[cell_of(trace, trace.points[i])] += weights[i];
  for (const float sum : counted) out.score += std::clamp(sum, 0.0f, kCellMost);
  out.score /= 1 + looseness(alignment);

  const Changes changes = find_changes(trace, alignment, agrees);
  out.derived = changes.derived;
  out.altered = changes.altered;
  for (int c = 0; c < kCells; c++)
    if (sums[c] > 1 && (out.altered >> c & 1) == 0) out.agreeing |= uint64_t{1} << c;
  const int altered = std::popcount(out.altered), known = altered + std::popcount(out.agreeing);
  out.altered_share = known > 0 ? static_cast<float>(altered) / static_cast<float>(known) : 0;
  if (out.points < std::min(kFewestAgreeing, inside / kOfInside) || out.altered_share > kMostAltered) out.score = 0;
  return out;
}

}  // namespace haalweg
