#include "haalweg/trace_index.hpp"

#include <algorithm>
#include <mutex>
#include <new>
#include <optional>
#include <shared_mutex>
#include <unordered_map>

#include "trace_align.hpp"
#include "trace_evidence.hpp"

namespace haalweg {
namespace {

std::optional<Recognised> compare(const Trace& trace, const View& view, std::vector<uint8_t>& distances) {
  std::optional<Recognised> best;
  distances.resize(static_cast<size_t>(trace.count) * static_cast<size_t>(view.count()));
  all_distances(trace, view, distances.data());
  Transform starts[kProposals];
  const int count = propose(trace, view, distances.data(), starts);
  for (int k = 0; k < count; k++) {
    Alignment alignment;
    if (!align(trace, view, distances.data(), starts[k], alignment)) continue;
    const Evidence evidence = weigh(trace, alignment);
    if (best && best->score >= evidence.score) continue;
    best = Recognised{0, trace.kind, evidence.derived, view.mirrored, evidence.score, evidence.points, trace.width, trace.height,
                      evidence.agreeing, evidence.altered, evidence.altered_share, alignment.transform};
  }
  return best;
}

}  // namespace

struct TraceIndex::State {
  struct Held {
    uint64_t id;
    std::vector<uint8_t> bytes;
  };
  mutable std::shared_mutex mutex;
  std::vector<Held> traces;
};

TraceIndex::TraceIndex() : state_(std::make_unique<State>()) {}
TraceIndex::~TraceIndex() = default;

void TraceIndex::add(const Trace& trace, uint64_t id) {
  std::vector<uint8_t> bytes(kTraceMostBytes);
  bytes.resize(static_cast<size_t>(write_trace(trace, bytes.data())));
  bytes.shrink_to_fit();
  const std::unique_lock lock(state_->mutex);
  state_->traces.push_back({id, std::move(bytes)});
}

size_t TraceIndex::remove(uint64_t id) {
  const std::unique_lock lock(state_->mutex);
  return std::erase_if(state_->traces, [&](const State::Held& held) { return held.id == id; });
}

Searched TraceIndex::search(const Pixels& picture, float least) const {
  const std::unique_ptr<Query> query = make_query(picture);
  if (!query) throw std::bad_alloc();
  Searched out = {query->pyramid.width, query->pyramid.height, {}};
  std::vector<uint8_t> distances;
  const std::shared_lock lock(state_->mutex);
  std::unordered_map<uint64_t, Recognised> best;
  Trace trace;
  for (const auto& held : state_->traces) {
    if (!read_trace(held.bytes.data(), held.bytes.size(), trace)) continue;
    for (const View& view : query->views) {
      const auto found = compare(trace, view, distances);
      if (!found || found->score < least) continue;
      const auto [at, fresh] = best.try_emplace(held.id, *found);
      if (!fresh && at->second.score < found->score) at->second = *found;
      at->second.id = held.id;
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
  return state_->traces.size();
}

size_t TraceIndex::bytes() const {
  const std::shared_lock lock(state_->mutex);
  size_t sum = 0;
  for (const auto& held : state_->traces) sum += sizeof held + held.bytes.capacity();
  return sum;
}

}  // namespace haalweg
