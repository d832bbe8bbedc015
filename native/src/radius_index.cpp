#include "haalweg/radius_index.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <tuple>
#include <utility>

#include "haalweg/isa.hpp"
#include "index_kernels.hpp"
#include "xxh64.hpp"

namespace haalweg {

static_assert(std::endian::native == std::endian::little, "codes and files are read as little-endian words");

namespace {

constexpr size_t kFlatMost = 512;         // as many cost a search half a microsecond
constexpr size_t kTogether = 256;         // queries whose hits are sorted at once
constexpr size_t kMergeWithin = 4;        // a new run swallows the last one unless that is so many times larger
constexpr size_t kJudgeAtOnce = 8u << 20;  // bytes
constexpr size_t kJudgeStep = 1u << 20;
constexpr size_t kHuge = 2u << 20;

const IndexKernels& kernels() {
#if defined(HAALWEG_HAS_AVX2)
  if (isa() == Isa::avx2) return avx2::kIndexKernels;
#endif
  return baseline::kIndexKernels;
}

struct Free {
  void operator()(void* memory) const { std::free(memory); }
};

template <class T>
using Array = std::unique_ptr<T[], Free>;

// Aligned as a file's sections are; large ones on huge pages where the system gives them, for fewer misses a search.
template <class T>
Array<T> memory_for(size_t count) {
  const size_t bytes = std::max<size_t>(count * sizeof(T), 1);
  void* memory = nullptr;
  if (posix_memalign(&memory, bytes >= 2 * kHuge ? kHuge : 64, bytes) != 0) throw std::bad_alloc();
#if defined(MADV_HUGEPAGE)
  if (bytes >= 2 * kHuge) madvise(memory, bytes, MADV_HUGEPAGE);
#endif
  return Array<T>(static_cast<T*>(memory));
}

template <class T>
Array<T> zeros(size_t count) {
  void* memory = std::calloc(std::max<size_t>(count, 1), sizeof(T));
  if (memory == nullptr) throw std::bad_alloc();
  return Array<T>(static_cast<T*>(memory));
}

size_t to_64(size_t bytes) { return (bytes + 63) / 64 * 64; }

// ---- the file, which is also how a run lies in memory: docs/explanation/radius-index.md lists it byte by byte ----

constexpr char kMagic[8] = {'H', 'A', 'A', 'L', 'W', 'I', 'D', 'X'};
constexpr uint32_t kVersion = 1;
constexpr size_t kHeader = 4096;
constexpr size_t kHeaderHashed = 4064;
constexpr size_t kHeaderHashAt = 4088;

struct Header {
  char magic[8];
  uint32_t version, offset_bytes;
  uint64_t count, length, body_hash;
};

struct Layout {
  size_t codes, ids, offsets, sketches, slots, length;
  size_t offset_bytes, offset_table, sketch_table, slot_table;  // bytes

  explicit Layout(uint64_t count) {
    offset_bytes = count <= kNarrowMost ? 2 : 4;
    offset_table = to_64((kBuckets + 1) * offset_bytes);
    sketch_table = to_64(count * 2);
    slot_table = to_64(count * 4);
    codes = kHeader;
    ids = codes + count * kCodeBytes;
    offsets = to_64(ids + count * 8);
    sketches = offsets + kTables * offset_table;
    slots = sketches + kTables * sketch_table + 64;  // a scan reads up to 30 bytes too far
    length = slots + kTables * slot_table;
  }
};

RunView view_of(const uint8_t* file, uint64_t count) {
  const Layout at(count);
  return {count,
          file + at.codes,
          reinterpret_cast<const uint64_t*>(file + at.ids),
          file + at.offsets,
          reinterpret_cast<const uint16_t*>(file + at.sketches),
          reinterpret_cast<const uint32_t*>(file + at.slots),
          at.offset_table / at.offset_bytes,
          at.sketch_table / 2,
          at.slot_table / 4};
}

uint64_t hash_of(const uint8_t* data, size_t length) {
  Xxh64 hash;
  hash.take(data, length);
  return hash.value();
}

bool all_zero(const uint8_t* from, const uint8_t* to) {
  return std::all_of(from, to, [](uint8_t byte) { return byte == 0; });
}

ImageFault judge_header(std::span<const uint8_t> file, Header& header) {
  if (file.size() < kHeader) return ImageFault::too_short;
  std::memcpy(&header, file.data(), sizeof header);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) return ImageFault::no_index;
  uint64_t promised;
  std::memcpy(&promised, file.data() + kHeaderHashAt, sizeof promised);
  if (hash_of(file.data(), kHeaderHashed) != promised) return ImageFault::header_damaged;
  if (!all_zero(file.data() + kHeaderHashed, file.data() + kHeaderHashAt)) return ImageFault::header_damaged;
  if (header.version != kVersion) return ImageFault::other_version;
  if (header.count > kRunMost) return ImageFault::header_damaged;
  const Layout layout(header.count);
  if (header.offset_bytes != layout.offset_bytes || header.length != layout.length) return ImageFault::header_damaged;
  return file.size() == layout.length ? ImageFault::none : ImageFault::wrong_length;
}

// ---- building ----

struct Keyed {
  uint32_t slot;
  uint16_t key, next;
};

// Two rounds of sorting by a byte each, so that every round writes to no more places than the caches hold.
template <class Offset>
class TableBuilder {
 public:
  TableBuilder(const uint16_t* chunks, uint32_t count) : chunks_(chunks), count_(count), sorted_(memory_for<Keyed>(count)) {
    for (size_t i = 0; i < count; i++)
      for (size_t table = 0; table < kTables; table++) sizes_[table][chunks[i * kTables + table] >> 8]++;
  }

