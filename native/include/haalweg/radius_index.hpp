// Exact search: every code of 256 bits within 0..31 bits of a query, from immutable runs of 16 tables and a small delta.
// Searches run beside one writer; an add or remove is seen by every search that begins after it returned.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace haalweg {

constexpr int kRadiusMost = 31;
constexpr uint64_t kRunMost = 0xffffffffu;  // codes in one run; slots have 32 bits

struct Match {
  uint64_t query;  // row of the queries
  uint64_t id;
  uint32_t distance;
  uint32_t zero = 0;  // bindings hand out whole rows: no byte of them may hold what memory held before
};

enum class Verdict { unknown, whole, damaged };

// Why an image of a file was refused.
enum class ImageFault { none, too_short, no_index, other_version, header_damaged, wrong_length, body_damaged };

struct Run;
struct Flat;

class RadiusIndex {
 public:
  RadiusIndex();
  ~RadiusIndex();
  RadiusIndex(const RadiusIndex&) = delete;
  RadiusIndex& operator=(const RadiusIndex&) = delete;

  // codes: 32 bytes each, in PDQ's order. Throws std::bad_alloc, as the rest does.
  void add(const uint8_t* codes, const uint64_t* ids, size_t count);
  // Drops every code of those ids; how many.
  size_t remove(const uint64_t* ids, size_t count);
  // Sorted by query, distance, id. radius: 0..kRadiusMost.
  std::vector<Match> search(const uint8_t* queries, size_t count, int radius, int threads) const;

  size_t size() const;
  size_t bytes() const;

  // Brings all that is left into one run and gives its file, which stays as it is for as long as the caller holds it.
  std::shared_ptr<const void> image(std::span<const uint8_t>& bytes);
  // Takes a file's bytes, 64-byte aligned and held by the caller, as the only run. Only the header is judged at once; a
  // body of up to 8 MB too, a larger one on a thread of its own. A damaged body is never read out of its bounds.
  ImageFault take(std::span<const uint8_t> bytes);
  Verdict verdict() const { return verdict_.load(std::memory_order_acquire); }
  void await_verdict();

 private:
  struct State {
    std::vector<std::shared_ptr<Run>> runs;
    std::shared_ptr<Flat> flat;
  };

  std::shared_ptr<const State> state() const;
  void replace(std::shared_ptr<const State> with);
  void judge(std::span<const uint8_t> body, uint64_t promised);

  mutable std::mutex state_guard_;  // held for the length of a pointer's copy
  std::mutex writer_guard_;
  std::shared_ptr<const State> state_;
  std::atomic<Verdict> verdict_{Verdict::whole};
  std::atomic<bool> stop_{false};
  std::mutex judge_guard_;
  std::thread judge_;
};

}  // namespace haalweg
