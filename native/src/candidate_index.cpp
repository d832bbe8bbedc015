#include "haalweg/candidate_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "candidate_kernels.hpp"
#include "haalweg/isa.hpp"
#include "posting_arena.hpp"

namespace haalweg {
namespace {

constexpr int kBitsLeast = kIndexBits - kRestBits;
constexpr uint32_t kLoad = 12;       // postings a bucket, at which one more is split
constexpr uint32_t kLoadLeast = 3;   // at which two become one again
constexpr uint32_t kHeadsAtOnce = 1u << 16;
constexpr size_t kAskedMost = 65535;
constexpr int kProbesMost = 512;
constexpr int32_t kOneBit = 64;      // of evidence
constexpr int32_t kWeightMost = 16 * kOneBit;
constexpr int32_t kCellMost = 30 * kOneBit;
constexpr uint32_t kLine = 64 / sizeof(Posting);
constexpr uint32_t kLinesAhead = 8;  // the processor follows a longer bucket by itself

const CandidateKernels& kernels() {
#if defined(HAALWEG_HAS_AVX2)
  if (isa() == Isa::avx2) return avx2::kCandidateKernels;
#endif
  return baseline::kCandidateKernels;
}

uint32_t index_of(const Code& code) { return static_cast<uint32_t>(code.half[0] & ((1u << kIndexBits) - 1)); }
uint64_t sketch_of(const Code& code) { return code.half[0] >> kIndexBits | code.half[1] << (64 - kIndexBits); }
uint64_t rest_of_index(uint32_t index) { return index >> kBitsLeast; }

constexpr int kPlaceAt = kRestBits, kSlotAt = kRestBits + 23;

Posting posting_of(uint32_t slot, const TracePoint& point) {
  const uint64_t place = uint64_t{point.x} << 13 | uint64_t{point.y} << 3 | point.level;
  return {sketch_of(point.code), rest_of_index(index_of(point.code)) | place << kPlaceAt | uint64_t{slot} << kSlotAt};
}

uint32_t slot_of(uint64_t rest) { return static_cast<uint32_t>(rest >> kSlotAt); }
uint32_t place_of(uint64_t rest) { return static_cast<uint32_t>(rest >> kPlaceAt & ((1u << 23) - 1)); }

// How many postings a bucket of so many has room for: even, in steps of a quarter octave.
uint32_t room_for(uint32_t count) {
  if (count <= 8) return (count + 1) / 2 * 2;
  const uint32_t step = std::bit_ceil(count) / 8 < 4 ? 4 : std::bit_ceil(count) / 8;
  return (count + step - 1) / step * step;
}

void check(bool fine, const char* otherwise) {
  if (!fine) throw std::invalid_argument(otherwise);
}

// Memory is asked for in good time; nothing waits for it here.
inline void fetch(const void* address) {
  __builtin_prefetch(address, 0, 2);
  __asm__ volatile("");  // without it a compiler takes functions that only fetch for idle, and leaves them out
}

}  // namespace

// ---- the table ----
//
// Linear hashing. A point lies in the bucket its lowest `bits` index bits name, or `bits` + 1 where that bucket, one before
// `split`, was split already. The bank grows by splitting bucket number `split`: a step moves a dozen postings, whatever the
// bank's size, and what it needs to know of a point stands in the posting.

namespace {

struct Head {
  uint32_t at, count;
};

// The buckets of one point, most likely first.
struct Order {
  std::array<uint32_t, kProbesMost> buckets;
  std::array<Probe, kProbesMost> probes;
  size_t count, probe_count;
};

}  // namespace

struct CandidateIndex::Table {
  PostingArena arena;
  std::vector<std::unique_ptr<Head[]>> heads;
  std::vector<uint32_t> held;  // by slot: postings + 1, or 0 where there is no photo
  int bits = kBitsLeast;
  uint32_t split = 0;
  size_t photos = 0, postings = 0;

  Table() { heads.push_back(std::make_unique<Head[]>(kHeadsAtOnce)); }

