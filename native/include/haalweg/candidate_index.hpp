// The first step of recognising a derived picture: from the points of a query picture to the source photos worth verifying.
// One posting a point, in a table that grows and shrinks one bucket at a time. Adds and removes are seen by every search that
// begins after they returned. Everything stands in memory and nowhere else.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <vector>

#include "haalweg/trace.hpp"

namespace haalweg {

constexpr uint32_t kSlotEnd = 1u << 24;   // slots are smaller
constexpr uint16_t kPlaceEnd = 1024;      // so are places, in half pixels
constexpr uint8_t kLevelEnd = kTraceLevels;
constexpr int kDistanceMost = 40;         // of the 88 bits that are compared
constexpr size_t kSupportMost = 64;

struct AskedPoint {
  float x, y;  // pixels of the query picture
  uint8_t level;
  Code code;
  uint8_t margin[kIndexBits];  // |projection| of each index bit, 64 a standard deviation; all equal where it is not known
};

struct CandidateOptions {
  int probes = 0;            // buckets read for a point, at most 512; 0: more in a small bank, where each is cheap
  int distance = 0;          // bits that may differ, of the 88 compared; 0: fewer in a large bank
  uint32_t stop = 1024;      // longer buckets are not read
  uint32_t keep = 500;       // hits of one point: the whole distances that fit, nearest first
  uint64_t budget = 3000000; // postings read; later points are not asked
  int shortlist = 2000;      // photos by votes that are asked for one scale and shift
  int most = 50;             // candidates
  float crowd = 8;           // so many chosen photos may share a point before it counts half
};

struct Support {
  uint16_t x, y;   // half pixels of the source
  uint32_t asked;  // which of the points asked
};

struct Candidate {
  uint32_t slot;
  float score;                   // bits of evidence for the best scale and shift
  float votes;                   // bits of evidence for any
  int points;                    // that support the scale and shift
  float scale, shift_x, shift_y; // query = scale * source + shift, both in pixels
  std::vector<Support> support;  // by point asked, at most kSupportMost
};

// What a search did, for measuring.
struct CandidateWork {
  uint64_t points = 0, probes = 0, postings = 0, hits = 0;
};

class CandidateIndex {
 public:
  CandidateIndex();
  ~CandidateIndex();
  CandidateIndex(const CandidateIndex&) = delete;
  CandidateIndex& operator=(const CandidateIndex&) = delete;

  // Throws std::invalid_argument for a slot in use, a slot, place or level out of range; std::bad_alloc, and then nothing was
  // added.
  void add(uint32_t slot, std::span<const TracePoint> points);
  // False where the slot is not in use. Points: those it was added with; with any others every bucket is looked through, which
  // takes seconds in a large bank, but nothing of the photo is left.
  bool remove(uint32_t slot, std::span<const TracePoint> points);
  // Best first. Points: those asked first should come first. Throws std::invalid_argument for options or points out of range.
  std::vector<Candidate> candidates(std::span<const AskedPoint> points, const CandidateOptions& options = {},
                                    CandidateWork* work = nullptr) const;

  size_t photos() const;
  size_t postings() const;
  size_t buckets() const;
  size_t bytes() const;

 private:
  struct Table;
  struct Scratch;
  class Borrowed;

  // Without the gate a stream of searches that overlap would never let a writer in.
  mutable std::mutex gate_;
  mutable std::shared_mutex guard_;
  std::unique_ptr<Table> table_;
  mutable std::mutex pool_guard_;
  mutable std::vector<std::unique_ptr<Scratch>> pool_;
  mutable size_t scratches_ = 0;
};

}  // namespace haalweg