  void build(int table, Offset* offsets, uint16_t* sketches, uint32_t* slots) {
    uint32_t first[257], to[256];
    first[0] = 0;
    for (int high = 0; high < 256; high++) first[high + 1] = first[high] + sizes_[table][high];
    std::copy_n(first, 256, to);
    const int next = (table + 1) % kTables;
    for (uint32_t i = 0; i < count_; i++) {
      const uint16_t* code = chunks_ + static_cast<size_t>(i) * kTables;
      sorted_[to[code[table] >> 8]++] = {i, code[table], code[next]};
    }
    for (int high = 0; high < 256; high++) {
      uint32_t sizes[256] = {};
      for (uint32_t i = first[high]; i < first[high + 1]; i++) sizes[sorted_[i].key & 255]++;
      uint32_t at = first[high];
      for (int low = 0; low < 256; low++) {
        offsets[high << 8 | low] = static_cast<Offset>(to[low] = at);
        at += sizes[low];
      }
      for (uint32_t i = first[high]; i < first[high + 1]; i++) {
        const Keyed& entry = sorted_[i];
        const uint32_t place = to[entry.key & 255]++;
        sketches[place] = entry.next;
        slots[place] = entry.slot;
      }
    }
    offsets[kBuckets] = static_cast<Offset>(count_);
  }

 private:
  const uint16_t* chunks_;
  uint32_t count_;
  Array<Keyed> sorted_;
  uint32_t sizes_[kTables][256] = {};
};

template <class Offset>
void build_tables(uint8_t* file, const Layout& at, uint32_t count) {
  TableBuilder<Offset> builder(reinterpret_cast<const uint16_t*>(file + at.codes), count);
  for (int table = 0; table < kTables; table++) {
    const size_t t = static_cast<size_t>(table);
    builder.build(table, reinterpret_cast<Offset*>(file + at.offsets + t * at.offset_table),
                  reinterpret_cast<uint16_t*>(file + at.sketches + t * at.sketch_table),
                  reinterpret_cast<uint32_t*>(file + at.slots + t * at.slot_table));
  }
}

// Every byte of the file is written, the gaps between sections too: its hash must not depend on what memory held before.
void clear_gaps(uint8_t* file, const Layout& at, uint64_t count) {
  std::memset(file, 0, kHeader);
  std::memset(file + at.ids + count * 8, 0, at.offsets - (at.ids + count * 8));
  for (size_t t = 0; t < kTables; t++) {
    const auto clear = [&](size_t table, size_t size, size_t used) { std::memset(file + table + t * size + used, 0, size - used); };
    clear(at.offsets, at.offset_table, (kBuckets + 1) * at.offset_bytes);
    clear(at.sketches, at.sketch_table, count * 2);
    clear(at.slots, at.slot_table, count * 4);
  }
  std::memset(file + at.slots - 64, 0, 64);
}

class Marks {
 public:
  explicit Marks(size_t count) : words_(zeros<uint64_t>((count + 63) / 64)), bytes_((count + 63) / 64 * 8) {}
  bool at(size_t i) const { return (word(i).load(std::memory_order_acquire) >> (i % 64) & 1) != 0; }
  // Whether it was not marked before.
  bool set(size_t i) {
    const uint64_t bit = uint64_t{1} << (i % 64);
    if ((word(i).fetch_or(bit, std::memory_order_acq_rel) & bit) != 0) return false;
    count_.fetch_add(1, std::memory_order_acq_rel);
    return true;
  }
  size_t count() const { return count_.load(std::memory_order_acquire); }
  size_t bytes() const { return bytes_; }