  uint32_t buckets() const { return (1u << bits) + split; }
  Head& head(uint32_t bucket) { return heads[bucket / kHeadsAtOnce][bucket % kHeadsAtOnce]; }
  const Head& head(uint32_t bucket) const { return heads[bucket / kHeadsAtOnce][bucket % kHeadsAtOnce]; }

  uint32_t bucket_of(uint32_t index) const {
    const uint32_t bucket = index & ((1u << bits) - 1);
    return bucket < split ? index & ((2u << bits) - 1) : bucket;
  }

  // False where the bucket is full; nobody reads one so long.
  bool append(Head& head, const Posting& posting) {
    if (head.count == PostingArena::kBlockMost) return false;
    const uint32_t room = room_for(head.count);
    if (head.count == room) enlarge(head, room_for(head.count + 1));
    arena.at(head.at)[head.count++] = posting;
    return true;
  }

  void enlarge(Head& head, uint32_t to) {
    if (head.count == 0) {
      head.at = arena.take(to);
      return;
    }
    const uint32_t room = room_for(head.count);
    if (arena.extend(head.at, room, to)) return;
    const uint32_t place = arena.take(to);
    std::memcpy(static_cast<void*>(arena.at(place)), arena.at(head.at), head.count * sizeof(Posting));
    arena.give(head.at, room);
    head.at = place;
  }

  // Keeps the first `count` postings.
  void cut(Head& head, uint32_t count) {
    const uint32_t room = room_for(head.count), left = room_for(count);
    std::fill(arena.at(head.at) + count, arena.at(head.at) + head.count, Posting{});
    if (left < room) arena.give(head.at + left, room - left);
    head.count = count;
  }

  bool erase(Head& head, const Posting& posting) {
    Posting* const first = head.count == 0 ? nullptr : arena.at(head.at);
    for (Posting* p = first; p < first + head.count; p++) {
      if (p->rest != posting.rest || p->sketch != posting.sketch) continue;
      *p = first[head.count - 1];
      cut(head, head.count - 1);
      return true;
    }
    return false;
  }

  void grow() {
    while (postings > size_t{kLoad} * buckets() && bits < kIndexBits) {
      if (buckets() / kHeadsAtOnce == heads.size()) heads.push_back(std::make_unique<Head[]>(kHeadsAtOnce));
      Head& from = head(split);
      Head& to = head(buckets());
      if (from.count != 0) divide(from, to);
      if (++split == 1u << bits) {
        bits++;
        split = 0;
      }
    }
  }

  void divide(Head& from, Head& to) {
    const uint64_t moves = uint64_t{1} << (bits - kBitsLeast);
    Posting* const first = arena.at(from.at);
    Posting* const end = first + from.count;
    const auto count = static_cast<uint32_t>(std::count_if(first, end, [&](const Posting& p) { return (p.rest & moves) != 0; }));
    if (count == 0) return;
    const uint32_t place = arena.take(room_for(count));
    Posting* out = arena.at(place);
    Posting* stays = first;
    for (Posting* p = first; p < end; p++) {
      if ((p->rest & moves) != 0) {
        *out++ = *p;
      } else {
        *stays++ = *p;
      }
    }
    to = {place, count};
    cut(from, from.count - count);
  }

  void shrink() {
    while (postings < size_t{kLoadLeast} * buckets() && buckets() > 1u << kBitsLeast) {
      const uint32_t last = buckets() - 1;
      const uint32_t into = split == 0 ? last - (1u << (bits - 1)) : split - 1;
      Head& from = head(last);
      Head& to = head(into);
      if (from.count + to.count > PostingArena::kBlockMost) return;
      if (from.count != 0) unite(from, to);
      if (split == 0) split = 1u << --bits;
      split--;
      while (heads.size() > buckets() / kHeadsAtOnce + 1) heads.pop_back();
    }
  }

  void unite(Head& from, Head& to) {
    const uint32_t room = room_for(to.count + from.count);
    if (room > room_for(to.count)) enlarge(to, room);
    std::memcpy(static_cast<void*>(arena.at(to.at) + to.count), arena.at(from.at), from.count * sizeof(Posting));
    to.count += from.count;
    cut(from, 0);
    from = {};
  }

