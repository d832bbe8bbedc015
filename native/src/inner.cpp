#include "haalweg/inner.hpp"

#include "haalweg/buffer.hpp"

namespace haalweg {
namespace {

constexpr int kSamples = 128;     // about so many pixels of a line are looked at, whatever its length
constexpr int kSameColour = 12;   // what JPEG does to a flat colour
constexpr int kBend = 12;         // what the slope of a gradient or a blur changes from one sample to the next, JPEG's noise included
constexpr int kRound = 12;        // rounded corners take up to so many parts less of a region's shorter side, at either end of a line
constexpr int kStep = 10;         // what the edge of a picture changes at least
constexpr int kShortest = 32;     // a smaller picture has no PDQ worth asking for
constexpr int kShortestShare = 7; // of the whole's shorter side: below lie text and buttons
constexpr int kLongestShape = 4;  // longer than so many times its width is a bar, not a picture
constexpr int kBeyond = 30;       // per cent of an edge, where it lies between two plain stretches
constexpr int kClearStep = 70;    // per cent of an edge that is clear by itself
constexpr int kFaintStep = 12;    // and where a photo is nearly as dark as its frame
constexpr int kReach = 8;         // JPEG smears an edge over one block
constexpr int kCalm = 21;         // with fewer steps than that, in per cent, a line is calm
constexpr int kMostEdges = 24;    // on the way inwards: progress bars, a header, a page, a picture
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
        corner(smaller(box.right - box.left, box.bottom - box.top) / kRound / hop * hop),
        data(picture.data),
        to_next_line(columns ? picture.channels : picture.stride),
        to_next_pixel(columns ? picture.stride : picture.channels) {}

  const uint8_t* at(int line, int i) const { return data + line * to_next_line + i * to_next_pixel; }
  int samples() const { return (end - begin + hop - 1) / hop; }