 private:
  std::atomic_ref<uint64_t> word(size_t i) const { return std::atomic_ref<uint64_t>(words_[i / 64]); }

  Array<uint64_t> words_;
  size_t bytes_;
  std::atomic<size_t> count_{0};
};

}  // namespace

struct Run {
  Run(Array<uint8_t> own, std::span<const uint8_t> bytes, uint64_t count)
      : memory(std::move(own)), file(bytes), view(view_of(bytes.data(), count)), dead(count) {}

  Array<uint8_t> memory;  // none where the file is mapped
  std::span<const uint8_t> file;
  RunView view;
  Marks dead;
};

// The newest entries, filled by the one writer while searches read as far as `count` said.
struct Flat {
  alignas(64) uint8_t codes[kFlatMost * kCodeBytes];
  uint64_t ids[kFlatMost];
  std::atomic<size_t> count{0};
  Marks dead{kFlatMost};
};

namespace {

// Codes and ids on their way into a new run.
class NewRun {
 public:
  explicit NewRun(uint64_t count) : layout_(count), room_(count), memory_(memory_for<uint8_t>(layout_.length)) {}

  uint8_t* codes() { return memory_.get() + layout_.codes + count_ * kCodeBytes; }

  void took(const uint64_t* ids, size_t count) {
    std::memcpy(memory_.get() + layout_.ids + count_ * 8, ids, count * 8);
    count_ += count;
  }

  void take_living(const uint8_t* from, const uint64_t* ids, size_t count, const Marks& dead) {
    if (dead.count() == 0) {
      std::memcpy(codes(), from, count * kCodeBytes);
      took(ids, count);
      return;
    }
    for (size_t i = 0; i < count; i++) {
      if (dead.at(i)) continue;
      std::memcpy(codes(), from + i * kCodeBytes, kCodeBytes);
      took(ids + i, 1);
    }
  }

  std::shared_ptr<Run> build() && {
    clear_gaps(memory_.get(), layout_, room_);
    const uint32_t count = static_cast<uint32_t>(room_);
    if (room_ <= kNarrowMost) {
      build_tables<uint16_t>(memory_.get(), layout_, count);
    } else {
      build_tables<uint32_t>(memory_.get(), layout_, count);
    }
    const std::span<const uint8_t> file(memory_.get(), layout_.length);
    return std::make_shared<Run>(std::move(memory_), file, room_);
  }

 private:
  Layout layout_;
  uint64_t room_, count_ = 0;
  Array<uint8_t> memory_;
};

size_t living(const Run& run) { return run.view.count - run.dead.count(); }
size_t living(const Flat& flat) { return flat.count.load(std::memory_order_acquire) - flat.dead.count(); }

// The ids to remove, with a small bitmap before the exact look-up: most ids of a bank are turned away by one bit.
class IdSet {
 public:
  IdSet(const uint64_t* ids, size_t count) : sorted_(ids, ids + count) {
    std::sort(sorted_.begin(), sorted_.end());
    for (const uint64_t id : sorted_) bits_[place(id) / 64] |= uint64_t{1} << (place(id) % 64);
  }
  bool has(uint64_t id) const {
    if ((bits_[place(id) / 64] >> (place(id) % 64) & 1) == 0) return false;
    return std::binary_search(sorted_.begin(), sorted_.end(), id);
  }

 private:
  static size_t place(uint64_t id) { return static_cast<size_t>(id * 0x9e3779b97f4a7c15u >> 48); }

  std::vector<uint64_t> sorted_;
  std::vector<uint64_t> bits_ = std::vector<uint64_t>(1024);
};

size_t mark(const uint64_t* ids, size_t count, const IdSet& wanted, Marks& dead) {
  size_t marked = 0;
  for (size_t i = 0; i < count; i++)
    if (wanted.has(ids[i]) && dead.set(i)) marked++;
  return marked;
}

// One thread's hits, its memory kept from query to query.
class HitList : public Hits {
 public:
  HitList() : Hits{nullptr, 0, 0, more} {}
  HitList(const HitList&) = delete;
  HitList& operator=(const HitList&) = delete;
  ~HitList() { std::free(at); }

  // Sorted, and each only once: a code is met once for each table that leads to it.
  std::span<const Hit> tidied() {
    const auto place = [](const Hit& hit) { return std::tie(hit.query, hit.run, hit.slot); };
    std::sort(at, at + count, [&](const Hit& a, const Hit& b) { return place(a) < place(b); });
    return {at, std::unique(at, at + count, [&](const Hit& a, const Hit& b) { return place(a) == place(b); })};
  }

