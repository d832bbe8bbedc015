// Compiled once for each instruction set, with HAALWEG_ISA naming it. See candidate_kernels.hpp.
#include "candidate_kernels.hpp"

namespace haalweg {
namespace HAALWEG_ISA {
namespace {

constexpr float kOctavesMost = 2.3f;
constexpr float kOctavesApart = 0.7f;
constexpr float kTolerance = 10;      // pixels of the query
constexpr float kTolerancePer = 0.08f;  // and so much of the distance from the hit that proposes
// A point's own size tells the scale to half an octave only: 2^(-0.4 .. 0.4).
constexpr float kSteps[] = {0, -0.2f, 0.2f, -0.4f, 0.4f};
constexpr float kFactors[] = {1, 0.870550563f, 1.148698355f, 0.757858283f, 1.319507911f};

inline int bits_set(uint64_t x) {
#if defined(__POPCNT__) || !defined(__x86_64__)
  return __builtin_popcountll(x);
#else
  x = x - ((x >> 1) & 0x5555555555555555u);
  x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return static_cast<int>((x * 0x0101010101010101u) >> 56);
#endif
}

size_t scan(const Probe* probes, size_t count, uint64_t sketch, uint64_t rest, int most, Near* out) {
  Near* const first = out;
  for (const Probe* probe = probes; probe < probes + count; probe++) {
    const int left = most - probe->flips;
    for (const Posting *p = probe->at, *end = p + probe->count; p < end; p++) {
      const int sketched = bits_set(p->sketch ^ sketch);
      if (__builtin_expect(sketched > left, 1)) continue;
      const int distance = sketched + bits_set((p->rest ^ rest) & kRestMask);
      if (distance > left) continue;
      *out++ = {p->rest, static_cast<uint32_t>(distance + probe->flips)};
    }
  }
  return static_cast<size_t>(out - first);
}

inline float size_of(float value) { return value < 0 ? -value : value; }

// 2 to the power of a number of half octaves: a level's difference.
inline float scale_of(float octaves) {
  const int halves = static_cast<int>(octaves * 2 + (octaves < 0 ? -0.5f : 0.5f));
  float scale = halves % 2 == 0 ? 1.0f : halves < 0 ? 0.707106781f : 1.414213562f;
  for (int i = halves / 2; i > 0; i--) scale *= 2;
  for (int i = halves / 2; i < 0; i++) scale *= 0.5f;
  return scale;
}

// Whole numbers throughout the sums: their order, and with it the instruction set, changes nothing.
Agreement agree(const Sheet& h, int32_t cap) {
  Agreement best{0, 0, 1, 0, 0};
  const int n = static_cast<int>(h.count);
  int32_t all = 0;
  for (int j = 0; j < n; j++) all += h.weight[j];
  int32_t fits[64];
  for (int i = 0; i < n; i++) {
    if (size_of(h.octaves[i]) > kOctavesMost) continue;
    const float own = scale_of(h.octaves[i]);
    for (int step = 0; step < 5; step++) {
      const float octaves = h.octaves[i] + kSteps[step], scale = own * kFactors[step];
      const float shift_x = h.qx[i] - scale * h.sx[i], shift_y = h.qy[i] - scale * h.sy[i];
      int32_t bound = 0;
      for (int j = 0; j < n; j++) {
        const float most = kTolerance + kTolerancePer * scale * (size_of(h.sx[j] - h.sx[i]) + size_of(h.sy[j] - h.sy[i]));
        const bool x = size_of(scale * h.sx[j] + shift_x - h.qx[j]) <= most;
        const bool y = size_of(scale * h.sy[j] + shift_y - h.qy[j]) <= most;
        const bool size = size_of(h.octaves[j] - octaves) <= kOctavesApart;
        fits[j] = (x & y & size) ? h.weight[j] : 0;
        bound += fits[j];
      }
      if (bound <= best.score) continue;
      int32_t left[64], score = 0;
      for (int32_t& cell : left) cell = cap;
      uint64_t who = 0;
      for (int j = 0; j < n; j++) {
        if (fits[j] == 0) continue;
        int32_t& cell = left[h.cell[j]];
        const int32_t counted = fits[j] < cell ? fits[j] : cell;
        cell -= counted;
        score += counted;
        who |= uint64_t{1} << j;
      }
      if (score > best.score) best = {score, who, scale, shift_x, shift_y};
    }
    // Hits that all but agree propose the same again and again: a bank of near-copies would make a search long.
    int32_t agreed = 0;
    for (int j = 0; j < n; j++) agreed += (best.who >> j & 1) != 0 ? h.weight[j] : 0;
    if (n > 8 && agreed > all - all / 4) break;
  }
  return best;
}

}  // namespace

extern const CandidateKernels kCandidateKernels;
const CandidateKernels kCandidateKernels = {scan, agree};

}  // namespace HAALWEG_ISA
}  // namespace haalweg