  int colours, first, last, begin, end, hop, corner;
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
  int sum[3] = {0, 0, 0}, samples = 0;
  for (int i = lines.begin + lines.corner; i < lines.end - lines.corner; i += lines.hop, samples++) {
    for (int c = 0; c < lines.colours; c++) sum[c] += lines.at(line, i)[c];
  }
  for (int c = 0; c < lines.colours; c++) mean[c] = static_cast<uint8_t>((sum[c] + samples / 2) / samples);
}

// One colour, but for round corners, a scroll bar or a speck.
bool is_of(const Lines& lines, int line, const uint8_t* mean) {
  int left = lines.samples() / 64;
  for (int i = lines.begin + lines.corner; i < lines.end - lines.corner; i += lines.hop) {
    if (apart(lines.at(line, i), mean, lines.colours, kSameColour) && left-- == 0) return false;
  }
  return true;
}

bool is_flat(const Lines& lines, int line) {
  uint8_t mean[3];
  mean_of(lines, line, mean);
  return is_of(lines, line, mean);
}

// No step and no kink, but for a speck: the sides of a picture further in would be two of each.
bool is_smooth(const Lines& lines, int line) {
  int left = 0;
  for (int i = lines.begin + 2 * lines.hop; i < lines.end; i += lines.hop) {
    const uint8_t *a = lines.at(line, i - 2 * lines.hop), *b = lines.at(line, i - lines.hop), *c = lines.at(line, i);
    bool bends = false;
    for (int k = 0; k < lines.colours; k++) bends |= distance(a[k] + c[k], 2 * b[k]) > kBend;
    if (bends && left-- == 0) return false;
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

// The share of an edge, in per cent, that is a step. Two lines on either side, as a scaled picture's edge is spread over more than one.
int step_share(const Lines& lines, int edge, int side) {
  const int outside = larger(0, edge - 2), inside = smaller(side - 1, edge + 1);
  int steps = 0;
  for (int i = lines.begin; i < lines.end; i += lines.hop) steps += apart(lines.at(outside, i), lines.at(inside, i), lines.colours, kStep);
  return steps * 100 / lines.samples();
}

// Whether that share is reached; most lines are turned away after a third of their samples.
bool has_step(const Lines& lines, int edge, int side, int percent) {
  const int outside = larger(0, edge - 2), inside = smaller(side - 1, edge + 1);
  const int wanted = (lines.samples() * percent + 99) / 100;
  int steps = 0, left = lines.samples();
  for (int i = lines.begin; i < lines.end && steps < wanted && steps + left >= wanted; i += lines.hop, left--)
    steps += apart(lines.at(outside, i), lines.at(inside, i), lines.colours, kStep);
  return steps >= wanted;
}

// What counts as the plain ground around a picture: the colour a region begins or ends with, any one colour, or a gradient.
enum class Ground { frame, flat, smooth };

class Finder {
 public:
  Finder(const Pixels& picture, Box* out)
      : picture_(picture), shortest_(larger(kShortest, smaller(picture.width, picture.height) / kShortestShare)), out_(out) {}

  int find(uint8_t* plain) {
    plain_ = plain;
    const Box whole{0, 0, picture_.width, picture_.height};
    constexpr Ground kGrounds[] = {Ground::frame, Ground::flat, Ground::smooth};
    for (const Ground ground : kGrounds) {
      ground_ = ground;
      cut(whole, false, false, 0);
    }
    Box seen[kInnerMost];
    narrow(whole, false, false, 0);
    const int count = found_;
    for (int i = 0; i < count; i++) seen[i] = out_[i];
    for (int i = 0; i < count && found_ < kInnerMost; i++)
      if (shares_[i] < kClearStep) keep(centred(seen[i]), 0);
    return found_;
  }

 private:
  // Cuts the region at its plain lines, then each part along the other axis, until neither cuts anything. How clear the clearest
  // picture was that was found on the way, -1 for none.
  int cut(const Box& region, bool columns, bool other_was_whole, int depth) {
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
    int clearest = -1;
    for (int i = 0; i < count; i++) {
      const bool whole = (columns ? parts[i].right - parts[i].left : parts[i].bottom - parts[i].top) == lines.last - lines.first;
      const bool is_leaf = (whole && other_was_whole) || depth == kDeepest;
      const int inside = is_leaf ? consider(parts[i]) : cut(parts[i], !columns, whole, depth + 1);
      clearest = larger(clearest, larger(inside, consider_clear(parts[i], inside)));
    }
    return clearest;
  }

  // From the outermost edges that go from end to end to the next ones inside, rows and columns in turn: around a picture on a
  // blurred copy of itself there is no plain ground, but its edges are straight.
  void narrow(Box region, bool columns, bool other_had_none, int edges) {
    const Lines lines(picture_, region, columns);
    const int side = columns ? picture_.width : picture_.height, middle = (lines.first + lines.last) / 2;
    int low = lines.first, high = lines.last;
    for (int line = lines.first + 3; line < middle && low == lines.first; line++)
      if (is_edge(lines, line, line - 6, side)) low = sharpest(lines, line - 1, smaller(line + 3, middle));
    for (int line = lines.last - 3; line > middle && high == lines.last; line--)
      if (is_edge(lines, line, line + 6, side)) high = sharpest(lines, line - 1, line + 2);
    const bool none = low == lines.first && high == lines.last;
    (columns ? region.left : region.top) = low;
    (columns ? region.right : region.bottom) = high;
    if (none && other_had_none) {
      if (edges > 0 && looks_like_one(region)) keep(region, kClearStep);
    } else if (edges < kMostEdges && high - low >= shortest_) {
      narrow(region, !columns, none, edges + (low > lines.first) + (high < lines.last));
    }
  }

  // A step with calm outside of it: within grass every line is a step.
  static bool is_edge(const Lines& lines, int line, int outside, int side) {
    return has_step(lines, line, side, kClearStep) && !has_step(lines, smaller(larger(outside, 1), side - 1), side, kCalm);
  }

  bool looks_like_one(const Box& box) const {
    const int width = box.right - box.left, height = box.bottom - box.top;
    return smaller(width, height) >= shortest_ && larger(width, height) <= kLongestShape * smaller(width, height);
  }

  bool is_plain(const Lines& lines, int line) const {
    return ground_ == Ground::smooth ? is_smooth(lines, line) : is_flat(lines, line);
  }

  // A region on the way down: to be kept as it is where each of its sides is a step nearly from end to end, clearer than what it holds.
  int consider_clear(Box box, int inside) {
    const int share = settle_sides(box, Settling::clear);
    if (share > inside) keep(box, share);
    return share;
  }

  // A region that nothing cuts any more. A picture can itself begin plain, as one with an even sky does, and has then been cut too
  // deep: its edge is the next clear step further out.
  int consider(const Box& region) {
    Box settled = region, further = region;
    const int share = settle_sides(settled, Settling::leaf);
    if (share >= 0) keep(settled, share);
    const int share_further = settle_sides(further, Settling::further);
    if (share_further >= 0) keep(further, share_further);
    return larger(share, share_further);
  }

  enum class Settling { clear, leaf, further };

  // Moves each side that was cut to its sharpest line. The least share of a side that is a step; -1 where the region is no picture.
  int settle_sides(Box& box, Settling how) const {
    const Box cut_to = box;
    const Lines rows(picture_, cut_to, false), columns(picture_, cut_to, true);
    Sides sides;
    if (!settle(rows, picture_.height, box.top, box.bottom, how, sides) || !settle(columns, picture_.width, box.left, box.right, how, sides)) return -1;
    if (!looks_like_one(box)) return -1;
    return sides.clear > 0 && (how != Settling::further || sides.moved > 0) ? sides.least : -1;
  }

  struct Sides {
    int clear = 0, moved = 0, least = 100;
  };

  bool settle(const Lines& lines, int side, int& low, int& high, Settling how, Sides& sides) const {
    if (low > 0 && !settle_one(lines, side, low, -1, larger(1, low - 1), smaller(low + kReach, side), how, sides)) return false;
    if (high < side && !settle_one(lines, side, high, 1, larger(1, high - kReach + 1), smaller(high + 2, side), how, sides)) return false;
    return low < high;
  }

  bool settle_one(const Lines& lines, int side, int& edge, int outwards, int from, int to, Settling how, Sides& sides) const {
    const int sharp = sharpest(lines, from, to), share = step_share(lines, sharp, side);
    const int least = how == Settling::clear ? kClearStep : ground_ == Ground::smooth ? 45 : 35;
    const int beyond = how == Settling::further || (how == Settling::leaf && share < least) ? step_beyond(lines, edge, outwards, side) : -1;
    if (beyond >= 0) {
      edge = beyond;
      sides.moved++;
    } else if (share >= least) {
      edge = sharp;
    } else {
      // A photo may end in the frame's own colour; such a side stays where it was cut, if another is clear.
      const int faint = step_share(lines, edge, side);
      sides.least = smaller(sides.least, faint);
      return how != Settling::clear && (ground_ == Ground::frame || faint >= kFaintStep);
    }
    sides.clear++;
    sides.least = smaller(sides.least, step_share(lines, edge, side));
    return true;
  }

  // The first clear step outside, before anything but plain ground comes. -1 where there is none.
  int step_beyond(const Lines& lines, int from, int direction, int side) const {
    for (int line = from + direction; line > 1 && line < side - 1; line += direction) {
      if (!is_plain(lines, line)) return -1;
      if (has_step(lines, line, side, kBeyond)) return sharpest(lines, larger(1, line - 2), smaller(line + 3, side));
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

  // A frame is as wide at both ends. Where a photo ends in the frame's own colour, its other end says how wide.
  Box centred(const Box& box) const {
    const int across = smaller(box.left, picture_.width - box.right), down = smaller(box.top, picture_.height - box.bottom);
    return {across, down, picture_.width - across, picture_.height - down};
  }

  static bool alike(const Box& a, const Box& b) {
    const int most = larger(2, smaller(a.right - a.left, a.bottom - a.top) / 200);
    return distance(a.left, b.left) <= most && distance(a.top, b.top) <= most && distance(a.right, b.right) <= most && distance(a.bottom, b.bottom) <= most;
  }

  // The clearest first.
  void keep(const Box& box, int share) {
    if (box.left == 0 && box.top == 0 && box.right == picture_.width && box.bottom == picture_.height) return;
    int place = found_;
    for (int i = 0; i < found_; i++)
      if (alike(out_[i], box)) return;
    while (place > 0 && (shares_[place - 1] < share || (shares_[place - 1] == share && area(out_[place - 1]) < area(box)))) place--;
    if (place == kInnerMost) return;
    found_ = smaller(found_ + 1, kInnerMost);
    for (int i = found_ - 1; i > place; i--) {
      out_[i] = out_[i - 1];
      shares_[i] = shares_[i - 1];
    }
    out_[place] = box;
    shares_[place] = share;
  }

  const Pixels& picture_;
  Ground ground_ = Ground::frame;
  const int shortest_;
  Box* out_;
  uint8_t* plain_ = nullptr;
  int found_ = 0, shares_[kInnerMost];
};

}  // namespace

int inner_pictures(const Pixels& picture, Box* out) {
  if (smaller(picture.width, picture.height) < kShortest) return 0;
  Buffer<uint8_t> plain(static_cast<size_t>(larger(picture.width, picture.height)));
  if (!plain.ok()) return 0;
  return Finder(picture, out).find(plain.data());
}

}  // namespace haalweg