  // All heads first, then the ends of all buckets: the memory of hundreds of buckets is on its way at once.
  void fetch_all(std::span<const TracePoint> points, bool ends) const {
    for (const TracePoint& point : points) fetch(&head(bucket_of(index_of(point.code))));
    for (const TracePoint& point : points) {
      const Head& h = head(bucket_of(index_of(point.code)));
      if (h.count != 0) fetch(arena.at(h.at) + (ends ? h.count : 0));
    }
  }

  size_t erase_all(uint32_t slot, std::span<const TracePoint> points) {
    size_t erased = 0;
    for (const TracePoint& point : points) erased += erase(head(bucket_of(index_of(point.code))), posting_of(slot, point));
    return erased;
  }

  void sweep(uint32_t slot) {
    for (uint32_t bucket = 0; bucket < buckets(); bucket++) {
      Head& h = head(bucket);
      if (h.count == 0) continue;
      Posting* const first = arena.at(h.at);
      const Posting* end = std::remove_if(first, first + h.count, [&](const Posting& p) { return slot_of(p.rest) == slot; });
      const auto left = static_cast<uint32_t>(end - first);
      postings -= h.count - left;
      if (left != h.count) cut(h, left);
    }
  }

  // Every hit of every point, the points in their order.
  void ask(std::span<const AskedPoint> points, const CandidateOptions& options, Scratch& scratch, CandidateWork& work) const;
  void order(const AskedPoint& point, int probes, Order& order) const;
  size_t look_up(const AskedPoint& point, uint32_t stop, Order& order) const;
};

// ---- a search ----

namespace {

struct Found {
  uint32_t slot, place;
  uint16_t asked, weight, distance;
};

struct Group {
  uint32_t slot, begin, end;
  int32_t votes;
};

struct Scored {
  Group group;
  Agreement agreement;
  std::array<uint32_t, kSupportMost> hits;
};

}  // namespace

struct CandidateIndex::Scratch {
  std::array<Order, 3> orders;
  std::vector<Near> near;
  std::vector<Found> found, sorted;
  std::vector<Group> groups;
  std::vector<Scored> scored;
  std::vector<uint32_t> shared;
};

class CandidateIndex::Borrowed {
 public:
  explicit Borrowed(const CandidateIndex& from) : from_(from) {
    const std::lock_guard<std::mutex> held(from.pool_guard_);
    if (!from.pool_.empty()) {
      scratch_ = std::move(from.pool_.back());
      from.pool_.pop_back();
    } else {
      from.pool_.reserve(++from.scratches_);
      scratch_ = std::make_unique<Scratch>();
    }
  }
  ~Borrowed() {
    const std::lock_guard<std::mutex> held(from_.pool_guard_);
    from_.pool_.push_back(std::move(scratch_));
  }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  Scratch& operator*() const { return *scratch_; }

 private:
  const CandidateIndex& from_;
  std::unique_ptr<Scratch> scratch_;
};

namespace {

// Buckets in rising order of the summed squared margins of the bits turned over. From a set of bits, in order of margin, come
// two more: the next bit added, and the next bit in place of the last (Lv et al., Multi-Probe LSH, 2007).
class Probing {
 public:
  Probing(const AskedPoint& point, int bits) : bits_(bits) {
    std::array<uint32_t, kIndexBits> costs;
    for (size_t bit = 0; bit < kIndexBits; bit++)
      costs[bit] = uint32_t{point.margin[bit]} * point.margin[bit] << 5 | static_cast<uint32_t>(bit);
    // No two are equal, so each has its place by how many are smaller: no branch to mispredict, unlike in sorting.
    for (size_t bit = 0; bit < static_cast<size_t>(bits); bit++) {
      uint32_t smaller = 0;
      for (size_t other = 0; other < static_cast<size_t>(bits); other++) smaller += costs[other] < costs[bit];
      order_[smaller] = costs[bit];
    }
    heap_[0] = set_of(order_[0] >> 5, bit_at(0), 0);
  }

