#include "haalweg/trace.hpp"

#include "haalweg/faces.hpp"
#include "haalweg/inner.hpp"
#include "haalweg/isa.hpp"
#include "haalweg/pdq.hpp"
#include "trace_code.hpp"
#include "trace_drawn.hpp"

namespace haalweg {
namespace {

constexpr int kCornerGrid = 8;  // corners are spread over as many cells each way
constexpr int kQuota[kTraceLevels] = {30, 22, 16, 12, 9, 6, 3, 2};
constexpr int kAlike = 20;     // bits within which two places of a photo look alike
constexpr float kApart = 10;   // pixels of the level; nearer ones see the same thing
constexpr int kLookedAt = 800;  // corners of a photo from which its points are taken
constexpr int kTelling = 3, kOf = 5;  // more of the corners around a box that are no letters and signs: no frame
constexpr int kMuchOf = 2, kLittleOf = 40;  // nor where half of all such corners are around it; a fortieth is no loss
constexpr int kFramesMost = 3;        // in each other
constexpr float kSpacing = 5;  // pixels of the level between two of the 4x4 places

int level_of(float size, int count) {
  // Halfway between two levels, as a size: 2^((l + 0.5) / 2).
  constexpr float kHalfway[kTraceLevels - 1] = {0x1.306fep+0f, 0x1.ae89fap+0f, 0x1.306fep+1f, 0x1.ae89fap+1f, 0x1.306fep+2f, 0x1.ae89fap+2f, 0x1.306fep+3f};
  int level = 0;
  while (level < count - 1 && size > kHalfway[level]) level++;
  return level;
}

struct Ranked {
  int rank;
  float strength;
  int corner;
};

bool before(const Ranked& a, const Ranked& b) {
  if (a.rank != b.rank) return a.rank < b.rank;
  if (a.strength != b.strength) return a.strength > b.strength;
  return a.corner < b.corner;
}

void sink(Ranked* heap, int at, int count) {
  for (int child = 2 * at + 1; child < count; at = child, child = 2 * at + 1) {
    if (child + 1 < count && before(heap[child], heap[child + 1])) child++;
    if (!before(heap[at], heap[child])) return;
    const Ranked other = heap[at];
    heap[at] = heap[child];
    heap[child] = other;
  }
}

void sort(Ranked* values, int count) {
  for (int i = count / 2 - 1; i >= 0; i--) sink(values, i, count);
  for (int last = count - 1; last > 0; last--) {
    const Ranked other = values[0];
    values[0] = values[last];
    values[last] = other;
    sink(values, 0, last);
  }
}

int cell_of(const Pyramid& pyramid, const Corner& corner) {
  const auto part = [](float at, int length) {
    const int cell = static_cast<int>(at * kCornerGrid / static_cast<float>(length));
    return cell < 0 ? 0 : cell >= kCornerGrid ? kCornerGrid - 1 : cell;
  };
  return part(corner.y, pyramid.height) * kCornerGrid + part(corner.x, pyramid.width);
}

int rounded_share(int left, int level) {
  int all = 0;
  for (int l = 0; l <= level; l++) all += kQuota[l];
  return (2 * left * kQuota[level] + all) / (2 * all);
}

// A place that looks like another one of the same photo says little, and lines up with ornaments anywhere.
bool without_alike(const Pyramid& pyramid, const int* chosen, int count, const int16_t* descriptors, Buffer<uint8_t>& usable) {
  Buffer<int32_t> projections(static_cast<size_t>(count) * kCodeBits);
  Buffer<Code> codes(static_cast<size_t>(count));
  if (!projections.ok() || !codes.ok()) return false;
  trace_kernels().project(descriptors, count, projections.data());
  for (int i = 0; i < count; i++) codes[static_cast<size_t>(i)] = code_of(projections.data() + static_cast<size_t>(i) * kCodeBits);
  for (int i = 0; i < count; i++)
    for (int j = 0; j < i; j++) {
      if (distance_of(codes[static_cast<size_t>(i)], codes[static_cast<size_t>(j)]) > kAlike) continue;
      const Corner &a = pyramid.corners[static_cast<size_t>(chosen[i])], &b = pyramid.corners[static_cast<size_t>(chosen[j])];
      const float size = kLevelSize[a.level > b.level ? a.level : b.level], dx = a.x - b.x, dy = a.y - b.y;
      if (dx * dx + dy * dy < kApart * size * (kApart * size)) continue;
      usable[static_cast<size_t>(chosen[i])] = usable[static_cast<size_t>(chosen[j])] = 0;
    }
  return true;
}

// Of the corners that may be used, leaves only some, and of those no letters and signs, and none that another one looks like.
bool choose_telling(const Pyramid& pyramid, Buffer<uint8_t>& usable, Buffer<int>& chosen, Buffer<int16_t>& descriptors) {
  const int count = choose_corners(pyramid, usable.data(), kLookedAt, chosen.data());
  Buffer<float> drawn(static_cast<size_t>(count < 0 ? 0 : count));
  if (count < 0 || !drawn.ok()) return false;
  for (int i = 0; i < count; i++) {
    const Corner& corner = pyramid.corners[static_cast<size_t>(chosen[static_cast<size_t>(i)])];
    describe(pyramid, corner.x, corner.y, kLevelSize[corner.level], false, descriptors.data() + static_cast<size_t>(i) * kDescriptor);
  }
  if (!judge_drawn(pyramid, chosen.data(), count, descriptors.data(), drawn.data())) return false;
  __builtin_memset(usable.data(), 0, usable.size());
  for (int i = 0; i < count; i++) usable[static_cast<size_t>(chosen[static_cast<size_t>(i)])] = drawn[static_cast<size_t>(i)] <= 0;
  return without_alike(pyramid, chosen.data(), count, descriptors.data(), usable);
}

bool holds(const Box& box, float x, float y) {
  return x >= static_cast<float>(box.left) && x < static_cast<float>(box.right) && y >= static_cast<float>(box.top) && y < static_cast<float>(box.bottom);
}

int area(const Box& box) { return (box.right - box.left) * (box.bottom - box.top); }

Pixels part_of(const Pixels& picture, const Box& box) {
  return {picture.row(box.top) + static_cast<ptrdiff_t>(box.left) * picture.channels, box.right - box.left, box.bottom - box.top, picture.channels,
          picture.stride};
}

// The smallest picture in what may be a frame, or all of it. What surrounds a photo is drawn, or there is little of it: otherwise
// the box is a part of the photo that happened to look like one. False without memory.
bool inner_photo(const Pixels& picture, Box& photo) {
  photo = {0, 0, picture.width, picture.height};
  Box boxes[kInnerMost];
  const int box_count = inner_pictures(picture, boxes);
  if (box_count == 0) return true;
  Pyramid pyramid;
  if (!pyramid.build(picture, kTraceLong, kTraceLong, true)) return false;
  if (pyramid.count == 0) return true;
  Buffer<uint8_t> usable(static_cast<size_t>(pyramid.corner_count));
  Buffer<int> looked_at(kLookedAt), chosen(kLookedAt);
  Buffer<int16_t> descriptors(static_cast<size_t>(kLookedAt) * kDescriptor);
  if (!usable.ok() || !looked_at.ok() || !chosen.ok() || !descriptors.ok()) return false;
  __builtin_memset(usable.data(), 1, usable.size());
  const int count = choose_corners(pyramid, nullptr, kLookedAt, looked_at.data());
  if (count < 0 || !choose_telling(pyramid, usable, chosen, descriptors)) return false;
  const float scale = static_cast<float>(picture.width) / static_cast<float>(pyramid.width);
  for (int b = 0; b < box_count; b++) {
    int around = 0, telling_around = 0, telling = 0;
    for (int i = 0; i < count; i++) {
      const Corner& corner = pyramid.corners[static_cast<size_t>(looked_at[static_cast<size_t>(i)])];
      const bool tells = usable[static_cast<size_t>(looked_at[static_cast<size_t>(i)])] != 0;
      telling += tells;
      if (holds(boxes[b], corner.x * scale, corner.y * scale)) continue;
      around++;
      telling_around += tells;
    }
    const bool is_drawn = kOf * telling_around <= kTelling * around && kMuchOf * telling_around <= telling;
    if ((is_drawn || kLittleOf * telling_around <= telling) && area(boxes[b]) < area(photo)) photo = boxes[b];
  }
  return true;
}

// The same where one frame lies in another.
bool photo_inside(const Pixels& picture, Box& photo) {
  photo = {0, 0, picture.width, picture.height};
  for (int round = 0; round < kFramesMost; round++) {
    Box inner;
    if (!inner_photo(part_of(picture, photo), inner)) return false;
    if (area(inner) == area(photo)) break;
    photo = {photo.left + inner.left, photo.top + inner.top, photo.left + inner.right, photo.top + inner.bottom};
  }
  return true;
}

}  // namespace

const float kLevelSize[kTraceLevels] = {1, 0x1.6a09e6p+0f, 2, 0x1.6a09e6p+1f, 4, 0x1.6a09e6p+2f, 8, 0x1.6a09e6p+3f};

const TraceKernels& trace_kernels() {
#if defined(HAALWEG_HAS_AVX2)
  if (isa() == Isa::avx2) return avx2::kTraceKernels;
#endif
  return baseline::kTraceKernels;
}

void describe(const Pyramid& pyramid, float x, float y, float size, bool mirrored, int16_t* out) {
  const Level& level = pyramid.levels[level_of(size, pyramid.count)];
  const float fx = static_cast<float>(level.width) / static_cast<float>(pyramid.width);
  const float fy = static_cast<float>(level.height) / static_cast<float>(pyramid.height);
  if (mirrored) x = static_cast<float>(pyramid.width) - x;
  // A value of the maps stands for two pixels, the first for those around 1 from the left edge.
  const auto fixed = [](float v) { return static_cast<int>(v * 256 + (v < 0 ? -0.5f : 0.5f)); };
  trace_kernels().describe({level.maps.data(), level.map_width, level.map_height, fixed((x * fx - 1) * 0.5f), fixed((y * fy - 1) * 0.5f),
                            fixed(kSpacing * size * fx * 0.5f), fixed(kSpacing * size * fy * 0.5f), mirrored},
                           out);
}

Code code_of(const int32_t* projections) {
  Code code = {{0, 0}};
  for (int i = 0; i < kCodeBits; i++) code.half[i / 64] |= static_cast<uint64_t>(projections[i] > 0) << (i % 64);
  return code;
}

int choose_corners(const Pyramid& pyramid, const uint8_t* usable, int most, int* chosen) {
  Buffer<Ranked> ranked(static_cast<size_t>(pyramid.corner_count));
  if (!ranked.ok()) return -1;
  int count = 0;
  for (int level = pyramid.count - 1; level >= 0; level--) {
    // First by strength inside each cell, then the strongest of every cell, the second of every cell, and so on.
    int here = 0;
    for (int c = 0; c < pyramid.corner_count; c++)
      if (pyramid.corners[static_cast<size_t>(c)].level == level && (usable == nullptr || usable[c] != 0))
        ranked[static_cast<size_t>(here++)] = {0, pyramid.corners[static_cast<size_t>(c)].strength, c};
    sort(ranked.data(), here);
    int in_cell[kCornerGrid * kCornerGrid] = {};
    for (int i = 0; i < here; i++) {
      Ranked& each = ranked[static_cast<size_t>(i)];
      each.rank = in_cell[cell_of(pyramid, pyramid.corners[static_cast<size_t>(each.corner)])]++;
    }
    sort(ranked.data(), here);
    const int share = rounded_share(most - count, level);
    for (int i = 0; i < here && i < share; i++) chosen[count++] = ranked[static_cast<size_t>(i)].corner;
  }
  return count;
}

Traced trace_picture(const Pixels& whole, const TraceAsked& asked, Trace& out, TraceMade& made) {
  // What surrounds a photo in a screenshot surrounds others as well.
  if (!photo_inside(whole, made.photo)) return Traced::no_memory;
  const Box& frame = made.photo;
  made.face_count = asked.leave_faces_out ? find_faces(whole, made.faces, kFacesMost) : 0;
  if (made.face_count < 0) return Traced::no_memory;
  const Pixels picture = part_of(whole, frame);
  Pyramid pyramid;
  Pdq pdq;
  if (!pdq_hash(picture, false, pdq)) return Traced::no_memory;
  if (!pyramid.build(picture, kTraceLong, kTraceLong, true)) return Traced::no_memory;
  out.width = pyramid.width;
  out.height = pyramid.height;
  const int longer = picture.width > picture.height ? picture.width : picture.height;
  out.true_side = longer < kTraceLong ? longer : kTraceLong;
  out.count = 0;
  out.kind = asked.kind;
  out.pdq_quality = static_cast<uint8_t>(pdq.quality);
  __builtin_memcpy(out.pdq, pdq.hash[identity], sizeof out.pdq);
  if (pyramid.count == 0) return Traced::too_little;
  Buffer<uint8_t> usable(static_cast<size_t>(pyramid.corner_count));
  Buffer<int> chosen(kLookedAt);
  Buffer<int16_t> descriptors(static_cast<size_t>(kLookedAt) * kDescriptor);
  Buffer<int32_t> projections(static_cast<size_t>(kLookedAt) * kCodeBits);
  if (!usable.ok() || !chosen.ok() || !descriptors.ok() || !projections.ok()) return Traced::no_memory;
  const float kx = static_cast<float>(pyramid.width) / static_cast<float>(picture.width);
  const float ky = static_cast<float>(pyramid.height) / static_cast<float>(picture.height);
  const auto lies_in = [&](const Corner& corner, const Box& box) {
    const auto x = [&](int at) { return static_cast<float>(at - frame.left) * kx; };
    const auto y = [&](int at) { return static_cast<float>(at - frame.top) * ky; };
    return corner.x > x(box.left) && corner.x < x(box.right) && corner.y > y(box.top) && corner.y < y(box.bottom);
  };
  for (int c = 0; c < pyramid.corner_count; c++) {
    bool use = true;
    for (int b = 0; b < asked.leave_out_count; b++) use = use && !lies_in(pyramid.corners[static_cast<size_t>(c)], asked.leave_out[b]);
    for (int b = 0; b < made.face_count; b++) use = use && !lies_in(pyramid.corners[static_cast<size_t>(c)], made.faces[b]);
    usable[static_cast<size_t>(c)] = use;
  }
  if (!choose_telling(pyramid, usable, chosen, descriptors)) return Traced::no_memory;
  const int count = choose_corners(pyramid, usable.data(), kTracePoints, chosen.data());
  if (count < 0) return Traced::no_memory;
  for (int i = 0; i < count; i++) {
    const Corner& corner = pyramid.corners[static_cast<size_t>(chosen[static_cast<size_t>(i)])];
    // The place that is kept is the place that is described.
    const auto half_pixels = [](float v) { return static_cast<uint16_t>(v * 2 + 0.5f > 1023 ? 1023 : static_cast<int>(v * 2 + 0.5f)); };
    TracePoint& point = out.points[i];
    point.x = half_pixels(corner.x);
    point.y = half_pixels(corner.y);
    point.level = static_cast<uint8_t>(corner.level);
    describe(pyramid, static_cast<float>(point.x) * 0.5f, static_cast<float>(point.y) * 0.5f, kLevelSize[corner.level], false,
             descriptors.data() + static_cast<size_t>(i) * kDescriptor);
  }
  trace_kernels().project(descriptors.data(), count, projections.data());
  for (int i = 0; i < count; i++) out.points[i].code = code_of(projections.data() + static_cast<size_t>(i) * kCodeBits);
  out.count = count;
  return count < kTraceFewest ? Traced::too_little : Traced::done;
}

namespace {

constexpr uint8_t kMagic[4] = {'H', 'W', 'T', 'R'};
constexpr uint8_t kVersion = 1;

void put16(uint8_t* to, int value) {
  to[0] = static_cast<uint8_t>(value & 255);
  to[1] = static_cast<uint8_t>(value >> 8);
}

int get16(const uint8_t* from) { return from[0] | from[1] << 8; }

bool begins(const uint8_t* bytes, const uint8_t (&magic)[4]) {
  return bytes[0] == magic[0] && bytes[1] == magic[1] && bytes[2] == magic[2] && bytes[3] == magic[3];
}

}  // namespace

int write_trace(const Trace& trace, uint8_t* out) {
  __builtin_memset(out, 0, kTraceHeadBytes);
  __builtin_memcpy(out, kMagic, sizeof kMagic);
  out[4] = kVersion;
  out[5] = static_cast<uint8_t>(trace.kind);
  out[6] = trace.pdq_quality;
  put16(out + 8, trace.width);
  put16(out + 10, trace.height);
  put16(out + 12, trace.count);
  put16(out + 14, trace.true_side);
  __builtin_memcpy(out + 16, trace.pdq, sizeof trace.pdq);
  uint8_t* to = out + kTraceHeadBytes;
  for (int i = 0; i < trace.count; i++, to += kTracePointBytes) {
    const TracePoint& point = trace.points[i];
    const uint32_t place = point.x | static_cast<uint32_t>(point.y) << 10 | static_cast<uint32_t>(point.level) << 20;
    for (int b = 0; b < 3; b++) to[b] = static_cast<uint8_t>(place >> (8 * b));
    for (int b = 0; b < kCodeBytes; b++) to[3 + b] = static_cast<uint8_t>(point.code.half[b / 8] >> (8 * (b % 8)));
  }
  return static_cast<int>(to - out);
}

bool read_trace(const uint8_t* bytes, size_t size, Trace& out) {
  if (size < kTraceHeadBytes || !begins(bytes, kMagic) || bytes[4] != kVersion) return false;
  out.kind = static_cast<TraceKind>(bytes[5]);
  out.pdq_quality = bytes[6];
  out.width = get16(bytes + 8);
  out.height = get16(bytes + 10);
  out.count = get16(bytes + 12);
  out.true_side = get16(bytes + 14);
  const bool sides = out.width > 0 && out.height > 0 && (out.width > out.height ? out.width : out.height) == kTraceLong;
  const bool true_side = out.true_side >= kPdqSmallestSide && out.true_side <= kTraceLong;
  if (bytes[5] > 1 || bytes[7] != 0 || out.pdq_quality > 100 || !sides || !true_side) return false;
  if (out.count < kTraceFewest || out.count > kTracePoints) return false;
  if (size != static_cast<size_t>(kTraceHeadBytes + out.count * kTracePointBytes)) return false;
  __builtin_memcpy(out.pdq, bytes + 16, sizeof out.pdq);
  const uint8_t* from = bytes + kTraceHeadBytes;
  for (int i = 0; i < out.count; i++, from += kTracePointBytes) {
    TracePoint& point = out.points[i];
    const uint32_t place = from[0] | static_cast<uint32_t>(from[1]) << 8 | static_cast<uint32_t>(from[2]) << 16;
    point.x = place & 1023;
    point.y = place >> 10 & 1023;
    point.level = static_cast<uint8_t>(place >> 20 & 7);
    if (place >> 23 != 0 || point.x > 2 * out.width || point.y > 2 * out.height) return false;
    point.code = {{0, 0}};
    for (int b = 0; b < kCodeBytes; b++) point.code.half[b / 8] |= static_cast<uint64_t>(from[3 + b]) << (8 * (b % 8));
  }
  return true;
}

}  // namespace haalweg
