// Memory for buckets: blocks of postings in segments of four megabytes, named by number so that a bucket's head is eight bytes.
// A freed block joins its free neighbours. That matters as a bank grows: the buckets outgrow one size together, and what they
// leave behind must serve the next. A segment that is free as a whole goes back to the system.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "candidate_kernels.hpp"

namespace haalweg {

class PostingArena {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr uint32_t kSegment = 1u << 18;  // postings
  static constexpr uint32_t kBlockMost = 1u << 17;

  PostingArena() { first_.fill(kNone); }

  const Posting* at(uint32_t place) const { return segments_[place / kSegment].postings.get() + place % kSegment; }
  Posting* at(uint32_t place) { return segments_[place / kSegment].postings.get() + place % kSegment; }

  // An even number of postings, up to kBlockMost.
  uint32_t take(uint32_t size) {
    if (find(size / kUnit) == kNone) add_segment();
    const uint32_t place = find(size / kUnit);
    cut(place, size / kUnit);
    return place;
  }

  // Makes a block larger where it stands. False where its neighbour is taken or too small.
  bool extend(uint32_t place, uint32_t size, uint32_t to) {
    const uint32_t after = place + size, units = (to - size) / kUnit;
    if (after % kSegment == 0 || !is_end(after / kUnit) || units_of(after) < units) return false;
    cut(after, units);
    return true;
  }

  // Gives back a block, or the end of one. Nothing of what it held is left in memory.
  void give(uint32_t place, uint32_t size) {
    Segment& segment = segments_[place / kSegment];
    uint32_t first = place, total = size / kUnit;
    std::memset(static_cast<void*>(at(place)), 0, size * sizeof(Posting));
    segment.taken -= total;
    const uint32_t after = place + size;
    if (after % kSegment != 0 && is_end(after / kUnit)) total += unlink(after);
    if (place % kSegment != 0 && is_end(place / kUnit - 1)) {
      first -= static_cast<uint32_t>(at(place - 1)->rest) * kUnit;
      total += unlink(first);
    }
    if (segment.taken == 0) {
      // One is kept, so that a bank on the edge does not ask for and return the same memory over and over.
      if (empty_kept_) {
        segment = {};
        vacant_.push_back(place / kSegment);
        return;
      }
      empty_kept_ = true;
    }
    link(first, total);
  }

  size_t bytes() const { return (segments_.size() - vacant_.size()) * (kBytes + kSegmentUnits / 8); }

 private:
  static constexpr uint32_t kUnit = 2;  // postings; the smallest block
  static constexpr uint32_t kSegmentUnits = kSegment / kUnit;
  static constexpr size_t kHuge = 2u << 20;
  static constexpr size_t kBytes = kSegment * sizeof(Posting);
  static constexpr uint32_t kExact = 64;  // sizes up to here have a list each, then four an octave
  static constexpr uint32_t kLists = 128;

  // What a free block holds of itself: in its first posting how many units it is and its neighbours in the list, in its last
  // posting the units again. A block taken has the bits of `ends` clear.
  uint32_t units_of(uint32_t place) const { return static_cast<uint32_t>(at(place)->sketch >> 32); }
  uint32_t next_of(uint32_t place) const { return static_cast<uint32_t>(at(place)->sketch); }
  uint32_t previous_of(uint32_t place) const { return static_cast<uint32_t>(at(place)->rest); }
  void set_next(uint32_t place, uint32_t next) { at(place)->sketch = at(place)->sketch >> 32 << 32 | next; }
  void set_previous(uint32_t place, uint32_t previous) { at(place)->rest = previous; }

  struct Unmap {
    void operator()(Posting* postings) const { munmap(postings, kBytes); }
  };
  struct Segment {
    std::unique_ptr<Posting[], Unmap> postings;
    std::unique_ptr<uint64_t[]> ends;  // which units begin or end a free block
    uint32_t taken = 0;
  };

  bool is_end(uint32_t unit) const {
    const uint32_t in = unit % kSegmentUnits;
    return (segments_[unit / kSegmentUnits].ends[in / 64] >> (in % 64) & 1) != 0;
  }
  void mark(uint32_t unit, bool end) {
    const uint32_t in = unit % kSegmentUnits;
    uint64_t& word = segments_[unit / kSegmentUnits].ends[in / 64];
    word = end ? word | uint64_t{1} << (in % 64) : word & ~(uint64_t{1} << (in % 64));
  }

