#include "haalweg/faces.hpp"

#include "face_kernels.hpp"
#include "haalweg/buffer.hpp"
#include "haalweg/isa.hpp"

namespace haalweg {
namespace {

#include "face_cascades.inc"

constexpr int kLongest = 448;                                // the longer side of what is looked at
constexpr int kSmaller = 5, kThan = 6;                       // how much smaller each level of the pyramid is than the one before
constexpr int kMargin = 6;                                   // pixels around a level: a face at the edge of a photo needs its surroundings
constexpr int kStep = 2;                                     // pixels of a level from one window to the next
constexpr int kMostWindows = (kLongest + 2 * kMargin) / kStep;  // in a row
constexpr int kMostGroups = 8192;                            // more than a photo full of faces gives
constexpr int kLargeHits = 2, kLargeShare = 4;               // a box longer than that part of the photo's longer side has to be found twice
constexpr int kWider = 5;                                    // a box grows by a fifth of its side on each of its four: to hair line, ears and chin

const FaceKernels& face_kernels() {
#if defined(HAALWEG_HAS_AVX2)
  if (isa() == Isa::avx2) return avx2::kFaceKernels;
#endif
  return baseline::kFaceKernels;
}

int smaller(int a, int b) { return a < b ? a : b; }
int larger(int a, int b) { return a > b ? a : b; }
int distance(int a, int b) { return a < b ? b - a : a - b; }

int brightness_of(const uint8_t* pixel, int channels) {
  return channels == 1 ? pixel[0] : (77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2] + 128) >> 8;
}

// A line of `from` pixels cut into `to` equal parts: part i covers first..last, its ends only by so many 256ths.
struct Part {
  Part(int i, int from, int to) {
    const int64_t begin = (static_cast<int64_t>(i) * from << 8) / to, end = (static_cast<int64_t>(i + 1) * from << 8) / to;
    first = static_cast<int>(begin >> 8);
    last = static_cast<int>((end - 1) >> 8);
    whole = end - begin;
    of_first = static_cast<int>(first == last ? whole : 256 - (begin & 255));
    of_last = static_cast<int>(end - (static_cast<int64_t>(last) << 8));
  }

  int weight(int at) const { return at == first ? of_first : at == last ? of_last : 256; }

  int first, last, of_first, of_last;
  int64_t whole;
};

struct Grey {
  bool allocate(int w, int h) {
    width = w;
    height = h;
    return pixels.allocate(static_cast<size_t>(w) * static_cast<size_t>(h));
  }

  Pixels view() const { return {pixels.data(), width, height, 1, width}; }

  int width = 0, height = 0;
  Buffer<uint8_t> pixels;
};

// The mean over the area of each new pixel. False without memory.
bool reduce(const Pixels& from, int width, int height, Grey& to) {
  Buffer<uint32_t> column(static_cast<size_t>(from.width));
  if (!column.ok() || !to.allocate(width, height)) return false;
  for (int y = 0; y < height; y++) {
    const Part rows(y, from.height, height);
    for (int x = 0; x < from.width; x++) column[static_cast<size_t>(x)] = 0;
    for (int row = rows.first; row <= rows.last; row++) {
      const uint8_t* pixel = from.row(row);
      const uint32_t weight = static_cast<uint32_t>(rows.weight(row));
      uint32_t* sum = column.data();
      if (from.channels == 1) {
        for (int x = 0; x < from.width; x++) sum[x] += weight * pixel[x];
      } else {
        for (int x = 0; x < from.width; x++, pixel += from.channels)
          sum[x] += weight * static_cast<uint32_t>(brightness_of(pixel, from.channels));
      }
    }
    uint8_t* out = to.pixels.data() + static_cast<size_t>(y) * static_cast<size_t>(width);
    for (int x = 0; x < width; x++) {
      const Part columns(x, from.width, width);
      uint64_t sum = 0;
      for (int c = columns.first; c <= columns.last; c++)
        sum += static_cast<uint64_t>(columns.weight(c)) * column[static_cast<size_t>(c)];
      const uint64_t whole = static_cast<uint64_t>(columns.whole) * static_cast<uint64_t>(rows.whole);
      out[x] = static_cast<uint8_t>((sum + whole / 2) / whole);
    }
  }
  return true;
}

// A level of the pyramid with its margin, as sums over everything above and to the left. The even columns of a row lie before
// its odd ones, so that what windows two pixels apart ask for are neighbours. One width for all levels, so that the places of
// a cascade's rectangles are worked out once.
struct Sums {
  static_assert(kStep == 2);

