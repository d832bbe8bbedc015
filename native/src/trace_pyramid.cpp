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
  Buffer<uint32_t> sums(static_cast<size_t>(width));
  if (!sums.ok()) return false;
  const uint64_t area = static_cast<uint64_t>(width) * static_cast<uint64_t>(height);
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
      const int64_t left = static_cast<int64_t>(x) * width, right = left + width;
      uint64_t sum = 0;
      for (int64_t i = left / to_width; i * to_width < right; i++) {
        const int64_t from = i * to_width > left ? i * to_width : left;
        const int64_t to = (i + 1) * to_width < right ? (i + 1) * to_width : right;
        sum += static_cast<uint64_t>(to - from) * sums[static_cast<size_t>(i)];
      }
      to_row[x] = static_cast<uint16_t>((sum + area / 2) / area * static_cast<uint64_t>(gain));
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

struct Scratch {
  Plane<uint16_t> smooth;
  Plane<int16_t> across, down;
  Buffer<uint16_t> rows, row;
  Plane<float> xx, yy, xy, strength, greatest;
  Buffer<float> products;

  bool make(int width, int height) {
    const size_t pooled = static_cast<size_t>((width + 1) / 2) * kDirections * static_cast<size_t>(height);
    return smooth.make(width, height) && across.make(width, height) && down.make(width, height) && rows.allocate(pooled) &&
           row.allocate(static_cast<size_t>(width) * kDirections * 2) && xx.make(width, height) && yy.make(width, height) &&
           xy.make(width, height) && strength.make(width, height) && greatest.make(width, height) &&
           products.allocate(static_cast<size_t>(width + 2 * kPad) * 3);
  }
};

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
bool is_peak(const Scratch& s, int x, int y) {
  const float here = s.strength.row(y)[x];
  for (int j = -2; j <= 2; j++)
    if (s.greatest.row(y + j)[x] > here) return false;
  for (int j = -2; j <= 0; j++)
    for (int i = -2; i <= (j == 0 ? -1 : 2); i++)
      if (s.strength.row(y + j)[x + i] == here) return false;
  return true;
}

void corners_of(const Pyramid& pyramid, int level, Scratch& s, Corner* out, int& count) {
  const TraceKernels& k = trace_kernels();
  const int width = pyramid.levels[level].width, height = pyramid.levels[level].height;
  for (int y = 0; y < height; y++)
    k.tensor_row(s.across.row(y), s.down.row(y), width, s.products.data(), s.xx.row(y), s.yy.row(y), s.xy.row(y));
  for (int y = 0; y < height; y++) {
    const float *xx[7], *yy[7], *xy[7];
    for (int j = 0; j < 7; j++) {
      const int at = inside(y + j - 3, height);
      xx[j] = s.xx.row(at);
      yy[j] = s.yy.row(at);
      xy[j] = s.xy.row(at);
    }
    k.strength_row(xx, yy, xy, width, s.strength.row(y));
    k.greatest_of_5(s.strength.row(y), width, s.greatest.row(y));
  }
  const float per_x = static_cast<float>(pyramid.width) / static_cast<float>(width);
  const float per_y = static_cast<float>(pyramid.height) / static_cast<float>(height);
  for (int y = kBorder; y < height - kBorder; y++) {
    const float *above = s.strength.row(y - 1), *row = s.strength.row(y), *below = s.strength.row(y + 1);
    for (int x = kBorder; x < width - kBorder; x++) {
      if (!(row[x] > kWeakest) || s.greatest.row(y)[x] > row[x] || !is_peak(s, x, y)) continue;
      const float at_x = (static_cast<float>(x) + 0.5f + peak(row[x - 1], row[x], row[x + 1])) * per_x;
      const float at_y = (static_cast<float>(y) + 0.5f + peak(above[x], row[x], below[x])) * per_y;
      out[count] = {at_x, at_y, row[x], level, count};
      count++;
    }
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

bool Pyramid::build(const Pixels& picture, int least, int most) {
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
    slopes_of(here, levels[l].width, levels[l].height, scratch);
    if (!maps_of(levels[l], scratch)) return false;
    corners_of(*this, l, scratch, corners.data(), corner_count);
  }
  return true;
}

}  // namespace haalweg