 private:
  static bool more(Hits& hits) {
    const size_t room = hits.room == 0 ? 64 : 2 * hits.room;
    void* memory = std::realloc(hits.at, room * sizeof(Hit));
    if (memory == nullptr) return false;
    hits.at = static_cast<Hit*>(memory);
    hits.room = room;
    return true;
  }
};

}  // namespace

RadiusIndex::RadiusIndex() : state_(std::make_shared<const State>(State{{}, std::make_shared<Flat>()})) {}

RadiusIndex::~RadiusIndex() {
  stop_ = true;
  if (judge_.joinable()) judge_.join();
}

std::shared_ptr<const RadiusIndex::State> RadiusIndex::state() const {
  const std::lock_guard<std::mutex> held(state_guard_);
  return state_;
}

void RadiusIndex::replace(std::shared_ptr<const State> with) {
  const std::lock_guard<std::mutex> held(state_guard_);
  state_.swap(with);
}

void RadiusIndex::add(const uint8_t* codes, const uint64_t* ids, size_t count) {
  if (count == 0) return;
  const std::lock_guard<std::mutex> writing(writer_guard_);
  const auto now = state();
  Flat& flat = *now->flat;
  const size_t waiting = flat.count.load(std::memory_order_relaxed);
  if (waiting + count <= kFlatMost) {
    kernels().spread(codes, count, flat.codes + waiting * kCodeBytes);
    std::copy_n(ids, count, flat.ids + waiting);
    flat.count.store(waiting + count, std::memory_order_release);
    return;
  }
  State next{now->runs, std::make_shared<Flat>()};
  std::vector<std::shared_ptr<Run>> swallowed;
  size_t total = living(flat) + count;
  while (!next.runs.empty()) {
    const size_t last = living(*next.runs.back());
    const bool small = last + total <= kNarrowMost;
    if (!small && (last > kMergeWithin * total || last + total > kRunMost)) break;
    total += last;
    swallowed.push_back(next.runs.back());
    next.runs.pop_back();
  }
  NewRun run(total);
  kernels().spread(codes, count, run.codes());
  run.took(ids, count);
  run.take_living(flat.codes, flat.ids, waiting, flat.dead);
  for (const auto& old : swallowed) run.take_living(old->view.codes, old->view.ids, old->view.count, old->dead);
  next.runs.push_back(std::move(run).build());
  replace(std::make_shared<const State>(std::move(next)));
}

size_t RadiusIndex::remove(const uint64_t* ids, size_t count) {
  const std::lock_guard<std::mutex> writing(writer_guard_);
  const IdSet wanted(ids, count);
  const auto now = state();
  size_t removed = mark(now->flat->ids, now->flat->count.load(std::memory_order_relaxed), wanted, now->flat->dead);
  for (const auto& run : now->runs) removed += mark(run->view.ids, run->view.count, wanted, run->dead);
  return removed;
}

std::vector<Match> RadiusIndex::search(const uint8_t* queries, size_t count, int radius, int threads) const {
  const auto now = state();
  const size_t flat_count = now->flat->count.load(std::memory_order_acquire);
  std::vector<RunView> views;
  for (const auto& run : now->runs) views.push_back(run->view);
  const auto search_part = [&](size_t from, size_t to, std::vector<Match>& found) {
    uint64_t spread[kTogether][4];
    for (size_t first = from; first < to; first += kTogether) {
      const size_t together = std::min(kTogether, to - first);
      HitList hits;
      kernels().spread(queries + first * kCodeBytes, together, reinterpret_cast<uint8_t*>(spread));
      const auto flat_run = static_cast<uint16_t>(views.size());
      if (!kernels().search(views.data(), views.size(), spread[0], together, radius, hits) ||
          !kernels().search_flat(now->flat->codes, flat_count, flat_run, spread[0], together, radius, hits))
        throw std::bad_alloc();
      const size_t before = found.size();
      for (const Hit& hit : hits.tidied()) {
        // Removed codes are left out only here, where hardly any come.
        const bool is_flat = hit.run == flat_run;
        const Marks& dead = is_flat ? now->flat->dead : now->runs[hit.run]->dead;
        if (dead.count() != 0 && dead.at(hit.slot)) continue;
        found.push_back({first + hit.query, is_flat ? now->flat->ids[hit.slot] : views[hit.run].ids[hit.slot], hit.distance});
      }
      std::sort(found.begin() + static_cast<ptrdiff_t>(before), found.end(), [](const Match& a, const Match& b) {
        return std::tie(a.query, a.distance, a.id) < std::tie(b.query, b.distance, b.id);
      });
    }
  };
  const size_t parts = std::clamp<size_t>(static_cast<size_t>(threads), 1, std::max<size_t>(count, 1));
  std::vector<std::vector<Match>> found(parts);
  if (parts == 1) {
    search_part(0, count, found[0]);
    return std::move(found[0]);
  }
  std::vector<std::exception_ptr> failures(parts);
  {
    std::vector<std::jthread> workers;
    workers.reserve(parts);
    for (size_t part = 0; part < parts; part++)
      workers.emplace_back([&, part] {
        try {
          search_part(count * part / parts, count * (part + 1) / parts, found[part]);
        } catch (...) {
          failures[part] = std::current_exception();
        }
      });
  }
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
  std::vector<Match> all;
  for (const auto& part : found) all.insert(all.end(), part.begin(), part.end());
  return all;
}

