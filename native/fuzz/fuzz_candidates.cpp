// Adds, removes and searches in any order, of codes so alike that buckets overflow and split to no avail: never a crash, never
// a read outside, a photo that is there is found, and none that is not.
#include <stddef.h>
#include <stdint.h>

#include <cstdlib>
#include <map>
#include <span>
#include <vector>

#include "haalweg/candidate_index.hpp"

namespace {

using namespace haalweg;

void expect(bool holds) {
  if (!holds) std::abort();
}

uint64_t mixed(uint64_t x) {
  x = (x ^ x >> 31) * 0x9e3779b97f4a7c15u;
  return x ^ x >> 29;
}

// Every eighth is like those of all other photos.
std::vector<TracePoint> points_of(uint8_t seed, uint8_t count) {
  std::vector<TracePoint> points;
  for (uint64_t i = 0; i < count; i++) {
    const uint64_t x = i % 8 == 7 ? i : mixed(seed * 256 + i + 1);
    points.push_back({static_cast<uint16_t>(x % kPlaceEnd), static_cast<uint16_t>(x / 1024 % kPlaceEnd),
                      static_cast<uint8_t>(x % kLevelEnd), {mixed(x), mixed(x + 7)}});
  }
  return points;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  CandidateIndex index;
  std::map<uint32_t, std::vector<TracePoint>> model;
  size_t postings = 0;
  for (size_t at = 0; at + 4 <= size && at < 4 * 100; at += 4) {
    const uint8_t what = data[at], seed = data[at + 2], count = data[at + 3];
    const uint32_t slot = data[at + 1];
    const auto points = points_of(seed, count);
    if (what < 150) {
      if (model.contains(slot)) continue;
      index.add(slot, points);
      model[slot] = points;
      postings += points.size();
    } else if (what < 220) {
      const auto known = model.find(slot);
      // Now and then with other points than it was added with.
      expect(index.remove(slot, known == model.end() || what < 160 ? points : known->second) == (known != model.end()));
      if (known == model.end()) continue;
      postings -= known->second.size();
      model.erase(known);
    } else {
      std::vector<AskedPoint> asked;
      for (const TracePoint& p : points) {
        AskedPoint point{p.x / 2.0f, p.y / 2.0f, p.level, {{p.code.half[0] ^ (what & 1), p.code.half[1]}}, {}};
        for (uint8_t& margin : point.margin) margin = static_cast<uint8_t>(mixed(p.code.half[0]) >> (what & 7));
        asked.push_back(point);
      }
      CandidateOptions options;
      options.probes = what;
      for (const Candidate& c : index.candidates(asked, options)) {
        expect(model.contains(c.slot) && c.points > 0 && static_cast<size_t>(c.points) == c.support.size());
        for (const Support& s : c.support) expect(s.asked < asked.size());
      }
    }
    expect(index.photos() == model.size() && index.postings() == postings);
  }
  for (const auto& [slot, points] : model) {
    if (points.empty()) continue;
    const TracePoint& p = points[0];
    const AskedPoint point{0, 0, p.level, p.code, {}};
    CandidateOptions options;
    options.most = 1000;
    bool found = false;
    for (const Candidate& c : index.candidates({&point, 1}, options)) found = found || c.slot == slot;
    expect(found);
  }
  for (const auto& [slot, points] : model) expect(index.remove(slot, points));
  expect(index.photos() == 0 && index.postings() == 0);
  return 0;
}