  static uint32_t list_of(uint32_t units) {
    if (units <= kExact) return units - 1;
    const uint32_t octave = static_cast<uint32_t>(std::bit_width(units)) - 1;
    return kExact + (octave - 6) * 4 + (units >> (octave - 2) & 3);
  }

  // Takes the first units of a free block.
  void cut(uint32_t place, uint32_t units) {
    const uint32_t whole = unlink(place);
    if (whole > units) link(place + units * kUnit, whole - units);
    segments_[place / kSegment].taken += units;
  }

  // Of the lists that fit for certain, the first that holds a block.
  uint32_t find(uint32_t units) const {
    uint32_t list = list_of(units);
    if (units > kExact) list++;
    for (uint32_t word = list / 64; word < kLists / 64; word++) {
      const uint64_t some = held_[word] & (word == list / 64 ? ~uint64_t{0} << (list % 64) : ~uint64_t{0});
      if (some != 0) return first_[word * 64 + static_cast<uint32_t>(std::countr_zero(some))];
    }
    return kNone;
  }

  void link(uint32_t place, uint32_t units) {
    const uint32_t list = list_of(units), next = first_[list];
    *at(place) = {uint64_t{units} << 32 | next, kNone};
    at(place + units * kUnit - 1)->rest = units;
    if (next != kNone) set_previous(next, place);
    first_[list] = place;
    held_[list / 64] |= uint64_t{1} << (list % 64);
    mark(place / kUnit, true);
    mark(place / kUnit + units - 1, true);
  }

  uint32_t unlink(uint32_t place) {
    const uint32_t units = units_of(place), list = list_of(units), next = next_of(place), previous = previous_of(place);
    if (units == kSegmentUnits) empty_kept_ = false;
    if (previous != kNone) {
      set_next(previous, next);
    } else {
      first_[list] = next;
      if (next == kNone) held_[list / 64] &= ~(uint64_t{1} << (list % 64));
    }
    if (next != kNone) set_previous(next, previous);
    mark(place / kUnit, false);
    mark(place / kUnit + units - 1, false);
    *at(place) = {};
    *at(place + units * kUnit - 1) = {};
    return units;
  }

  // Not from malloc: what that keeps before an aligned block takes a huge page of its own, half as much again as the block.
  static std::unique_ptr<Posting[], Unmap> mapped() {
    void* const all = mmap(nullptr, kBytes + kHuge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) throw std::bad_alloc();
    char* const first = static_cast<char*>(all);
    const size_t before = (kHuge - reinterpret_cast<uintptr_t>(all) % kHuge) % kHuge;
    if (before != 0) munmap(first, before);
    munmap(first + before + kBytes, kHuge - before);
    return std::unique_ptr<Posting[], Unmap>(reinterpret_cast<Posting*>(first + before));
  }

  void add_segment() {
    if (vacant_.empty() && segments_.size() == (uint64_t{1} << 32) / kSegment) throw std::bad_alloc();
    Segment segment{mapped(), std::make_unique<uint64_t[]>(kSegmentUnits / 64), 0};
    // The first stays on small pages: a bank of a few photos takes a few of them.
#if defined(MADV_HUGEPAGE)
    if (!segments_.empty()) madvise(segment.postings.get(), kBytes, MADV_HUGEPAGE);
#endif
    vacant_.reserve(segments_.size() + 1);  // give() must not fail
    uint32_t number;
    if (vacant_.empty()) {
      number = static_cast<uint32_t>(segments_.size());
      segments_.push_back(std::move(segment));
    } else {
      number = vacant_.back();
      vacant_.pop_back();
      segments_[number] = std::move(segment);
    }
    empty_kept_ = true;
    link(number * kSegment, kSegmentUnits);
  }

  std::vector<Segment> segments_;
  std::vector<uint32_t> vacant_;
  bool empty_kept_ = false;
  std::array<uint32_t, kLists> first_;
  std::array<uint64_t, kLists / 64> held_{};
};

}  // namespace haalweg
