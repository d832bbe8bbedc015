#include "haalweg/faces.hpp"

#include "haalweg/buffer.hpp"

namespace haalweg {
namespace {

struct Stage {
  int16_t stumps;
  int32_t least;
};

struct Stump {
  int16_t threshold, below, otherwise;
};

#include "face_cascades.inc"

constexpr int kLongest = 512;     // the longer side of what is looked at
constexpr int kLevelNumerator = 6, kLevelDenominator = 5;  // how much smaller each level of the pyramid is
constexpr int kMargin = 6;        // pixels around a level, so that a face at the edge of a photo has the surroundings it needs
constexpr int kStep = 2;
constexpr int kFineLevels = 99;
constexpr int kCalm = 3;          // a window whose brightness spreads less is plain ground
constexpr int kMostHits = 8192;   // more than a photo full of faces gives
constexpr int kLeastHits = 2;     // of one place: a face is found by several windows, what only resembles one mostly by one
constexpr int kWider = 5;         // a box grows by a fifth of its side on each of its four: to hair line, ears and chin
constexpr int kMostRectangles = 3;

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

// A level of the pyramid with its margin, as sums over everything above and to the left. One width for all levels, so that
// the places of a cascade's rectangles are worked out once.
struct Sums {
  bool allocate(int widest, int highest) {
    stride = widest + 2 * kMargin + 1;
    const size_t count = static_cast<size_t>(stride) * static_cast<size_t>(highest + 2 * kMargin + 1);
    return plain.allocate(count) && squares.allocate(count);
  }

  void fill(const Grey& level) {
    width = level.width + 2 * kMargin;
    height = level.height + 2 * kMargin;
    for (int x = 0; x <= width; x++) plain[static_cast<size_t>(x)] = squares[static_cast<size_t>(x)] = 0;
    for (int y = 0; y < height; y++) {
      const uint8_t* row = level.pixels.data() + static_cast<ptrdiff_t>(larger(0, smaller(level.height - 1, y - kMargin))) * level.width;
      uint32_t *above = plain.data() + static_cast<ptrdiff_t>(y) * stride, *here = above + stride;
      uint32_t *squares_above = squares.data() + static_cast<ptrdiff_t>(y) * stride, *squares_here = squares_above + stride;
      uint32_t sum = 0, of_squares = 0;
      here[0] = squares_here[0] = 0;
      for (int x = 0; x < width; x++) {
        const uint32_t value = row[larger(0, smaller(level.width - 1, x - kMargin))];
        sum += value;
        of_squares += value * value;
        here[x + 1] = above[x + 1] + sum;
        squares_here[x + 1] = squares_above[x + 1] + of_squares;
      }
    }
  }

  int stride = 0, width = 0, height = 0;
  Buffer<uint32_t> plain, squares;
};

struct Corners {
  int a, b, c, d;

  // Sums are taken modulo 2^32: what a rectangle holds is far less.
  int sum(const uint32_t* at) const { return static_cast<int>(at[a] - at[b] - at[c] + at[d]); }
};

struct Feature {
  Corners whole, part, other;
  int weight;
  bool has_other;
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

  bool lay_out(int stride) {
    if (!features_.allocate(static_cast<size_t>(tables_.stump_count))) return false;
    stride_ = stride;
    inside_ = corners(1, 1, side() - 2, side() - 2);
    const uint32_t* word = tables_.rectangles;
    for (int i = 0; i < tables_.stump_count; i++) {
      Feature& feature = features_[static_cast<size_t>(i)];
      feature.whole = corners(*word++);
      feature.weight = static_cast<int>(*word >> 20 & 3);
      feature.part = corners(*word);
      feature.has_other = (*word++ >> 22 & 1) == 0;
      if (feature.has_other) feature.other = corners(*word++);
    }
    return true;
  }

