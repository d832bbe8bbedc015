#include "trace_pyramid.hpp"

#include "trace_code.hpp"

namespace haalweg {
namespace {

constexpr int kGrey = 16;                    // brightness is held in sixteenths of a grey level
constexpr int kShortest = 20;                // a level with a shorter side is not made
constexpr float kWeakest = 2;                // corners below this are noise
constexpr int kBorder = 4;                   // pixels in which no corner is looked for
constexpr uint32_t kShrink[kTraceLevels] = {65536, 46341, 32768, 23170, 16384, 11585, 8192, 5793};  // 2^16 / sqrt(2)^level

// A plane whose rows may be read kPad values over either end.
template <class T>
class Plane {
 public:
  bool make(int width, int height) {
    stride_ = width + 2 * kPad;
    return values_.allocate(static_cast<size_t>(stride_) * static_cast<size_t>(height));
  }
  T* row(int y) { return values_.data() + static_cast<ptrdiff_t>(y) * stride_ + kPad; }
  const T* row(int y) const { return values_.data() + static_cast<ptrdiff_t>(y) * stride_ + kPad; }

 private:
  Buffer<T> values_;
  int stride_ = 0;
};

void luma_row(const Pixels& picture, int y, uint16_t* out) {
  const uint8_t* p = picture.row(y);
  if (picture.channels == 1) {
    for (int x = 0; x < picture.width; x++) out[x] = p[x];
  } else if (picture.channels == 3) {
    for (int x = 0; x < picture.width; x++, p += 3) out[x] = static_cast<uint16_t>((77 * p[0] + 150 * p[1] + 29 * p[2] + 128) >> 8);
  } else {
    for (int x = 0; x < picture.width; x++, p += 4) out[x] = static_cast<uint16_t>((77 * p[0] + 150 * p[1] + 29 * p[2] + 128) >> 8);
  }
}

// Every output value is the mean of the area it covers, rounded, times `gain`: overlaps are whole numbers of 1/width by 1/height.
// `rows(y)` gives a row of the input, asked for once each, from the top.
template <class Rows>
bool area_mean(int width, int height, int gain, Rows rows, int to_width, int to_height, Plane<uint16_t>& out) {
  if (width == to_width && height == to_height) {
    for (int y = 0; y < height; y++) {
      const uint16_t* row = rows(y);
      for (int x = 0; x < width; x++) out.row(y)[x] = static_cast<uint16_t>(row[x] * gain);
    }
    return true;
  }
  struct Span {
    int first, more;  // input values: the first, and how many follow
    uint32_t first_weight, last_weight;  // in 1/to_width of a value; those between count whole
  };
  Buffer<uint32_t> sums(static_cast<size_t>(width));
  Buffer<Span> spans(static_cast<size_t>(to_width));
  if (!sums.ok() || !spans.ok()) return false;
  for (int x = 0; x < to_width; x++) {
    const int64_t left = static_cast<int64_t>(x) * width, right = left + width, first = left / to_width, last = (right - 1) / to_width;
    const int64_t begun = (first + 1) * to_width < right ? (first + 1) * to_width : right;
    const auto rest = static_cast<uint32_t>(last > first ? right - last * to_width : 0);
    spans[static_cast<size_t>(x)] = {static_cast<int>(first), static_cast<int>(last - first), static_cast<uint32_t>(begun - left), rest};
  }
  const uint64_t area = static_cast<uint64_t>(width) * static_cast<uint64_t>(height);
  const double per_area = 1 / static_cast<double>(area);
  // A division to the nearest whole number, quicker than by the processor's own: an estimate, put right where it is one off.
  const auto mean = [&](uint64_t sum) {
    sum += area / 2;
    auto quotient = static_cast<uint64_t>(static_cast<double>(sum) * per_area);
    if (quotient * area > sum) quotient--;
    if ((quotient + 1) * area <= sum) quotient++;
    return quotient;
  };
  const uint16_t* row = nullptr;
  int read = 0;
  for (int y = 0; y < to_height; y++) {
    const int64_t top = static_cast<int64_t>(y) * height, bottom = top + height;  // in 1/to_height of an input row
    for (int x = 0; x < width; x++) sums[static_cast<size_t>(x)] = 0;
    for (int64_t j = top / to_height; j * to_height < bottom; j++) {
      while (read <= j) row = rows(read++);
      const int64_t from = j * to_height > top ? j * to_height : top;
      const int64_t to = (j + 1) * to_height < bottom ? (j + 1) * to_height : bottom;
      const auto weight = static_cast<uint32_t>(to - from);
      uint32_t* sum = sums.data();
      for (int x = 0; x < width; x++) sum[x] += weight * row[x];
    }
    uint16_t* to_row = out.row(y);
    for (int x = 0; x < to_width; x++) {
      const Span& span = spans[static_cast<size_t>(x)];
      const uint32_t* from = sums.data() + span.first;
      uint64_t sum = static_cast<uint64_t>(span.first_weight) * from[0] + static_cast<uint64_t>(span.last_weight) * from[span.more];
      for (int i = 1; i < span.more; i++) sum += static_cast<uint64_t>(to_width) * from[i];
      to_row[x] = static_cast<uint16_t>(mean(sum) * static_cast<uint64_t>(gain));
    }
  }
  return true;
}

// Catmull-Rom weights of four neighbours, 1/1024; t is how far between the middle two, 1/1024.
struct Taps {
  int first;
  int weight[4];
};

Taps taps_at(int out, int to, int from) {
  const int64_t at = (static_cast<int64_t>(2 * out + 1) * from * 512) / to - 512;  // 1/1024 of a pixel
  const int floor = static_cast<int>(at >> 10), t = static_cast<int>(at & 1023);
  const int t2 = (t * t) >> 10, t3 = (t2 * t) >> 10;
  const int w0 = (-t + 2 * t2 - t3) / 2, w2 = (t + 4 * t2 - 3 * t3) / 2, w3 = (t3 - t2) / 2;
  return {floor - 1, {w0, 1024 - w0 - w2 - w3, w2, w3}};
}

int inside(int i, int count) { return i < 0 ? 0 : i >= count ? count - 1 : i; }

bool enlarge(const Pixels& picture, int to_width, int to_height, Plane<uint16_t>& out) {
  Buffer<int16_t> wide(static_cast<size_t>(to_width) * static_cast<size_t>(picture.height));
  Buffer<uint16_t> row(static_cast<size_t>(picture.width));
  if (!wide.ok() || !row.ok()) return false;
  for (int y = 0; y < picture.height; y++) {
    luma_row(picture, y, row.data());
    for (int x = 0; x < to_width; x++) {
      const Taps taps = taps_at(x, to_width, picture.width);
      int sum = 0;
      for (int k = 0; k < 4; k++) sum += taps.weight[k] * row[static_cast<size_t>(inside(taps.first + k, picture.width))];
      wide[static_cast<size_t>(y) * static_cast<size_t>(to_width) + static_cast<size_t>(x)] =
          static_cast<int16_t>((sum * kGrey + 512) >> 10);
    }
  }
  for (int y = 0; y < to_height; y++) {
    const Taps taps = taps_at(y, to_height, picture.height);
    uint16_t* to_row = out.row(y);
    for (int x = 0; x < to_width; x++) {
      int sum = 512;
      for (int k = 0; k < 4; k++)
        sum += taps.weight[k] *
               wide[static_cast<size_t>(inside(taps.first + k, picture.height)) * static_cast<size_t>(to_width) + static_cast<size_t>(x)];
      const int value = (sum >> 10) / kGrey;
      to_row[x] = static_cast<uint16_t>((value < 0 ? 0 : value > 255 ? 255 : value) * kGrey);
    }
  }
  return true;
}

// The two values beyond each end as in a mirror, so that no edge appears where the picture ends.
void mirror_ends(uint16_t* row, int width) {
  for (int k = 1; k <= 2; k++) {
    row[-k] = row[inside(k, width)];
    row[width - 1 + k] = row[inside(width - 1 - k, width)];
  }
}

int mirrored_row(int y, int height) { return y < 0 ? inside(-y, height) : y >= height ? inside(2 * height - 2 - y, height) : y; }

constexpr int kTensorRows = 8, kStrengthRows = 8;  // kept at once; a row is found by its last bits

struct Scratch {
  Plane<uint16_t> smooth;
  Plane<int16_t> across, down;
  Buffer<uint16_t> rows, row;
  Plane<float> xx, yy, xy, strength, greatest;
  Buffer<float> products;