size_t RadiusIndex::size() const {
  const auto now = state();
  size_t total = living(*now->flat);
  for (const auto& run : now->runs) total += living(*run);
  return total;
}

size_t RadiusIndex::bytes() const {
  const auto now = state();
  size_t total = sizeof *this + sizeof(Flat) + now->flat->dead.bytes();
  for (const auto& run : now->runs) total += sizeof(Run) + run->file.size() + run->dead.bytes();
  return total;
}

std::shared_ptr<const void> RadiusIndex::image(std::span<const uint8_t>& bytes) {
  const std::lock_guard<std::mutex> writing(writer_guard_);
  auto now = state();
  const size_t waiting = now->flat->count.load(std::memory_order_relaxed);
  const bool is_one = now->runs.size() == 1 && waiting == 0 && now->runs[0]->dead.count() == 0;
  if (!is_one) {
    size_t total = living(*now->flat);
    for (const auto& run : now->runs) total += living(*run);
    if (total > kRunMost) return nullptr;
    NewRun run(total);
    for (const auto& old : now->runs) run.take_living(old->view.codes, old->view.ids, old->view.count, old->dead);
    run.take_living(now->flat->codes, now->flat->ids, waiting, now->flat->dead);
    replace(std::make_shared<const State>(State{{std::move(run).build()}, std::make_shared<Flat>()}));
    now = state();
  }
  const auto& only = now->runs[0];
  if (only->memory) {
    uint8_t* file = only->memory.get();
    const Layout layout(only->view.count);
    Header header{{}, kVersion, static_cast<uint32_t>(layout.offset_bytes), only->view.count, layout.length,
                  hash_of(file + kHeader, layout.length - kHeader)};
    std::copy_n(kMagic, sizeof kMagic, header.magic);
    std::memcpy(file, &header, sizeof header);
    const uint64_t header_hash = hash_of(file, kHeaderHashed);
    std::memcpy(file + kHeaderHashAt, &header_hash, sizeof header_hash);
  }
  bytes = only->file;
  return only;
}

ImageFault RadiusIndex::take(std::span<const uint8_t> bytes) {
  Header header;
  const ImageFault fault = judge_header(bytes, header);
  if (fault != ImageFault::none) return fault;
  const auto body = bytes.subspan(kHeader);
  verdict_ = Verdict::unknown;
  if (body.size() <= kJudgeAtOnce) {
    judge(body, header.body_hash);
    if (verdict() == Verdict::damaged) return ImageFault::body_damaged;
  }
  const auto run = std::make_shared<Run>(nullptr, bytes, header.count);
  replace(std::make_shared<const State>(State{{run}, std::make_shared<Flat>()}));
  if (verdict() == Verdict::unknown)
    judge_ = std::thread([this, body, promised = header.body_hash] { judge(body, promised); });
  return ImageFault::none;
}

void RadiusIndex::judge(std::span<const uint8_t> body, uint64_t promised) {
  Xxh64 hash;
  for (size_t i = 0; i < body.size(); i += kJudgeStep) {
    if (stop_.load(std::memory_order_relaxed)) return;
    hash.take(body.data() + i, std::min(kJudgeStep, body.size() - i));
  }
  verdict_.store(hash.value() == promised ? Verdict::whole : Verdict::damaged, std::memory_order_release);
}

void RadiusIndex::await_verdict() {
  const std::lock_guard<std::mutex> held(judge_guard_);
  if (judge_.joinable()) judge_.join();
}

}  // namespace haalweg