  bool accepts(const Sums& sums, int x, int y) const {
    const ptrdiff_t place = static_cast<ptrdiff_t>(y) * stride_ + x;
    const uint32_t* at = sums.plain.data() + place;
    const int spread = spread_of(at, sums.squares.data() + place);
    if (spread < kCalm * (side() - 2) * (side() - 2)) return false;
    const Feature* feature = features_.data();
    const Stump* stump = tables_.stumps;
    for (int s = 0; s < tables_.stage_count; s++) {
      int sum = 0;
      for (int i = tables_.stages[s].stumps; i > 0; i--, feature++, stump++) {
        int value = feature->weight * feature->part.sum(at) - feature->whole.sum(at);
        if (feature->has_other) value += 2 * feature->other.sum(at);
        // At most 21 bits times 16, less than 2^31 as the spread of bytes is at most 128 a pixel.
        sum += value < (stump->threshold * spread + 32767) >> 15 ? stump->below : stump->otherwise;
      }
      if (sum < tables_.stages[s].least) return false;
    }
    return true;
  }

 private:
  // The standard deviation times the number of pixels, over the window without its outermost ones.
  int spread_of(const uint32_t* at, const uint32_t* squares_at) const {
    const uint32_t count = static_cast<uint32_t>((side() - 2) * (side() - 2));
    const uint64_t sum = static_cast<uint32_t>(inside_.sum(at)), of_squares = static_cast<uint32_t>(inside_.sum(squares_at));
    // Exact below 2^53: a root that is rounded once, then cut.
    return static_cast<int>(__builtin_sqrt(static_cast<double>(static_cast<int64_t>(count * of_squares - sum * sum))));
  }

  Corners corners(uint32_t word) const {
    return corners(static_cast<int>(word & 31), static_cast<int>(word >> 5 & 31), static_cast<int>(word >> 10 & 31), static_cast<int>(word >> 15 & 31));
  }

  Corners corners(int left, int top, int width, int height) const {
    if (turned_about_) left = side() - left - width;
    const int a = top * stride_ + left, c = (top + height) * stride_ + left;
    return {a, a + width, c, c + width};
  }

  const Tables& tables_;
  const bool turned_about_;
  int stride_ = 0;
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
    Grey source, level;
    if (!groups_.allocate(kMostHits) || !reduce(picture, width_, height_, source) || !sums_.allocate(width_, height_)) return false;
    const Cascade* cascades[] = {&frontal, &profile, &other_profile};
    if (!frontal.lay_out(sums_.stride) || !profile.lay_out(sums_.stride) || !other_profile.lay_out(sums_.stride)) return false;
    int numerator = 1 << 16;
    for (int k = 0;; k++, numerator = numerator * kLevelDenominator / kLevelNumerator) {
      const int w = scaled(width_, numerator), h = scaled(height_, numerator);
      if (smaller(w, h) + 2 * kMargin < kProfileSide || smaller(w, h) < kMargin) break;
      if (!reduce(source.view(), w, h, level)) return false;
      sums_.fill(level);
      for (const Cascade* cascade : cascades) look(*cascade, w, h, k < kFineLevels ? kStep : 1);
    }
    return true;
  }

  int answer(const Pixels& picture, Box* out, int most) {
    int found = 0;
    for (; found < most; found++) {
      Group* best = nullptr;
      for (int i = 0; i < group_count_; i++) {
        Group& group = groups_[static_cast<size_t>(i)];
        if (group.count >= kLeastHits && (best == nullptr || group.count > best->count)) best = &group;
      }
      if (best == nullptr) break;
      out[found] = box_of(*best, picture);
      best->count = 0;
    }
    return found;
  }

 private:
  static int scaled(int side, int numerator) { return static_cast<int>((static_cast<int64_t>(side) * numerator + (1 << 15)) >> 16); }

  void look(const Cascade& cascade, int w, int h, int step) {
    const int side = cascade.side();
    for (int y = 0; y + side <= sums_.height; y += step)
      for (int x = 0; x + side <= sums_.width; x += step)
        if (cascade.accepts(sums_, x, y)) add(16 * (x - kMargin) + 8 * side, 16 * (y - kMargin) + 8 * side, 16 * side, w, h);
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
    if (group_count_ < kMostHits) groups_[static_cast<size_t>(group_count_++)] = {x, y, side, 1};
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