  bool allocate(int widest, int highest) {
    odd = (widest + 2 * kMargin) / 2 + 1 + kMostAbreast;
    const size_t count = static_cast<size_t>(2 * odd) * static_cast<size_t>(highest + 2 * kMargin + 1);
    if (!plain.allocate(count) || !squares.allocate(count)) return false;
    for (size_t i = 0; i < count; i++) plain[i] = squares[i] = 0;  // also what windows beyond the last one read
    return true;
  }

  int place(int x, int y) const { return 2 * odd * y + (x & 1) * odd + (x >> 1); }

  void fill(const Grey& level) {
    width = level.width + 2 * kMargin;
    height = level.height + 2 * kMargin;
    for (int y = 0; y < height; y++) {
      const uint8_t* row = level.pixels.data() + static_cast<ptrdiff_t>(larger(0, smaller(level.height - 1, y - kMargin))) * level.width;
      const uint32_t *above = plain.data() + place(0, y), *squares_above = squares.data() + place(0, y);
      uint32_t *here = plain.data() + place(0, y + 1), *squares_here = squares.data() + place(0, y + 1);
      uint32_t sum = 0, of_squares = 0;
      for (int x = 0; x < width; x++) {
        const uint32_t value = row[larger(0, smaller(level.width - 1, x - kMargin))];
        const int at = place(x + 1, 0);
        sum += value;
        of_squares += value * value;
        here[at] = above[at] + sum;
        squares_here[at] = squares_above[at] + of_squares;
      }
    }
  }

  int odd = 0, width = 0, height = 0;
  Buffer<uint32_t> plain, squares;
};

struct Tables {
  int side;
  const Stage* stages;
  int stage_count;
  const Stump* stumps;
  int stump_count;
  const uint32_t* rectangles;
};

template <int kStages, int kStumps>
constexpr Tables tables_of(int side, const Stage (&stages)[kStages], const Stump (&stumps)[kStumps], const uint32_t* rectangles) {
  return {side, stages, kStages, stumps, kStumps, rectangles};
}

constexpr Tables kFrontal = tables_of(kFrontalSide, kFrontalStages, kFrontalStumps, kFrontalRectangles);
constexpr Tables kProfile = tables_of(kProfileSide, kProfileStages, kProfileStumps, kProfileRectangles);

class Cascade {
 public:
  Cascade(const Tables& tables, bool turned_about) : tables_(tables), turned_about_(turned_about) {}

  int side() const { return tables_.side; }

  bool lay_out(const Sums& sums) {
    if (!features_.allocate(static_cast<size_t>(tables_.stump_count))) return false;
    inside_ = corners(sums, 1, 1, side() - 2, side() - 2);
    const uint32_t* word = tables_.rectangles;
    for (int i = 0; i < tables_.stump_count; i++) {
      Feature& feature = features_[static_cast<size_t>(i)];
      feature.whole = corners(sums, *word++);
      feature.is_triple = (*word >> 20 & 3) == 3;
      feature.part = corners(sums, *word);
      feature.has_other = (*word++ >> 22 & 1) == 0;
      if (feature.has_other) feature.other = corners(sums, *word++);
    }
    return true;
  }

  CascadeOverSums over_sums() const {
    return {side(), tables_.stages, tables_.stage_count, tables_.stumps, features_.data(), inside_};
  }

 private:
  Corners corners(const Sums& sums, uint32_t word) const {
    return corners(sums, static_cast<int>(word & 31), static_cast<int>(word >> 5 & 31), static_cast<int>(word >> 10 & 31),
                   static_cast<int>(word >> 15 & 31));
  }

  Corners corners(const Sums& sums, int left, int top, int width, int height) const {
    if (turned_about_) left = side() - left - width;
    const int right = left + width, bottom = top + height;
    return {sums.place(left, top), sums.place(right, top), sums.place(left, bottom), sums.place(right, bottom)};
  }

  const Tables& tables_;
  const bool turned_about_;
  Corners inside_{};
  Buffer<Feature> features_;
};

// Windows that agree on a place; the sums are over their centres and sides, in 16ths of a pixel of the reduced picture.
struct Group {
  int64_t x, y, side;
  int count;

