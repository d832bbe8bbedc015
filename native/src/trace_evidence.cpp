#include "trace_evidence.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "trace_tables.hpp"

namespace haalweg {
namespace {

constexpr int kCells = kGrid * kGrid;

int cell_of(const Trace& trace, const TracePoint& point) {
  const int x = std::min(kGrid - 1, point.x * kGrid / (2 * trace.width)), y = std::min(kGrid - 1, point.y * kGrid / (2 * trace.height));
  return y * kGrid + x;
}

template <size_t count, class T>
int bin_of(T value, const T (&upper)[count]) {
  return static_cast<int>(std::upper_bound(upper, upper + count, value) - upper);
}

// The logarithm of how much likelier a copied place shows this distance and rank than one that is not copied.
float weight_of(int level, int distance, float evidence) {
  constexpr int kGroup[kTraceLevels] = {0, 0, 1, 1, 2, 2, 2, 2};
  const int rank = static_cast<int>(std::lower_bound(std::begin(kRankBins), std::end(kRankBins), evidence) - std::begin(kRankBins));
  return kLikelihood[kGroup[level]][rank][bin_of(distance, kDistanceBins)];
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

int largest_blob(uint64_t cells) {
  int largest = 0;
  while (cells != 0) {
    uint64_t blob = cells & (~cells + 1), grown = 0;
    constexpr uint64_t kNotFirst = 0xfefefefefefefefeull, kNotLast = 0x7f7f7f7f7f7f7f7full;
    while (grown != blob) {
      grown = blob;
      blob |= ((blob << 1 & kNotFirst) | (blob >> 1 & kNotLast) | blob << kGrid | blob >> kGrid) & cells;
    }
    largest = std::max(largest, std::popcount(blob));
    cells &= ~blob;
  }
  return largest;
}

// Up to two whole rows at the lower or upper edge are a caption's, not the picture's.
uint64_t without_captions(uint64_t altered, uint64_t agreeing) {
  uint64_t inner = altered;
  for (const int direction : {-1, 1}) {
    int removed = 0;
    for (int k = 0; k < kGrid && removed < 2; k++) {
      const int row = direction < 0 ? kGrid - 1 - k : k;
      const uint64_t mask = 0xffull << (kGrid * row);
      const int known = std::popcount((altered | agreeing) & mask);
      if (known == 0) continue;
      if (5 * std::popcount(altered & mask) < 3 * known) break;
      inner &= ~mask;
      removed++;
    }
  }
  return inner;
}

}  // namespace

Evidence weigh(const Trace& trace, const Alignment& alignment) {
  float weights[kTracePoints] = {}, sums[kCells] = {}, counted[kCells] = {};
  int inside[kCells] = {}, good[kCells] = {};
  Evidence out = {};
  for (int i = 0; i < trace.count; i++) {
    if (!alignment.inside[i]) continue;
    weights[i] = weight_of(trace.points[i].level, alignment.distance[i], alignment.evidence[i]);
    const int cell = cell_of(trace, trace.points[i]);
    sums[cell] += weights[i];
    inside[cell]++;
    good[cell] += weights[i] > 0.3f;
    out.points += weights[i] > 0.3f;
  }
  discount(trace, weights);
  for (int i = 0; i < trace.count; i++) counted[cell_of(trace, trace.points[i])] += weights[i];
  for (int c = 0; c < kCells; c++) {
    out.score += std::clamp(counted[c], 0.0f, kCellMost);
    const bool agrees = sums[c] > 1;
    if (agrees) out.agreeing |= uint64_t{1} << c;
    if (!agrees && inside[c] >= 3 && static_cast<float>(good[c]) < 0.15f * static_cast<float>(inside[c])) out.altered |= uint64_t{1} << c;
  }
  out.score /= 1 + looseness(alignment);
  const uint64_t inner = without_captions(out.altered, out.agreeing);
  const int altered = std::popcount(out.altered), known = std::popcount(out.altered | out.agreeing);
  out.derived = largest_blob(inner) >= 3 || std::popcount(inner) >= 5 || 2 * altered > known;
  out.altered_share = known > 0 ? static_cast<float>(altered) / static_cast<float>(known) : 0;
  return out;
}

}  // namespace haalweg