  bool make(int width, int height) {
    const size_t pooled = static_cast<size_t>((width + 1) / 2) * kDirections * static_cast<size_t>(height);
    return smooth.make(width, height) && across.make(width, height) && down.make(width, height) && rows.allocate(pooled) &&
           row.allocate(static_cast<size_t>(width) * kDirections * 2) && xx.make(width, kTensorRows) && yy.make(width, kTensorRows) &&
           xy.make(width, kTensorRows) && strength.make(width, kStrengthRows) && greatest.make(width, kStrengthRows) &&
           products.allocate(static_cast<size_t>(width + 2 * kPad) * 3);
  }

  float* strengths(int y) { return strength.row(y & (kStrengthRows - 1)); }
  float* greatests(int y) { return greatest.row(y & (kStrengthRows - 1)); }
};

bool copy_grey(const Plane<uint16_t>& plane, Level& level) {
  const auto width = static_cast<size_t>(level.width);
  if (!level.grey.allocate(width * static_cast<size_t>(level.height))) return false;
  for (int y = 0; y < level.height; y++)
    for (size_t x = 0; x < width; x++) level.grey[static_cast<size_t>(y) * width + x] = static_cast<uint8_t>(plane.row(y)[x] / kGrey);
  return true;
}

void slopes_of(Plane<uint16_t>& grey, int width, int height, Scratch& s) {
  const TraceKernels& k = trace_kernels();
  for (int y = 0; y < height; y++) mirror_ends(grey.row(y), width);
  for (int y = 0; y < height; y++) {
    k.smooth(grey.row(mirrored_row(y - 1, height)), grey.row(y), grey.row(mirrored_row(y + 1, height)), width, s.smooth.row(y));
    mirror_ends(s.smooth.row(y), width);
  }
  for (int y = 0; y < height; y++)
    k.slopes(s.smooth.row(mirrored_row(y - 1, height)), s.smooth.row(y), s.smooth.row(mirrored_row(y + 1, height)), width, s.across.row(y),
             s.down.row(y));
}

bool maps_of(Level& level, Scratch& s) {
  const TraceKernels& k = trace_kernels();
  level.map_width = (level.width + 1) / 2;
  level.map_height = (level.height + 1) / 2;
  const size_t row_values = static_cast<size_t>(level.map_width) * kDirections;
  Buffer<uint16_t> between(row_values * static_cast<size_t>(level.map_height));
  if (!level.maps.allocate(row_values * static_cast<size_t>(level.map_height)) || !between.ok()) return false;
  for (int y = 0; y < level.height; y++)
    k.directions(s.across.row(y), s.down.row(y), level.width, s.row.data(), s.rows.data() + static_cast<size_t>(y) * row_values);
  k.pool_rows(s.rows.data(), level.height, static_cast<int>(row_values), between.data(), level.maps.data());
  return true;
}

float peak(float before, float here, float after) {
  const float bend = 2 * (2 * here - before - after);
  const float off = (after - before) / (bend > 1e-6f ? bend : 1e-6f);
  return off < -0.5f ? -0.5f : off > 0.5f ? 0.5f : off;
}

// Is it the greatest of its 5x5, and of equal ones the first?
bool is_peak(Scratch& s, int x, int y) {
  const float here = s.strengths(y)[x];
  for (int j = -2; j <= 2; j++)
    if (s.greatests(y + j)[x] > here) return false;
  for (int j = -2; j <= 0; j++)
    for (int i = -2; i <= (j == 0 ? -1 : 2); i++)
      if (s.strengths(y + j)[x + i] == here) return false;
  return true;
}

void peaks_of_row(const Pyramid& pyramid, int level, Scratch& s, int y, Corner* out, int& count) {
  const int width = pyramid.levels[level].width, height = pyramid.levels[level].height;
  if (y < kBorder || y >= height - kBorder) return;
  const float per_x = static_cast<float>(pyramid.width) / static_cast<float>(width);
  const float per_y = static_cast<float>(pyramid.height) / static_cast<float>(height);
  const float *above = s.strengths(y - 1), *row = s.strengths(y), *below = s.strengths(y + 1), *greatest = s.greatests(y);
  for (int x = kBorder; x < width - kBorder; x++) {
    if (!(row[x] > kWeakest) || greatest[x] > row[x] || !is_peak(s, x, y)) continue;
    const float at_x = (static_cast<float>(x) + 0.5f + peak(row[x - 1], row[x], row[x + 1])) * per_x;
    const float at_y = (static_cast<float>(y) + 0.5f + peak(above[x], row[x], below[x])) * per_y;
    out[count] = {at_x, at_y, row[x], level, count};
    count++;
  }
}

// Row by row: a row's strength needs the tensor of three rows more, a peak the strength of two rows more.
void corners_of(const Pyramid& pyramid, int level, Scratch& s, Corner* out, int& count) {
  const TraceKernels& k = trace_kernels();
  const int width = pyramid.levels[level].width, height = pyramid.levels[level].height;
  for (int read = 0; read < height + 5; read++) {
    if (read < height) {
      const int slot = read & (kTensorRows - 1);
      k.tensor_row(s.across.row(read), s.down.row(read), width, s.products.data(), s.xx.row(slot), s.yy.row(slot), s.xy.row(slot));
    }
    const int y = read - 3;
    if (y >= 0 && y < height) {
      const float *xx[7], *yy[7], *xy[7];
      for (int j = 0; j < 7; j++) {
        const int slot = inside(y + j - 3, height) & (kTensorRows - 1);
        xx[j] = s.xx.row(slot);
        yy[j] = s.yy.row(slot);
        xy[j] = s.xy.row(slot);
      }
      k.strength_row(xx, yy, xy, width, s.strengths(y));
      k.greatest_of_5(s.strengths(y), width, s.greatests(y));
    }
    peaks_of_row(pyramid, level, s, y - 2, out, count);
  }
}

int scaled(int length, int longer, int side) {
  const int64_t v = (static_cast<int64_t>(2) * length * side + longer) / (2 * static_cast<int64_t>(longer));
  return static_cast<int>(v > 0 ? v : 1);
}

}  // namespace

bool reduced_grey(const Pixels& picture, int most, Buffer<uint8_t>& out, int& width, int& height) {
  const int longer = picture.width > picture.height ? picture.width : picture.height;
  const int side = longer < most ? longer : most;
  width = scaled(picture.width, longer, side);
  height = scaled(picture.height, longer, side);
  Plane<uint16_t> grey;
  Buffer<uint16_t> luma(static_cast<size_t>(picture.width));
  if (!luma.ok() || !grey.make(width, height) || !out.allocate(static_cast<size_t>(width) * static_cast<size_t>(height))) return false;
  const auto rows = [&](int y) {
    luma_row(picture, y, luma.data());
    return static_cast<const uint16_t*>(luma.data());
  };
  if (!area_mean(picture.width, picture.height, 1, rows, width, height, grey)) return false;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      out.data()[static_cast<ptrdiff_t>(y) * width + x] = static_cast<uint8_t>(grey.row(y)[x]);
  return true;
}

bool Pyramid::build(const Pixels& picture, int least, int most, bool keep_grey) {
  const int longer = picture.width > picture.height ? picture.width : picture.height;
  const int side = longer < least ? least : longer > most ? most : longer;
  width = scaled(picture.width, longer, side);
  height = scaled(picture.height, longer, side);
  for (count = 0; count < kTraceLevels; count++) {
    Level& level = levels[count];
    level.width = static_cast<int>((static_cast<uint32_t>(width) * kShrink[count] + 32768) >> 16);
    level.height = static_cast<int>((static_cast<uint32_t>(height) * kShrink[count] + 32768) >> 16);
    if (level.width < kShortest || level.height < kShortest) break;
  }
  if (count == 0) return corners.allocate(0);

  Plane<uint16_t> grey[2];
  Scratch scratch;
  Buffer<uint16_t> luma(static_cast<size_t>(picture.width));
  if (!grey[0].make(width, height) || !grey[1].make(width, height) || !scratch.make(width, height) || !luma.ok()) return false;
  // No two peaks lie within two pixels of each other, so a block of 3x3 holds at most one.
  if (!corners.allocate(static_cast<size_t>((width + 2) / 3 + 1) * static_cast<size_t>((height + 2) / 3 + 1) * 3)) return false;
  const bool larger = longer < side;
  const auto rows = [&](int y) {
    luma_row(picture, y, luma.data());
    return static_cast<const uint16_t*>(luma.data());
  };
  if (larger ? !enlarge(picture, width, height, grey[0])
             : !area_mean(picture.width, picture.height, kGrey, rows, width, height, grey[0]))
    return false;
  corner_count = 0;
  for (int l = 0; l < count; l++) {
    // Level l comes from level l - 2, level 1 from level 0.
    Plane<uint16_t>& here = grey[l & 1];
    if (l > 0) {
      const Level& from = levels[l == 1 ? 0 : l - 2];
      Plane<uint16_t>& source = l == 1 ? grey[0] : here;
      if (!area_mean(from.width, from.height, 1, [&](int y) { return static_cast<const uint16_t*>(source.row(y)); }, levels[l].width,
                     levels[l].height, here))
        return false;
    }
    if (keep_grey && !copy_grey(here, levels[l])) return false;
    slopes_of(here, levels[l].width, levels[l].height, scratch);
    if (!maps_of(levels[l], scratch)) return false;
    corners_of(*this, l, scratch, corners.data(), corner_count);
  }
  return true;
}

}  // namespace haalweg