  // Which bits to turn over next; 0 when there are no more.
  uint32_t next() {
    if (count_ == 0) return 0;
    const uint64_t set = heap_[0];
    const uint32_t turned = set >> 5 & ((1u << kIndexBits) - 1);
    const int last = static_cast<int>(set & 31), more = last + 1;
    if (more < bits_) {
      const auto cost = static_cast<uint32_t>(set >> 29), added = order_[more] >> 5;
      replace_first(set_of(cost + added, turned | bit_at(more), more));
      push(set_of(cost + added - (order_[last] >> 5), turned ^ bit_at(last) ^ bit_at(more), more));
    } else if (--count_ > 0) {
      replace_first(heap_[count_]);
    }
    return turned;
  }

 private:
  // The cost, the bits themselves, and the last of them in order of margin, as one number to compare by.
  static uint64_t set_of(uint32_t cost, uint32_t turned, int last) {
    return uint64_t{cost} << 29 | uint64_t{turned} << 5 | static_cast<uint64_t>(last);
  }
  uint32_t bit_at(int at) const { return 1u << (order_[at] & 31); }

  void push(uint64_t set) {
    size_t at = count_++;
    for (; at > 0 && heap_[(at - 1) / 2] > set; at = (at - 1) / 2) heap_[at] = heap_[(at - 1) / 2];
    heap_[at] = set;
  }

  void replace_first(uint64_t set) {
    size_t at = 0;
    for (size_t child = 1; child < count_; child = 2 * at + 1) {
      child += child + 1 < count_ && heap_[child + 1] < heap_[child];
      if (heap_[child] >= set) break;
      heap_[at] = heap_[child];
      at = child;
    }
    heap_[at] = set;
  }

