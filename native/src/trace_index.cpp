#include "haalweg/trace_index.hpp"

#include <algorithm>
#include <mutex>
#include <new>
#include <optional>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include "haalweg/candidate_index.hpp"
#include "trace_align.hpp"
#include "trace_evidence.hpp"

namespace haalweg {
namespace {

constexpr int kVerified = 12;        // candidates that are compared with the picture, of each view: the first,
constexpr float kWorthwhile = 40;    // and of the others those with so many bits of evidence; true ones have a hundred and more
constexpr size_t kListedBytes = 48;  // about what the table of ids takes for one

std::vector<AskedPoint> asked(const View& view) {
  std::vector<AskedPoint> out(static_cast<size_t>(view.count()));
  for (size_t i = 0; i < out.size(); i++) {
    out[i] = {view.x[i], view.y[i], view.level[i], view.codes[i], {}};
    std::copy_n(view.margins.begin() + static_cast<ptrdiff_t>(i * kIndexBits), kIndexBits, out[i].margin);
  }
  return out;
}

std::optional<Recognised> compare(const Trace& trace, const View& view) {
  std::optional<Recognised> best;
  for (const Alignment& alignment : alignments(trace, view)) {
    const Evidence evidence = weigh(trace, alignment);
    if (best && best->score >= evidence.score) continue;
    best = Recognised{0, trace.kind, evidence.derived, view.mirrored, evidence.score, evidence.points, trace.width, trace.height,
                      evidence.agreeing, evidence.altered, evidence.altered_share, alignment.transform, evidence.agrees};
  }
  return best;
}

}  // namespace

struct TraceIndex::State {
  struct Held {
    uint64_t id = 0;
    std::vector<uint8_t> bytes;  // empty: the slot is free
  };
  mutable std::shared_mutex mutex;  // of what follows; the candidates have one of their own
  std::vector<Held> slots;
  std::vector<uint32_t> free;
  std::unordered_multimap<uint64_t, uint32_t> slots_of;
  CandidateIndex candidates;

  // Which id and trace lie in a slot; false where nothing does (any more, or yet). The caller holds the mutex.
  bool held_in(uint32_t slot, uint64_t& id, Trace& trace) const {
    id = slots[slot].id;
    return read_trace(slots[slot].bytes.data(), slots[slot].bytes.size(), trace);
  }
};

TraceIndex::TraceIndex() : state_(std::make_unique<State>()) {}
TraceIndex::~TraceIndex() = default;

void TraceIndex::add(const Trace& trace, uint64_t id) {
  uint8_t bytes[kTraceMostBytes];
  State::Held held = {id, std::vector<uint8_t>(bytes, bytes + write_trace(trace, bytes))};
  const std::unique_lock lock(state_->mutex);
  if (state_->free.empty()) {
    if (state_->slots.size() >= kSlotEnd) throw std::length_error("as many traces as an index holds");
    state_->slots.emplace_back();
    state_->free.push_back(static_cast<uint32_t>(state_->slots.size() - 1));
  }
  const uint32_t slot = state_->free.back();
  const auto listed = state_->slots_of.emplace(id, slot);
  try {
    state_->candidates.add(slot, {trace.points, static_cast<size_t>(trace.count)});
  } catch (...) {
    state_->slots_of.erase(listed);
    throw;
  }
  state_->slots[slot] = std::move(held);
  state_->free.pop_back();
}

size_t TraceIndex::remove(uint64_t id) {
  const std::unique_lock lock(state_->mutex);
  const auto [first, last] = state_->slots_of.equal_range(id);
  size_t count = 0;
  for (auto at = first; at != last; ++at, ++count) {
    const uint32_t slot = at->second;
    uint64_t held = 0;
    Trace trace;
    if (!state_->held_in(slot, held, trace)) throw std::logic_error("a trace in memory is damaged");
    state_->free.push_back(slot);
    state_->candidates.remove(slot, {trace.points, static_cast<size_t>(trace.count)});
    state_->slots[slot] = {};
  }
  state_->slots_of.erase(first, last);
  return count;
}

Searched TraceIndex::search(const Pixels& picture, float least) const {
  const std::unique_ptr<Query> query = make_query(picture);
  if (!query) throw std::bad_alloc();
  Searched out = {query->pyramid.width, query->pyramid.height, {}};
  std::unordered_map<uint64_t, Recognised> best;
  Trace trace;
  for (const View& view : query->views) {
    int verified = 0;
    for (const Candidate& candidate : state_->candidates.candidates(asked(view), {.most = kVerified})) {
      if (verified++ >= 1 && candidate.score < kWorthwhile) break;
      uint64_t id = 0;
      {
        // No longer than this: who adds or removes must not wait for a comparison. A slot may by now hold another trace, then
        // that one is compared, or none.
        const std::shared_lock lock(state_->mutex);
        if (!state_->held_in(candidate.slot, id, trace)) continue;
      }
      const auto found = compare(trace, view);
      if (!found || found->score < least) continue;
      const auto [at, fresh] = best.try_emplace(id, *found);
      if (!fresh && at->second.score < found->score) at->second = *found;
      at->second.id = id;
    }
  }
  for (const auto& [id, found] : best) out.found.push_back(found);
  std::sort(out.found.begin(), out.found.end(), [](const Recognised& a, const Recognised& b) {
    return a.score != b.score ? a.score > b.score : a.id < b.id;
  });
  return out;
}

size_t TraceIndex::size() const {
  const std::shared_lock lock(state_->mutex);
  return state_->slots_of.size();
}

size_t TraceIndex::bytes() const {
  const std::shared_lock lock(state_->mutex);
  size_t sum = state_->candidates.bytes() + state_->slots.capacity() * sizeof(State::Held) + state_->slots_of.size() * kListedBytes;
  for (const auto& held : state_->slots) sum += held.bytes.capacity();
  return sum;
}

}  // namespace haalweg
