#include "trace_drawn.hpp"

#include "trace_code.hpp"
#include "trace_drawn_table.hpp"

namespace haalweg {
namespace {

constexpr int kReach = 8;   // pixels of the level on each side of the corner
constexpr int kBins = 32;   // of brightness
constexpr float kNeighbours = 20;  // pixels of the level; how far neighbours have a say

// The natural logarithm of 1 + v, for v of 0 and up: the same bits everywhere, which the C library's is not.
float log1p_of(float v) {
  float exponent = 0, m = 1 + v;
  for (; m >= 2; m *= 0.5f) exponent += 1;
  const float t = (m - 1) / (m + 1), t2 = t * t;  // artanh series on 0..1/3
  return exponent * 0x1.62e430p-1f + 2 * t * (1 + t2 * (0x1.555556p-2f + t2 * (0x1.99999ap-3f + t2 * 0x1.249250p-3f)));
}

struct Split {
  float within, contrast, minority;  // share of the variance that two greys explain; how far they lie apart; the rarer one's share
};

// Two greys that explain a histogram best (Otsu 1979).
Split split(const int (&bins)[kBins]) {
  int count = 0, sum = 0;
  for (int b = 0; b < kBins; b++) {
    count += bins[b];
    sum += bins[b] * b;
  }
  const auto n = static_cast<float>(count);
  const float mean = static_cast<float>(sum) / n;
  float variance = 0, best = 0;
  Split out = {0, 0, 0};
  int below = 0, sum_below = 0;
  for (int b = 0; b < kBins; b++) {
    const float off = static_cast<float>(b) - mean;
    variance += static_cast<float>(bins[b]) * (off * off);
  }
  for (int b = 0; b < kBins - 1; b++) {
    below += bins[b];
    sum_below += bins[b] * b;
    if (below == 0 || below == count) continue;
    const float low = static_cast<float>(sum_below) / static_cast<float>(below);
    const float high = static_cast<float>(sum - sum_below) / static_cast<float>(count - below);
    const float between = static_cast<float>(below) * static_cast<float>(count - below) * ((high - low) * (high - low));
    if (between <= best) continue;
    best = between;
    out = {0, high - low, static_cast<float>(below < count - below ? below : count - below) / n};
  }
  out.within = variance > 0 ? best / n / variance : 0;
  return out;
}

int inside(int v, int count) { return v < 0 ? 0 : v >= count ? count - 1 : v; }

}  // namespace

void drawn_features(const Pyramid& pyramid, const Corner& corner, const int16_t* descriptor, float* out) {
  const Level& level = pyramid.levels[corner.level];
  const int cx = static_cast<int>(corner.x * static_cast<float>(level.width) / static_cast<float>(pyramid.width));
  const int cy = static_cast<int>(corner.y * static_cast<float>(level.height) / static_cast<float>(pyramid.height));
  const auto grey = [&](int x, int y) -> int {
    return level.grey[static_cast<size_t>(inside(y, level.height)) * static_cast<size_t>(level.width) + static_cast<size_t>(inside(x, level.width))];
  };
  int bins[kBins] = {};
  for (int y = cy - kReach; y <= cy + kReach; y++)
    for (int x = cx - kReach; x <= cx + kReach; x++) bins[grey(x, y) >> 3]++;
  const Split two = split(bins);
  const float contrast = two.contrast * 8, steep = contrast / 3;  // a slope over two pixels
  int edges = 0, flat = 0;
  for (int y = cy - kReach; y <= cy + kReach; y++)
    for (int x = cx - kReach; x <= cx + kReach; x++) {
      const int gx = grey(x + 1, y) - grey(x - 1, y), gy = grey(x, y + 1) - grey(x, y - 1), g = gx * gx + gy * gy;
      edges += static_cast<float>(g) > steep * steep;
      flat += g < 25;
    }
  constexpr float kAll = (2 * kReach + 1) * (2 * kReach + 1);
  const float e = static_cast<float>(edges) / kAll, f = static_cast<float>(flat) / kAll, log_contrast = log1p_of(contrast);
  const float w = two.within, m = two.minority;
  const float patch[kDrawnPatch] = {w, contrast, e, f, m, log_contrast, w * w, w * f, e * e, f * f, m * m, w * log_contrast, static_cast<float>(corner.level)};
  for (int k = 0; k < kDrawnPatch; k++) out[k] = patch[k];
  for (int k = 0; k < kDescriptor; k++) {
    out[kDrawnPatch + k] = descriptor[k];
    out[kDrawnPatch + kDescriptor + k] = static_cast<float>(descriptor[k] < 0 ? -descriptor[k] : descriptor[k]);
  }
}

bool judge_drawn(const Pyramid& pyramid, const int* corners, int count, const int16_t* descriptors, float* out) {
  Buffer<float> alone(static_cast<size_t>(count));
  if (!alone.ok()) return false;
  for (int i = 0; i < count; i++) {
    float features[kDrawnFeatures], sum = kDrawnOffset;
    drawn_features(pyramid, pyramid.corners[static_cast<size_t>(corners[i])], descriptors + static_cast<ptrdiff_t>(i) * kDescriptor, features);
    for (int k = 0; k < kDrawnFeatures; k++) sum += kDrawnWeights[k] * features[k];
    alone[static_cast<size_t>(i)] = sum < -1.5f ? -1.5f : sum > 1.5f ? 1.5f : sum;
  }
  for (int i = 0; i < count; i++) {
    const Corner& here = pyramid.corners[static_cast<size_t>(corners[i])];
    float sum = 0, weights = 0.3f;
    for (int j = 0; j < count; j++) {
      const Corner& there = pyramid.corners[static_cast<size_t>(corners[j])];
      const float si = kLevelSize[here.level], sj = kLevelSize[there.level];
      const float larger = si > sj ? si : sj, smaller = si > sj ? sj : si, reach = kNeighbours * larger;
      const float dx = here.x - there.x, dy = here.y - there.y, apart = (dx * dx + dy * dy) / (reach * reach);
      if (apart >= 4) continue;
      const float near = 1 - apart * 0.25f, weight = near * near * near * near * (smaller / larger);
      sum += weight * alone[static_cast<size_t>(j)];
      weights += weight;
    }
    out[i] = sum / weights - kDrawnLimit;
  }
  return true;
}

}  // namespace haalweg