  int bits_;
  size_t count_ = 1;
  uint32_t order_[kIndexBits];
  // Each set taken leaves at most one more, and of those taken at most half name a bucket once more.
  std::array<uint64_t, 2 * kProbesMost + 2> heap_;
};

// Chance alone brings hits to a photo: of unrelated points so many, for each compared with, lie within so many of the 88 bits.
// Whitened codes of unrelated photos: 8e-7 within 14 bits, and five and a half times as many for every three and a half more.
double chance(int distance) { return 8e-7 * std::exp(0.4955 * (distance - 13.75)); }

// A bank of a few photos cannot tell how rare a hit is. So every bank counts as if it held this many more, which nobody hits but
// by chance.
constexpr double kBackground = 4096, kPointsOfPhoto = 400;

// And a hit says most where it is much nearer than the fourth nearest. One that is not keeps half: a source may be enrolled four
// times.
constexpr uint32_t kFourth = 4;
constexpr double kLeadMost = 11;  // bits

int32_t weight_of(size_t photos, uint32_t hits, int distance, int fourth) {
  const double expected = kBackground * kPointsOfPhoto * chance(distance);
  const double rare = std::log2((static_cast<double>(photos) + kBackground) / (1 + hits + expected));
  const double lead = std::clamp((fourth - distance) / kLeadMost, 0.0, 1.0);
  return std::clamp(static_cast<int32_t>(rare * (1 + lead) / 2 * kOneBit), 0, kWeightMost);
}

struct Work {
  uint32_t keep;
  int probes, distance;
  size_t photos;
};

// A small bank lies in the caches, so it can look at more buckets, and chance brings it fewer hits.
Work work_for(const CandidateOptions& options, size_t photos) {
  const int probes = photos < 20000 ? 48 : 32;
  const int distance = photos < 2000 ? 24 : photos < 20000 ? 20 : photos < 200000 ? 17 : 14;
  return {options.keep, options.probes != 0 ? options.probes : probes,
          options.distance != 0 ? options.distance : distance, photos};
}

// Counts a point's hits by distance, drops the whole distances that are too many, and weighs the rest by how rare they are.
void keep_hits(std::span<const Near> near, uint16_t asked, const Work& work, std::vector<Found>& found) {
  std::array<uint32_t, kDistanceMost + 1> within{};
  for (const Near& hit : near) within[hit.distance]++;
  for (size_t d = 1; d < within.size(); d++) within[d] += within[d - 1];
  int most = work.distance;
  while (most >= 0 && within[static_cast<size_t>(most)] > work.keep) most--;
  int fourth = 0;
  while (fourth <= work.distance && within[static_cast<size_t>(fourth)] < kFourth) fourth++;
  std::array<uint16_t, kDistanceMost + 1> weights{};
  for (int d = 0; d <= most; d++) {
    const auto at = static_cast<size_t>(d);
    if (within[at] == (d == 0 ? 0 : within[at - 1])) continue;
    weights[at] = static_cast<uint16_t>(weight_of(work.photos, within[at], d, fourth));
  }
  for (const Near& hit : near)
    if (weights[hit.distance] != 0)
      found.push_back(
          {slot_of(hit.rest), place_of(hit.rest), asked, weights[hit.distance], static_cast<uint16_t>(hit.distance)});
}

// By slot, the order of the points kept.
void sort_by_slot(std::vector<Found>& found, std::vector<Found>& other) {
  other.resize(found.size());
  for (int shift = 0; shift < 24; shift += 12) {
    std::array<uint32_t, 4097> first{};
    for (const Found& hit : found) first[(hit.slot >> shift & 4095) + 1]++;
    for (size_t i = 1; i < first.size(); i++) first[i] += first[i - 1];
    for (const Found& hit : found) other[first[hit.slot >> shift & 4095]++] = hit;
    found.swap(other);
  }
}

// One hit for each point of a photo: the nearest, of equals the one whose place comes first. So the order of postings in a
// bucket, which the past of the bank decides, changes nothing.
void group_by_photo(std::vector<Found>& found, std::vector<Group>& groups) {
  groups.clear();
  size_t kept = 0;
  for (size_t i = 0; i < found.size(); i++) {
    const Found hit = found[i];
    const bool same_photo = !groups.empty() && groups.back().slot == hit.slot;
    if (same_photo && found[kept - 1].asked == hit.asked) {
      Found& other = found[kept - 1];
      if (std::pair(hit.distance, hit.place) >= std::pair(other.distance, other.place)) continue;
      groups.back().votes += hit.weight - other.weight;
      other = hit;
      continue;
    }
    if (!same_photo) groups.push_back({hit.slot, static_cast<uint32_t>(kept), 0, 0});
    groups.back().votes += hit.weight;
    found[kept++] = hit;
    groups.back().end = static_cast<uint32_t>(kept);
  }
  found.resize(kept);
}

void shortlist(std::vector<Group>& groups, size_t most) {
  const auto better = [](const Group& a, const Group& b) { return a.votes != b.votes ? a.votes > b.votes : a.slot < b.slot; };
  if (groups.size() <= most) return;
  std::nth_element(groups.begin(), groups.begin() + static_cast<ptrdiff_t>(most), groups.end(), better);
  groups.resize(most);
}

Scored scored(const Group& group, const std::vector<Found>& found, std::span<const AskedPoint> asked) {
  Scored photo{group, {}, {}};
  std::vector<uint32_t> strongest;
  size_t count = group.end - group.begin;
  const auto first = static_cast<uint32_t>(group.begin);
  if (count <= kSupportMost) {
    for (size_t i = 0; i < count; i++) photo.hits[i] = first + static_cast<uint32_t>(i);
  } else {
    strongest.resize(count);
    for (size_t i = 0; i < count; i++) strongest[i] = first + static_cast<uint32_t>(i);
    count = kSupportMost;
    std::nth_element(strongest.begin(), strongest.begin() + kSupportMost, strongest.end(), [&](uint32_t a, uint32_t b) {
      return found[a].weight != found[b].weight ? found[a].weight > found[b].weight : a < b;
    });
    std::copy_n(strongest.begin(), kSupportMost, photo.hits.begin());
    std::sort(photo.hits.begin(), photo.hits.end());
  }
  Sheet sheet;
  sheet.count = count;
  for (size_t i = 0; i < count; i++) {
    const Found& hit = found[photo.hits[i]];
    const AskedPoint& point = asked[hit.asked];
    const uint32_t x = hit.place >> 13, y = hit.place >> 3 & 1023, level = hit.place & 7;
    sheet.qx[i] = point.x;
    sheet.qy[i] = point.y;
    sheet.sx[i] = static_cast<float>(x) / 2;
    sheet.sy[i] = static_cast<float>(y) / 2;
    sheet.octaves[i] = static_cast<float>(static_cast<int>(point.level) - static_cast<int>(level)) / 2;
    sheet.weight[i] = hit.weight;
    sheet.cell[i] = static_cast<int32_t>((y >> 7) * 8 + (x >> 7));
  }
  photo.agreement = kernels().agree(sheet, kCellMost);
  return photo;
}

// Takes the best, where a point that supports photos chosen before counts less: near-copies of one picture, which share their
// points, must not take every place.
std::vector<size_t> choose(const std::vector<Scored>& photos, const std::vector<Found>& found, const CandidateOptions& options,
                           std::vector<uint32_t>& shared) {
  std::vector<size_t> chosen;
  std::vector<char> taken(photos.size());
  while (chosen.size() < static_cast<size_t>(options.most)) {
    size_t pick = photos.size();
    double top = 0;
    for (size_t i = 0; i < photos.size() && photos[i].agreement.score > top; i++) {
      if (taken[i] != 0) continue;
      double fresh = 0, all = 0;
      for (uint64_t who = photos[i].agreement.who; who != 0; who &= who - 1) {
        const Found& hit = found[photos[i].hits[static_cast<size_t>(std::countr_zero(who))]];
        const double before = shared[hit.asked] / static_cast<double>(options.crowd);
        fresh += hit.weight / (1 + before * before);
        all += hit.weight;
      }
      if (photos[i].agreement.score * fresh / all <= top) continue;
      top = photos[i].agreement.score * fresh / all;
      pick = i;
    }
    if (pick == photos.size()) return chosen;
    taken[pick] = 1;
    chosen.push_back(pick);
    for (uint64_t who = photos[pick].agreement.who; who != 0; who &= who - 1)
      shared[found[photos[pick].hits[static_cast<size_t>(std::countr_zero(who))]].asked]++;
  }
  return chosen;
}

Candidate described(const Scored& photo, const std::vector<Found>& found, std::span<const AskedPoint> asked) {
  const Agreement& a = photo.agreement;
  Candidate candidate{photo.group.slot, static_cast<float>(a.score) / kOneBit, static_cast<float>(photo.group.votes) / kOneBit,
                      std::popcount(a.who), a.scale, a.shift_x, a.shift_y, {}};
  double w = 0, sx = 0, sy = 0, qx = 0, qy = 0;
  candidate.support.reserve(static_cast<size_t>(candidate.points));
  const auto each = [&](auto&& work) {
    for (uint64_t who = a.who; who != 0; who &= who - 1) {
      const Found& hit = found[photo.hits[static_cast<size_t>(std::countr_zero(who))]];
      work(hit, (hit.place >> 13) / 2.0, (hit.place >> 3 & 1023) / 2.0, asked[hit.asked]);
    }
  };
  each([&](const Found& hit, double x, double y, const AskedPoint& point) {
    w += hit.weight;
    sx += hit.weight * x;
    sy += hit.weight * y;
    qx += hit.weight * static_cast<double>(point.x);
    qy += hit.weight * static_cast<double>(point.y);
    candidate.support.push_back(
        {static_cast<uint16_t>(hit.place >> 13), static_cast<uint16_t>(hit.place >> 3 & 1023), hit.asked});
  });
  sx /= w, sy /= w, qx /= w, qy /= w;
  double spread = 0, together = 0;
  each([&](const Found& hit, double x, double y, const AskedPoint& point) {
    spread += hit.weight * ((x - sx) * (x - sx) + (y - sy) * (y - sy));
    together += hit.weight * ((x - sx) * (static_cast<double>(point.x) - qx) + (y - sy) * (static_cast<double>(point.y) - qy));
  });
  // Points close together say where, but not how large.
  double scale = static_cast<double>(a.scale);
  if (spread > w * 16 * 16) scale = std::clamp(together / spread, scale / 1.5, scale * 1.5);
  candidate.scale = static_cast<float>(scale);
  candidate.shift_x = static_cast<float>(qx - scale * sx);
  candidate.shift_y = static_cast<float>(qy - scale * sy);
  return candidate;
}

void check_asked(std::span<const AskedPoint> points, const CandidateOptions& options) {
  check(points.size() <= kAskedMost, "up to 65535 points can be asked");
  check(options.probes >= 0 && options.probes <= kProbesMost, "0 to 512 probes expected");
  check(options.distance >= 0 && options.distance <= kDistanceMost, "a distance of 0 to 40 bits expected");
  check(options.shortlist >= 0 && options.most >= 0, "a shortlist and a number of candidates of 0 or more expected");
  check(options.crowd > 0, "a crowd above 0 expected");
  for (const AskedPoint& point : points)
    check(std::isfinite(point.x) && std::isfinite(point.y) && point.level < kLevelEnd,
          "a finite place and a level of 0 to 7 expected");
}

}  // namespace

void CandidateIndex::Table::order(const AskedPoint& point, int probes, Order& order) const {
  const uint32_t own = index_of(point.code);
  const int used = bits + (split != 0);
  Probing probing(point, used);
  order.buckets[0] = bucket_of(own);
  order.count = 1;
  fetch(&head(order.buckets[0]));
  while (order.count < static_cast<size_t>(probes)) {
    const uint32_t turned = probing.next();
    if (turned == 0) return;
    // A bucket not yet split is the same with the bit that will divide it and without; without came first.
    const uint32_t index = own ^ turned, bucket = bucket_of(index);
    if (used > bits && (turned >> bits & 1) != 0 && bucket < 1u << bits && bucket >= split) continue;
    order.buckets[order.count++] = bucket;
    fetch(&head(bucket));
  }
}

// Reads the heads and asks for the postings; how many there are.
size_t CandidateIndex::Table::look_up(const AskedPoint& point, uint32_t stop, Order& order) const {
  const uint32_t low = (1u << kBitsLeast) - 1, own = index_of(point.code) & low;
  size_t postings_read = 0;
  order.probe_count = 0;
  for (size_t i = 0; i < order.count; i++) {
    const Head& h = head(order.buckets[i]);
    if (h.count == 0 || h.count > stop) continue;
    const Posting* at = arena.at(h.at);
    const uint32_t most = std::min(h.count, kLinesAhead * kLine);
    for (uint32_t k = 0; k < most; k += kLine) fetch(at + k);
    fetch(at + most - 1);
    order.probes[order.probe_count++] = {at, h.count, std::popcount((order.buckets[i] & low) ^ own)};
    postings_read += h.count;
  }
  return postings_read;
}

void CandidateIndex::Table::ask(std::span<const AskedPoint> points, const CandidateOptions& options, Scratch& scratch,
                                CandidateWork& done) const {
  if (postings == 0) return;
  const Work work = work_for(options, photos);
  const auto order_of = [&](size_t i) -> Order& { return scratch.orders[i % 3]; };
  std::array<size_t, 3> reads{};
  const auto begin = [&](size_t i) {
    if (i < points.size()) order(points[i], work.probes, order_of(i));
  };
  const auto open = [&](size_t i) {
    if (i < points.size()) reads[i % 3] = look_up(points[i], options.stop, order_of(i));
  };
  // Three points on their way: of the first the postings are read, of the second the heads, of the third nothing yet.
  begin(0);
  begin(1);
  open(0);
  for (size_t i = 0; i < points.size() && done.postings < options.budget; i++) {
    begin(i + 2);
    open(i + 1);
    const Order& now = order_of(i);
    if (scratch.near.size() < reads[i % 3]) scratch.near.resize(reads[i % 3]);
    const uint64_t rest = rest_of_index(index_of(points[i].code));
    const size_t hits = kernels().scan(now.probes.data(), now.probe_count, sketch_of(points[i].code), rest, work.distance,
                                       scratch.near.data());
    done.points++;
    done.probes += now.count;
    done.postings += reads[i % 3];
    done.hits += hits;
    keep_hits({scratch.near.data(), hits}, static_cast<uint16_t>(i), work, scratch.found);
  }
}

// ---- the index ----

CandidateIndex::CandidateIndex() : table_(std::make_unique<Table>()) {}
CandidateIndex::~CandidateIndex() = default;

void CandidateIndex::add(uint32_t slot, std::span<const TracePoint> points) {
  check(slot < kSlotEnd, "a slot below 2^24 expected");
  for (const TracePoint& point : points)
    check(point.x < kPlaceEnd && point.y < kPlaceEnd && point.level < kLevelEnd,
          "places of 0 to 1023 half pixels and levels of 0 to 7 expected");
  const std::lock_guard<std::mutex> gate(gate_);
  const std::unique_lock<std::shared_mutex> writing(guard_);
  Table& table = *table_;
  if (slot >= table.held.size()) table.held.resize(std::max<size_t>(slot + 1, table.held.size() * 3 / 2));
  check(table.held[slot] == 0, "a slot that is not in use expected");
  table.fetch_all(points, true);
  size_t added = 0, tried = 0;
  try {
    for (; tried < points.size(); tried++) {
      Head& head = table.head(table.bucket_of(index_of(points[tried].code)));
      added += table.append(head, posting_of(slot, points[tried]));
    }
    table.postings += added;
    table.grow();
  } catch (...) {
    if (tried == points.size()) table.postings -= added;
    table.erase_all(slot, points.first(tried));
    throw;
  }
  table.held[slot] = static_cast<uint32_t>(added) + 1;
  table.photos++;
}

bool CandidateIndex::remove(uint32_t slot, std::span<const TracePoint> points) {
  const std::lock_guard<std::mutex> gate(gate_);
  const std::unique_lock<std::shared_mutex> writing(guard_);
  Table& table = *table_;
  if (slot >= table.held.size() || table.held[slot] == 0) return false;
  table.fetch_all(points, false);
  const size_t held = table.held[slot] - 1, erased = table.erase_all(slot, points);
  table.postings -= erased;
  if (erased != held) table.sweep(slot);
  table.held[slot] = 0;
  table.photos--;
  try {
    table.shrink();
  } catch (const std::bad_alloc&) {
    // The bank stays as wide as it is; the next removal tries again.
  }
  return true;
}

std::vector<Candidate> CandidateIndex::candidates(std::span<const AskedPoint> points, const CandidateOptions& options,
                                                  CandidateWork* done) const {
  check_asked(points, options);
  const Borrowed borrowed(*this);
  Scratch& s = *borrowed;
  s.found.clear();
  CandidateWork work;
  {
    std::unique_lock<std::mutex> gate(gate_);
    const std::shared_lock<std::shared_mutex> reading(guard_);
    gate.unlock();
    table_->ask(points, options, s, work);
  }
  if (done != nullptr) *done = work;
  sort_by_slot(s.found, s.sorted);
  group_by_photo(s.found, s.groups);
  shortlist(s.groups, static_cast<size_t>(options.shortlist));
  s.scored.clear();
  for (const Group& group : s.groups) s.scored.push_back(scored(group, s.found, points));
  std::sort(s.scored.begin(), s.scored.end(), [](const Scored& a, const Scored& b) {
    return a.agreement.score != b.agreement.score ? a.agreement.score > b.agreement.score : a.group.slot < b.group.slot;
  });
  s.shared.assign(points.size(), 0);
  std::vector<Candidate> best;
  for (const size_t at : choose(s.scored, s.found, options, s.shared)) best.push_back(described(s.scored[at], s.found, points));
  return best;
}

size_t CandidateIndex::photos() const {
  const std::shared_lock<std::shared_mutex> reading(guard_);
  return table_->photos;
}

size_t CandidateIndex::postings() const {
  const std::shared_lock<std::shared_mutex> reading(guard_);
  return table_->postings;
}

size_t CandidateIndex::buckets() const {
  const std::shared_lock<std::shared_mutex> reading(guard_);
  return table_->buckets();
}

size_t CandidateIndex::bytes() const {
  const std::shared_lock<std::shared_mutex> reading(guard_);
  return table_->arena.bytes() + table_->heads.size() * kHeadsAtOnce * sizeof(Head) + table_->held.capacity() * sizeof(uint32_t);
}

}  // namespace haalweg
