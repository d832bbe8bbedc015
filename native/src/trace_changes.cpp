#include "trace_changes.hpp"

#include <algorithm>
#include <cmath>

#include "trace_tables.hpp"

namespace haalweg {
namespace {

constexpr int kCells = kGrid * kGrid;
constexpr float kInReplaced = 0.08f;             // share of points that agree by chance where something else is shown
constexpr float kLeastShare = 0.05f, kMostShare = 0.9f;  // of points that agree where the photo is kept
constexpr float kHalfWindow = 7.5f;              // pixels of its level that a code sees on each side
constexpr float kTallestBar = 0.24f;             // of the picture's height: a caption's
constexpr int kMostParts = 3;

struct Seen {
  int cell, group;
  bool agrees;
  float x, y;  // in the picture
};

// The points that can tell: their windows lie inside the photo and inside the picture.
std::vector<Seen> telling(const Trace& trace, const Alignment& a, const bool* agrees) {
  std::vector<Seen> out;
  const Transform& t = a.transform;
  const float scale = std::sqrt(t.scale_x * t.scale_y);
  for (int i = 0; i < trace.count; i++) {
    if (!a.inside[i]) continue;
    const TracePoint& point = trace.points[i];
    const float x = static_cast<float>(point.x) * 0.5f, y = static_cast<float>(point.y) * 0.5f, room = kHalfWindow * kLevelSize[point.level];
    const float at_x = t.scale_x * x + t.shift_x, at_y = t.scale_y * y + t.shift_y, there = room * scale;
    const bool in_photo = x > room && y > room && x < static_cast<float>(trace.width) - room && y < static_cast<float>(trace.height) - room;
    const bool in_picture = at_x > there && at_y > there && at_x < a.view_width - there && at_y < a.view_height - there;
    if (in_photo && in_picture) out.push_back({cell_of(trace, point), level_group(point.level), agrees[i], at_x, at_y});
  }
  return out;
}

// A caption at the upper or lower edge covers a photo and changes nothing in it: what lies under one is left out.
void leave_captions_out(std::vector<Seen>& seen, float top, float bottom, float left, float right) {
  for (const bool upper : {true, false}) {
    const auto depth = [&](const Seen& s) { return (upper ? s.y - top : bottom - s.y) / (bottom - top); };
    float bar = 0;
    for (float tried = 0.04f; tried <= kTallestBar; tried += 0.02f) {
      int points = 0, agreeing = 0;
      unsigned quarters = 0;
      for (const Seen& s : seen) {
        if (depth(s) >= tried) continue;
        points++;
        agreeing += s.agrees;
        quarters |= 1u << std::clamp(static_cast<int>((s.x - left) / (right - left) * 4), 0, 3);
      }
      if (points >= 3 && 25 * agreeing <= 3 * points && (quarters & (quarters - 1)) != 0) bar = tried;
    }
    std::erase_if(seen, [&](const Seen& s) { return depth(s) < bar; });
  }
}

struct Part {
  float sum = 0;
  int left = 0, top = 0, right = 0, bottom = 0;  // cells

  bool holds(int cell) const {
    const int x = cell % kGrid, y = cell / kGrid;
    return x >= left && x < right && y >= top && y < bottom;
  }
};

Part heaviest_part(const float* cells) {
  float sums[kGrid + 1][kGrid + 1] = {};
  for (int y = 0; y < kGrid; y++)
    for (int x = 0; x < kGrid; x++) sums[y + 1][x + 1] = cells[y * kGrid + x] + sums[y][x + 1] + sums[y + 1][x] - sums[y][x];
  Part best;
  for (int top = 0; top < kGrid; top++)
    for (int bottom = top + 1; bottom <= kGrid; bottom++)
      for (int left = 0; left < kGrid; left++)
        for (int right = left + 1; right <= kGrid; right++) {
          const float sum = sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left];
          if (sum > best.sum) best = {sum, left, top, right, bottom};
        }
  return best;
}

// How much likelier each cell's points are where something else is shown than where the photo is kept.
void weigh_cells(const std::vector<Seen>& seen, const std::vector<Part>& parts, float* cells) {
  const auto replaced = [&](const Seen& s) { return std::any_of(parts.begin(), parts.end(), [&](const Part& p) { return p.holds(s.cell); }); };
  int points[kLevelGroups] = {}, agreeing[kLevelGroups] = {};
  for (const Seen& s : seen) {
    if (replaced(s)) continue;
    points[s.group]++;
    agreeing[s.group] += s.agrees;
  }
  std::fill(cells, cells + kCells, 0.f);
  for (const Seen& s : seen) {
    const float share = std::clamp(static_cast<float>(agreeing[s.group] + 1) / static_cast<float>(points[s.group] + 2), kLeastShare, kMostShare);
    cells[s.cell] += s.agrees ? std::log(kInReplaced / share) : std::log((1 - kInReplaced) / (1 - share));
  }
}

}  // namespace

Changes find_changes(const Trace& trace, const Alignment& alignment, const bool* agrees) {
  const Transform& t = alignment.transform;
  std::vector<Seen> seen = telling(trace, alignment, agrees);
  leave_captions_out(seen, std::max(0.0f, t.shift_y), std::min(alignment.view_height, t.scale_y * static_cast<float>(trace.height) + t.shift_y),
                     std::max(0.0f, t.shift_x), std::min(alignment.view_width, t.scale_x * static_cast<float>(trace.width) + t.shift_x));
  float cells[kCells];
  std::vector<Part> parts;
  // What is replaced says nothing about how well the rest agrees: find it, look again without it.
  for (int round = 0; round < 3; round++) {
    weigh_cells(seen, parts, cells);
    parts = {heaviest_part(cells)};
  }
  Changes out;
  out.replaced = parts.front().sum;
  out.derived = out.replaced >= kReplaced;
  if (!out.derived) return out;
  while (parts.size() < kMostParts) {
    for (int c = 0; c < kCells; c++)
      if (parts.back().holds(c)) {
        if (cells[c] >= 0) out.altered |= uint64_t{1} << c;
        cells[c] = 0;
      }
    parts.push_back(heaviest_part(cells));
    if (parts.back().sum < kReplaced) break;
  }
  return out;
}

}  // namespace haalweg
