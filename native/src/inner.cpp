#include "haalweg/inner.hpp"

#include "haalweg/buffer.hpp"

namespace haalweg {
namespace {

constexpr int kSamples = 128;     // about so many pixels of a line are looked at, whatever its length
constexpr int kSameColour = 12;   // what JPEG does to a flat colour
constexpr int kDrift = 6;         // what a gradient or a blur changes from one sample to the next
constexpr int kStep = 10;         // what the edge of a picture changes at least
constexpr int kShortest = 32;     // a smaller picture has no PDQ worth asking for
constexpr int kShortestShare = 7; // of the whole's shorter side: below lie text and buttons
constexpr int kLongestShape = 4;  // longer than so many times its width is a bar, not a picture
constexpr int kClearStep = 90;    // per cent of an edge, where it lies between two plain stretches
constexpr int kReach = 8;         // JPEG smears an edge over one block
constexpr int kDeepest = 6;       // a screenshot, a page, a bubble, a picture: two axes each

int smaller(int a, int b) { return a < b ? a : b; }
int larger(int a, int b) { return a > b ? a : b; }
int distance(int a, int b) { return a < b ? b - a : a - b; }

// A region read line by line, so that rows and columns are one code.
struct Lines {
  Lines(const Pixels& picture, const Box& box, bool columns)
      : colours(picture.channels == 1 ? 1 : 3),
        first(columns ? box.left : box.top),
        last(columns ? box.right : box.bottom),
        begin(columns ? box.top : box.left),
        end(columns ? box.bottom : box.right),
        hop(larger(1, (end - begin) / kSamples)),
        data(picture.data),
        to_next_line(columns ? picture.channels : picture.stride),
        to_next_pixel(columns ? picture.stride : picture.channels) {}

  const uint8_t* at(int line, int i) const { return data + line * to_next_line + i * to_next_pixel; }
  int samples() const { return (end - begin + hop - 1) / hop; }

  int colours, first, last, begin, end, hop;
  const uint8_t* data;
  ptrdiff_t to_next_line, to_next_pixel;
};

bool apart(const uint8_t* a, const uint8_t* b, int colours, int tolerance) {
  for (int c = 0; c < colours; c++) {
    if (distance(a[c], b[c]) > tolerance) return true;
  }
  return false;
}

void mean_of(const Lines& lines, int line, uint8_t* mean) {
  int sum[3] = {0, 0, 0};
  for (int i = lines.begin; i < lines.end; i += lines.hop) {
    for (int c = 0; c < lines.colours; c++) sum[c] += lines.at(line, i)[c];
  }
  const int samples = lines.samples();
  for (int c = 0; c < lines.colours; c++) mean[c] = static_cast<uint8_t>((sum[c] + samples / 2) / samples);
}

// One colour, but for a scroll bar or a speck.
bool is_of(const Lines& lines, int line, const uint8_t* mean) {
  int left = lines.samples() / 64;
  for (int i = lines.begin; i < lines.end; i += lines.hop) {
    if (apart(lines.at(line, i), mean, lines.colours, kSameColour) && left-- == 0) return false;
  }
  return true;
}

bool is_flat(const Lines& lines, int line) {
  uint8_t mean[3];
  mean_of(lines, line, mean);
  return is_of(lines, line, mean);
}

// No step anywhere: the sides of a picture further in would be two.
bool is_smooth(const Lines& lines, int line) {
  for (int i = lines.begin + lines.hop; i < lines.end; i += lines.hop) {
    if (apart(lines.at(line, i - lines.hop), lines.at(line, i), lines.colours, kDrift)) return false;
  }
  return true;
}

// How sharply this line begins: the sum over its samples, none counting for more than a clear step.
int sharpness(const Lines& lines, int line) {
  int sum = 0;
  for (int i = lines.begin; i < lines.end; i += lines.hop) {
    int most = 0;
    for (int c = 0; c < lines.colours; c++) most = larger(most, distance(lines.at(line - 1, i)[c], lines.at(line, i)[c]));
    sum += smaller(most, 4 * kStep);
  }
  return sum;
}

// Two lines on either side of the edge, as a scaled picture's edge is spread over more than one.
bool has_step(const Lines& lines, int edge, int floor, int ceiling, int percent) {
  const int outside = larger(floor, edge - 2), inside = smaller(ceiling - 1, edge + 1);
  int steps = 0;
  for (int i = lines.begin; i < lines.end; i += lines.hop) {
    steps += apart(lines.at(outside, i), lines.at(inside, i), lines.colours, kStep);
  }
  return steps * 100 >= lines.samples() * percent;
}

// What counts as the plain ground around a picture: the colour a region begins or ends with, any one colour, or a gradient.
enum class Ground { frame, flat, smooth };

class Finder {
 public:
  Finder(const Pixels& picture, Ground ground, Box* out)
      : picture_(picture), ground_(ground), shortest_(larger(kShortest, smaller(picture.width, picture.height) / kShortestShare)), out_(out) {}

  int find(uint8_t* plain) {
    plain_ = plain;
    const Box whole{0, 0, picture_.width, picture_.height};
    cut(whole, false, false, 0);
    return found_;
  }