  bool agrees(int other_x, int other_y, int other_side) const {
    const int mean = static_cast<int>(side / count);
    const int reach = smaller(mean, other_side) * 3 / 10;
    return distance(static_cast<int>(x / count), other_x) <= reach && distance(static_cast<int>(y / count), other_y) <= reach &&
           larger(mean, other_side) * 2 <= smaller(mean, other_side) * 3;
  }
};

class Search {
 public:
  bool run(const Pixels& picture) {
    const int longest = larger(picture.width, picture.height), looked_at = smaller(longest, kLongest);
    width_ = larger(1, static_cast<int>((static_cast<int64_t>(picture.width) * looked_at + longest / 2) / longest));
    height_ = larger(1, static_cast<int>((static_cast<int64_t>(picture.height) * looked_at + longest / 2) / longest));
    Cascade frontal(kFrontal, false), profile(kProfile, false), other_profile(kProfile, true);
    Grey levels[3];
    Grey *source = &levels[0], *level = &levels[1], *spare = &levels[2];
    if (!groups_.allocate(kMostGroups) || !reduce(picture, width_, height_, *source) || !sums_.allocate(width_, height_)) return false;
    // A face from the side is looked for from one and a half times the smallest on that is looked for from the front: the smaller
    // ones take most of the time, and were not found any better.
    const Cascade* cascades[] = {&frontal, &profile, &other_profile};
    if (!frontal.lay_out(sums_) || !profile.lay_out(sums_) || !other_profile.lay_out(sums_)) return false;
    int scale = 1 << 16;
    for (;; scale = scale * kSmaller / kThan) {
      const int w = scaled(width_, scale), h = scaled(height_, scale);
      if (smaller(w, h) + 2 * kMargin < kProfileSide || smaller(w, h) < kMargin) break;
      if (!reduce(source->view(), w, h, *level)) return false;
      sums_.fill(*level);
      for (const Cascade* cascade : cascades)
        if (cascade == &frontal || 2 * cascade->side() * width_ >= 3 * kFrontalSide * w) look(*cascade, w, h);
      if (w * 2 > source->width) continue;
      // The next levels come from this one, which is a quarter of the work and no coarser than they need.
      Grey* used = source;
      source = level;
      level = spare;
      spare = used;
    }
    return true;
  }

  int answer(const Pixels& picture, Box* out, int most) {
    int found = 0;
    for (; found < most; found++) {
      Group* best = nullptr;
      for (int i = 0; i < group_count_; i++) {
        Group& group = groups_[static_cast<size_t>(i)];
        if (is_kept(group) && (best == nullptr || group.count > best->count)) best = &group;
      }
      if (best == nullptr) break;
      out[found] = box_of(*best, picture);
      best->count = 0;
    }
    return found;
  }

 private:
  static int scaled(int side, int scale) { return static_cast<int>((static_cast<int64_t>(side) * scale + (1 << 15)) >> 16); }

  void look(const Cascade& cascade, int w, int h) {
    const int side = cascade.side();
    const CascadeOverSums over_sums = cascade.over_sums();
    for (int y = 0; y + side <= sums_.height; y += kStep) {
      const int place = sums_.place(0, y);
      int numbers[kMostWindows];
      const int count = face_kernels().accept(over_sums, sums_.plain.data() + place, sums_.squares.data() + place, (sums_.width - side) / kStep + 1, numbers);
      for (int i = 0; i < count; i++) add(16 * (numbers[i] * kStep - kMargin) + 8 * side, 16 * (y - kMargin) + 8 * side, 16 * side, w, h);
    }
  }

  void add(int x, int y, int side, int w, int h) {
    x = x * width_ / w;
    y = y * height_ / h;
    side = side * larger(width_, height_) / larger(w, h);
    for (int i = 0; i < group_count_; i++) {
      Group& group = groups_[static_cast<size_t>(i)];
      if (!group.agrees(x, y, side)) continue;
      group.x += x;
      group.y += y;
      group.side += side;
      group.count++;
      return;
    }
    if (group_count_ < kMostGroups) groups_[static_cast<size_t>(group_count_++)] = {x, y, side, 1};
  }

  // What is large and false would cost much of a photo.
  bool is_kept(const Group& group) const {
    if (group.count == 0) return false;
    const bool is_large = group.side / group.count * kLargeShare > 16 * larger(width_, height_);
    return group.count >= (is_large ? kLargeHits : 1);
  }

  Box box_of(const Group& group, const Pixels& picture) const {
    const int64_t x = group.x / group.count, y = group.y / group.count, side = group.side / group.count;
    const int64_t half = side / 2 + side / kWider;
    const auto across = [&](int64_t at) { return smaller(picture.width, larger(0, static_cast<int>(at * picture.width / width_ / 16))); };
    const auto down = [&](int64_t at) { return smaller(picture.height, larger(0, static_cast<int>(at * picture.height / height_ / 16))); };
    return {across(x - half), down(y - half), across(x + half), down(y + half)};
  }

  int width_ = 0, height_ = 0, group_count_ = 0;
  Sums sums_;
  Buffer<Group> groups_;
};

}  // namespace

int find_faces(const Pixels& picture, Box* out, int most) {
  Search search;
  return search.run(picture) ? search.answer(picture, out, most) : -1;
}

}  // namespace haalweg