 private:
  // Cuts the region at its plain lines, then each part along the other axis, until neither cuts anything.
  void cut(const Box& region, bool columns, bool other_was_whole, int depth) {
    const Lines lines(picture_, region, columns);
    int begun = -1, last_of_part = lines.first;
    Box parts[kShortestShare * 4];
    int count = 0;
    uint8_t first[3], last[3];
    mean_of(lines, lines.first, first);
    mean_of(lines, lines.last - 1, last);
    for (int line = lines.first; line < lines.last; line++) {
      plain_[line] = ground_ == Ground::frame ? is_of(lines, line, first) || is_of(lines, line, last) : is_plain(lines, line);
    }
    for (int line = lines.first; line <= lines.last; line++) {
      const bool ends = line == lines.last || (plain_[line] && (line + 1 == lines.last || plain_[line + 1]));
      if (!ends && begun < 0 && !plain_[line]) begun = line;
      if (!ends && !plain_[line]) last_of_part = line + 1;
      if (!ends || begun < 0) continue;
      if (last_of_part - begun >= shortest_ && count < kShortestShare * 4) {
        parts[count++] = columns ? Box{begun, region.top, last_of_part, region.bottom} : Box{region.left, begun, region.right, last_of_part};
      }
      begun = -1;
    }
    for (int i = 0; i < count; i++) {
      const bool whole = (columns ? parts[i].right - parts[i].left : parts[i].bottom - parts[i].top) == lines.last - lines.first;
      if ((whole && other_was_whole) || depth == kDeepest) {
        consider(parts[i]);
      } else {
        cut(parts[i], !columns, whole, depth + 1);
      }
    }
  }

  bool is_plain(const Lines& lines, int line) const {
    return ground_ == Ground::smooth ? is_smooth(lines, line) : is_flat(lines, line);
  }

  void consider(Box box) {
    if (!settle_sides(box)) return;
    const int width = box.right - box.left, height = box.bottom - box.top;
    if (smaller(width, height) < shortest_ || larger(width, height) > kLongestShape * smaller(width, height)) return;
    keep(box);
  }

  // Moves each side that was cut to its sharpest line. False where a side has no straight step, or nothing was cut.
  bool settle_sides(Box& box) const {
    const int percent = ground_ == Ground::smooth ? 60 : 35;
    const Box cut_to = box;
    const Lines rows(picture_, cut_to, false), columns(picture_, cut_to, true);
    if (box.left == 0 && box.top == 0 && box.right == picture_.width && box.bottom == picture_.height) return false;
    return settle(rows, picture_.height, percent, box.top, box.bottom) && settle(columns, picture_.width, percent, box.left, box.right);
  }

  bool settle(const Lines& lines, int side, int percent, int& low, int& high) const {
    if (low > 0) {
      const int cut_at = low;
      low = sharpest(lines, larger(1, low - 1), smaller(low + kReach, side));
      if (!has_step(lines, low, 0, side, percent)) low = step_beyond(lines, cut_at, -1, side);
    }
    if (high < side) {
      const int cut_at = high;
      high = sharpest(lines, larger(1, high - kReach + 1), smaller(high + 2, side));
      if (!has_step(lines, high, 0, side, percent)) high = step_beyond(lines, cut_at, 1, side);
    }
    return 0 <= low && low < high;
  }

  // A picture can itself begin plain, as one with an even sky does: its edge is then the first clear step further out, before
  // anything else comes. -1 where there is none.
  int step_beyond(const Lines& lines, int from, int direction, int side) const {
    for (int line = from + direction; line > 1 && line < side - 1; line += direction) {
      if (!is_plain(lines, line)) return -1;
      if (has_step(lines, line, 0, side, kClearStep)) return sharpest(lines, larger(1, line - 2), smaller(line + 3, side));
    }
    return -1;
  }

  static int sharpest(const Lines& lines, int from, int to) {
    int best = from, most = -1;
    for (int line = from; line < to; line++) {
      const int sharp = sharpness(lines, line);
      if (sharp > most) {
        most = sharp;
        best = line;
      }
    }
    return best;
  }

  static int64_t area(const Box& box) { return static_cast<int64_t>(box.right - box.left) * (box.bottom - box.top); }

  void keep(const Box& box) {
    int place = found_;
    while (place > 0 && area(out_[place - 1]) < area(box)) place--;
    if (place == kInnerMost) return;
    found_ = smaller(found_ + 1, kInnerMost);
    for (int i = found_ - 1; i > place; i--) out_[i] = out_[i - 1];
    out_[place] = box;
  }

  const Pixels& picture_;
  const Ground ground_;
  const int shortest_;
  Box* out_;
  uint8_t* plain_ = nullptr;
  int found_ = 0;
};

}  // namespace

int inner_pictures(const Pixels& picture, Box* out) {
  if (smaller(picture.width, picture.height) < kShortest) return 0;
  Buffer<uint8_t> plain(static_cast<size_t>(larger(picture.width, picture.height)));
  if (!plain.ok()) return 0;
  constexpr Ground kGrounds[] = {Ground::frame, Ground::flat, Ground::smooth};
  for (const Ground ground : kGrounds) {
    const int found = Finder(picture, ground, out).find(plain.data());
    if (found > 0) return found;
  }
  return 0;
}

}  // namespace haalweg
