#include "trace_align.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace haalweg {

namespace {

constexpr int kMatches = 160, kBestPlaces = 3, kPairs = 400;
constexpr float kLong = kTraceLong;
constexpr int kNowhere = 255;      // as a distance: outside the picture
constexpr int kMarginShift = 9;    // a standard deviation of 2^15 becomes 64

struct Match {
  int point, asked, distance;
};

std::vector<Match> nearest_matches(const Trace& trace, const View& view, const uint8_t* distances) {
  std::vector<Match> all;
  for (int i = 0; i < trace.count; i++) {
    const uint8_t* row = distances + static_cast<ptrdiff_t>(i) * view.count();
    Match best[kBestPlaces];
    int kept = 0;
    for (int q = 0; q < view.count(); q++) {
      if (row[q] > kNear) continue;
      if (kept == kBestPlaces && row[q] >= best[kept - 1].distance) continue;
      int at = kept < kBestPlaces ? kept++ : kept - 1;
      for (; at > 0 && best[at - 1].distance > row[q]; at--) best[at] = best[at - 1];
      best[at] = {i, q, row[q]};
    }
    all.insert(all.end(), best, best + kept);
  }
  std::stable_sort(all.begin(), all.end(), [](const Match& a, const Match& b) { return a.distance < b.distance; });
  if (all.size() > kMatches) all.resize(kMatches);
  return all;
}

}  // namespace

int cell_of(const Trace& trace, const TracePoint& point) {
  const int x = std::min(kGrid - 1, point.x * kGrid / (2 * trace.width)), y = std::min(kGrid - 1, point.y * kGrid / (2 * trace.height));
  return y * kGrid + x;
}

std::unique_ptr<Query> make_query(const Pixels& picture) {
  auto query = std::make_unique<Query>();
  if (!query->pyramid.build(picture, kTraceLong, kQueryLong, false)) return nullptr;
  const Pyramid& pyramid = query->pyramid;
  std::vector<int> chosen(kQueryPoints);
  const int count = pyramid.count == 0 ? 0 : choose_corners(pyramid, nullptr, kQueryPoints, chosen.data());
  std::vector<int16_t> descriptors(static_cast<size_t>(count) * kDescriptor);
  std::vector<int32_t> projections(static_cast<size_t>(count) * kCodeBits);
  for (int mirrored = 0; mirrored < 2; mirrored++) {
    View& view = query->views[mirrored];
    view.pyramid = &pyramid;
    view.mirrored = mirrored == 1;
    for (int i = 0; i < count; i++) {
      const Corner& corner = pyramid.corners[static_cast<size_t>(chosen[static_cast<size_t>(i)])];
      view.x.push_back(view.mirrored ? view.width() - corner.x : corner.x);
      view.y.push_back(corner.y);
      view.level.push_back(static_cast<uint8_t>(corner.level));
      describe(pyramid, view.x.back(), corner.y, kLevelSize[corner.level], view.mirrored, descriptors.data() + static_cast<ptrdiff_t>(i) * kDescriptor);
    }
    trace_kernels().project(descriptors.data(), count, projections.data());
    for (int i = 0; i < count; i++) {
      const int32_t* p = projections.data() + static_cast<ptrdiff_t>(i) * kCodeBits;
      view.codes.push_back(code_of(p));
      for (int b = 0; b < kIndexBits; b++) view.margins.push_back(static_cast<uint8_t>(std::min(255, std::abs(p[b]) >> kMarginShift)));
    }
  }
  return query;
}

void codes_at(const View& view, const float* x, const float* y, const float* size, int count, Code* out) {
  constexpr int kTogether = 32;
  alignas(32) int16_t descriptors[kTogether * kDescriptor];
  alignas(32) int32_t projections[kTogether * kCodeBits];
  for (int done = 0; done < count; done += kTogether) {
    const int now = std::min(kTogether, count - done);
    for (int i = 0; i < now; i++)
      describe(*view.pyramid, x[done + i], y[done + i], size[done + i], view.mirrored, descriptors + i * kDescriptor);
    trace_kernels().project(descriptors, now, projections);
    for (int i = 0; i < now; i++) out[done + i] = code_of(projections + i * kCodeBits);
  }
}

namespace {

// distances[point of the trace][point of the view]
void all_distances(const Trace& trace, const View& view, uint8_t* distances) {
  Code codes[kTracePoints];
  for (int i = 0; i < trace.count; i++) codes[i] = trace.points[i].code;
  trace_kernels().distances(codes, trace.count, view.codes.data(), view.count(), distances);
}

// A code of the trace and a place of the picture that is near to it.
struct Tie {
  float ax, ay, bx, by;  // in the photo, in the picture
  float octaves;         // how much larger the place is in the picture
  float weight;
  int place;  // of the photo, ten pixels wide
};

// How the picture lies if two ties are right.
struct Guess {
  int cost;
  float scale, shift_x, shift_y, log_scale;

  bool fits(const Tie& tie) const {
    const float room = 0.025f * kLong * std::max(0.5f, scale);
    return std::fabs(scale * tie.ax + shift_x - tie.bx) < room && std::fabs(scale * tie.ay + shift_y - tie.by) < room &&
           std::fabs(tie.octaves - log_scale) < 0.6f;
  }

  bool resembles(const Guess& other, float cx, float cy) const {
    return std::fabs(log_scale - other.log_scale) < 0.2f &&
           std::fabs(scale * cx + shift_x - other.scale * cx - other.shift_x) < 0.06f * kLong &&
           std::fabs(scale * cy + shift_y - other.scale * cy - other.shift_y) < 0.06f * kLong;
  }
};

std::vector<Tie> ties_of(const Trace& trace, const View& view, const std::vector<Match>& matches) {
  std::vector<Tie> ties;
  for (const Match& match : matches) {
    const TracePoint& point = trace.points[match.point];
    const auto q = static_cast<size_t>(match.asked);
    const float x = static_cast<float>(point.x) * 0.5f, y = static_cast<float>(point.y) * 0.5f;
    ties.push_back({x, y, view.x[q], view.y[q], 0.5f * (static_cast<float>(view.level[q]) - static_cast<float>(point.level)),
                    std::max(0.2f, static_cast<float>(kNear + 6 - match.distance) / static_cast<float>(kNear)),
                    static_cast<int>(std::lround(x / 10)) * 1000 + static_cast<int>(std::lround(y / 10))});
  }
  // Places are numbered from zero on.
  std::vector<int> places;
  for (const Tie& tie : ties) places.push_back(tie.place);
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  for (Tie& tie : ties) tie.place = static_cast<int>(std::lower_bound(places.begin(), places.end(), tie.place) - places.begin());
  return ties;
}

// What pairs of ties say that are neither too close together nor turned; the surest first.
std::vector<Guess> guesses_of(const std::vector<Match>& matches, const std::vector<Tie>& ties) {
  std::vector<Guess> guesses;
  for (size_t i = 0; i < ties.size(); i++)
    for (size_t j = i + 1; j < ties.size(); j++) {
      const Tie &a = ties[i], &b = ties[j];
      const float ux = a.ax - b.ax, uy = a.ay - b.ay, vx = a.bx - b.bx, vy = a.by - b.by;
      const float u2 = ux * ux + uy * uy, v2 = vx * vx + vy * vy;
      if (u2 <= 625 || v2 <= 64) continue;
      const float along = ux * vx + uy * vy;
      if (along <= 0 || along * along <= 0.9952f * u2 * v2) continue;  // turned by more than four degrees
      const float ratio = 0.5f * std::log2(v2 / u2);
      if (std::fabs(ratio - a.octaves) >= 0.5f || std::fabs(ratio - b.octaves) >= 0.5f) continue;
      const float scale = std::exp2(ratio);
      guesses.push_back({matches[i].distance + matches[j].distance, scale, (a.bx + b.bx) / 2 - scale * (a.ax + b.ax) / 2,
                         (a.by + b.by) / 2 - scale * (a.ay + b.ay) / 2, ratio});
    }
  std::stable_sort(guesses.begin(), guesses.end(), [](const Guess& a, const Guess& b) { return a.cost < b.cost; });
  if (guesses.size() > kPairs) guesses.resize(kPairs);
  return guesses;
}

// One vote for each place of the photo, however many ties lie there.
float support_of(const Guess& guess, const std::vector<Tie>& ties, std::vector<float>& votes, int& places) {
  std::fill(votes.begin(), votes.end(), 0.f);
  for (const Tie& tie : ties)
    if (guess.fits(tie)) votes[static_cast<size_t>(tie.place)] = std::max(votes[static_cast<size_t>(tie.place)], tie.weight);
  float support = 0;
  places = 0;
  for (const float vote : votes) {
    support += vote;
    places += vote > 0;
  }
  return support;
}

// Scale and shift of all the ties that a guess fits, by least squares.
Transform fitted(const Guess& guess, const std::vector<Tie>& ties) {
  double w = 0, mx = 0, my = 0, nx = 0, ny = 0;
  for (const Tie& t : ties)
    if (guess.fits(t)) w += t.weight, mx += t.weight * t.ax, my += t.weight * t.ay, nx += t.weight * t.bx, ny += t.weight * t.by;
  mx /= w, my /= w, nx /= w, ny /= w;
  double along = 0, spread = 0;
  for (const Tie& t : ties)
    if (guess.fits(t)) {
      spread += t.weight * ((t.ax - mx) * (t.ax - mx) + (t.ay - my) * (t.ay - my));
      along += t.weight * ((t.ax - mx) * (t.bx - nx) + (t.ay - my) * (t.by - ny));
    }
  double scale = spread > 1 ? along / spread : guess.scale;
  if (!(scale > 0.12 && scale < 5)) scale = guess.scale;
  const auto s = static_cast<float>(scale);
  return {s, s, static_cast<float>(nx - scale * mx), static_cast<float>(ny - scale * my)};
}

// Up to kProposals transforms that several codes agree on, the best first.
std::vector<Transform> propose(const Trace& trace, const View& view, const uint8_t* distances) {
  const std::vector<Match> matches = nearest_matches(trace, view, distances);
  const std::vector<Tie> ties = ties_of(trace, view, matches);
  const std::vector<Guess> guesses = guesses_of(matches, ties);
  std::vector<float> support(guesses.size()), votes(ties.size());
  std::vector<int> places(guesses.size());
  for (size_t g = 0; g < guesses.size(); g++) support[g] = support_of(guesses[g], ties, votes, places[g]);
  std::vector<size_t> order(guesses.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return support[a] > support[b]; });
  std::vector<bool> used(guesses.size());
  std::vector<Transform> out;
  float first = 0;
  const float cx = static_cast<float>(trace.width) / 2, cy = static_cast<float>(trace.height) / 2;
  for (const size_t g : order) {
    if (used[g]) continue;
    if (places[g] >= 3 && (out.empty() || support[g] >= 0.6f * first)) {
      if (out.empty()) first = support[g];
      out.push_back(fitted(guesses[g], ties));
      if (out.size() == kProposals) break;
    }
    for (size_t k = 0; k < guesses.size(); k++)
      if (guesses[k].resembles(guesses[g], cx, cy)) used[k] = true;
  }
  return out;
}

struct Predicted {
  float x[kTracePoints], y[kTracePoints], size[kTracePoints];
};

// The distances of some points at 3x3 places, `step` windows apart, row by row from the upper left.
class Sweep {
 public:
  void over(const Trace& trace, const View& view, const std::vector<int>& points, const Predicted& at, float step) {
    const size_t n = points.size() * 9;
    x_.resize(n), y_.resize(n), size_.resize(n), codes_.resize(n), distances.resize(n);
    for (size_t k = 0; k < points.size(); k++) {
      const int i = points[k];
      for (int p = 0; p < 9; p++) {
        x_[9 * k + static_cast<size_t>(p)] = at.x[i] + static_cast<float>(p % 3 - 1) * step * at.size[i];
        y_[9 * k + static_cast<size_t>(p)] = at.y[i] + static_cast<float>(p / 3 - 1) * step * at.size[i];
        size_[9 * k + static_cast<size_t>(p)] = at.size[i];
      }
    }
    codes_at(view, x_.data(), y_.data(), size_.data(), static_cast<int>(n), codes_.data());
    for (size_t k = 0; k < points.size(); k++) {
      uint8_t nine[9];
      trace_kernels().distances(&trace.points[points[k]].code, 1, codes_.data() + 9 * k, 9, nine);
      std::copy(nine, nine + 9, distances.begin() + static_cast<ptrdiff_t>(9 * k));
    }
  }

  float x(size_t k) const { return x_[k]; }
  float y(size_t k) const { return y_[k]; }
  std::vector<int> distances;

 private:
  std::vector<float> x_, y_, size_;
  std::vector<Code> codes_;
};

void predict(const Trace& trace, const View& view, const Transform& t, Predicted& at, bool* inside) {
  const float scale = std::sqrt(t.scale_x * t.scale_y);
  for (int i = 0; i < trace.count; i++) {
    const TracePoint& point = trace.points[i];
    at.x[i] = t.scale_x * static_cast<float>(point.x) * 0.5f + t.shift_x;
    at.y[i] = t.scale_y * static_cast<float>(point.y) * 0.5f + t.shift_y;
    at.size[i] = scale * kLevelSize[point.level];
    inside[i] = at.x[i] > 2 && at.y[i] > 2 && at.x[i] < view.width() - 2 && at.y[i] < view.height() - 2 && at.size[i] > 0.55f;
  }
}

// How many points of the picture, further than ten windows away, are as near to a code as d.
int as_near(const View& view, const uint8_t* row, int d, float x, float y, float room, int& others) {
  int count = 0;
  others = 0;
  for (int q = 0; q < view.count(); q++) {
    const auto k = static_cast<size_t>(q);
    const bool far = !(std::fabs(view.x[k] - x) < room && std::fabs(view.y[k] - y) < room);
    others += far;
    count += far && row[q] <= d;
  }
  return count;
}

std::vector<int> coarse_points(const Trace& trace) {
  std::vector<int> coarse, some;
  for (int i = 0; i < trace.count; i++)
    if (trace.points[i].level >= 1) coarse.push_back(i);
  const size_t most = 220;
  if (coarse.size() <= most) return coarse;
  for (size_t k = 0; k < most; k++) some.push_back(coarse[k * (coarse.size() - 1) / (most - 1)]);
  return some;
}

// Scale and shift from the best of 3x3 places of each point that fits; false where too few do.
bool refine(const Trace& trace, const std::vector<int>& points, const Sweep& sweep, const Predicted& at, bool apart, Transform& t) {
  double w = 0, mx = 0, my = 0, nx = 0, ny = 0;
  int fitting = 0;
  struct Fit {
    double w, ax, ay, bx, by;
  };
  std::vector<Fit> fits;
  for (size_t k = 0; k < points.size(); k++) {
    size_t best = 9 * k;
    for (size_t p = 9 * k; p < 9 * k + 9; p++)
      if (sweep.distances[p] < sweep.distances[best]) best = p;
    const int d = sweep.distances[best];
    if (d >= kNear + 4) continue;
    fitting++;
    const TracePoint& point = trace.points[points[k]];
    const double weight = static_cast<double>(kNear + 5 - d) / at.size[points[k]];
    fits.push_back({weight, point.x * 0.5, point.y * 0.5, sweep.x(best), sweep.y(best)});
    w += weight, mx += weight * fits.back().ax, my += weight * fits.back().ay, nx += weight * fits.back().bx, ny += weight * fits.back().by;
  }
  if (fitting < 4) return false;
  mx /= w, my /= w, nx /= w, ny /= w;
  const double prior = w * 900;
  double along_x = prior * t.scale_x, along_y = prior * t.scale_y, spread_x = prior, spread_y = prior;
  for (const Fit& f : fits) {
    along_x += f.w * (f.ax - mx) * (f.bx - nx);
    along_y += f.w * (f.ay - my) * (f.by - ny);
    spread_x += f.w * (f.ax - mx) * (f.ax - mx);
    spread_y += f.w * (f.ay - my) * (f.ay - my);
  }
  double kx = along_x / spread_x, ky = along_y / spread_y;
  if (!apart) kx = ky = (along_x + along_y) / (spread_x + spread_y);
  if (!(kx > 0.05 && ky > 0.05)) return false;
  const double k = std::sqrt(kx * ky);
  kx = std::clamp(kx, k * 0.96, k * 1.04);
  ky = std::clamp(ky, k * 0.96, k * 1.04);
  t = {static_cast<float>(kx), static_cast<float>(ky), static_cast<float>(nx - kx * mx), static_cast<float>(ny - ky * my)};
  return true;
}

struct Offset {
  double x, y, weight, dx, dy;
};

// The displacement over the photo: (across, down) = ((x - mx) / 256, (y - my) / 256, 1) * fit.
struct Affine {
  double mx, my, fit[3][2];

  void at(const Offset& o, double& dx, double& dy) const {
    const double z[3] = {(o.x - mx) / 256, (o.y - my) / 256, 1};
    dx = z[0] * fit[0][0] + z[1] * fit[1][0] + z[2] * fit[2][0];
    dy = z[0] * fit[0][1] + z[1] * fit[1][1] + z[2] * fit[2][1];
  }
};

// Least squares, each time with less weight for what the last fit left far off.
Affine fit_affine(const std::vector<Offset>& offsets) {
  Affine fit = {};
  double w = 0;
  for (const Offset& o : offsets) w += o.weight, fit.mx += o.weight * o.x, fit.my += o.weight * o.y;
  fit.mx /= w, fit.my /= w;
  for (int round = 0; round < 5; round++) {
    double a[3][3] = {{0.5, 0, 0}, {0, 0.5, 0}, {0, 0, 0.01}}, b[3][2] = {};
    for (const Offset& o : offsets) {
      const double z[3] = {(o.x - fit.mx) / 256, (o.y - fit.my) / 256, 1};
      double v = o.weight;
      if (round > 0) {
        double dx = 0, dy = 0;
        fit.at(o, dx, dy);
        v /= 1 + (o.dx - dx) * (o.dx - dx) + (o.dy - dy) * (o.dy - dy);
      }
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) a[i][j] += v * z[i] * z[j];
        b[i][0] += v * z[i] * o.dx;
        b[i][1] += v * z[i] * o.dy;
      }
    }
    for (int i = 0; i < 3; i++)  // the matrix is positive: no pivots
      for (int r = 0; r < 3; r++) {
        if (r == i) continue;
        const double f = a[r][i] / a[i][i];
        for (int j = 0; j < 3; j++) a[r][j] -= f * a[i][j];
        b[r][0] -= f * b[i][0];
        b[r][1] -= f * b[i][1];
      }
    for (int i = 0; i < 3; i++)
      for (int k = 0; k < 2; k++) fit.fit[i][k] = b[i][k] / a[i][i];
  }
  return fit;
}

Rigidity rigidity(const Trace& trace, const View& view, const Predicted& at, float scale, Sweep& sweep, const Alignment& found) {
  constexpr float kStep = 1.3f;
  Rigidity out;
  std::vector<int> points;
  for (int i = 0; i < trace.count; i++)
    if (found.inside[i] && found.evidence[i] > 3.5f && found.distance[i] < kNear && trace.points[i].level <= 3) points.push_back(i);
  if (points.size() < 8) return out;
  sweep.over(trace, view, points, at, kStep);
  std::vector<Offset> offsets;
  double contrast = 0;
  for (size_t k = 0; k < points.size(); k++) {
    double across[3] = {}, down[3] = {}, all = 0;
    const int* d = sweep.distances.data() + 9 * k;
    for (int p = 0; p < 9; p++) {
      across[p % 3] += d[p];
      down[p / 3] += d[p];
      all += d[p];
    }
    contrast += (all - d[4]) / 8 - d[4];
    const auto valley = [](const double* v) { return std::clamp(0.5 * (v[0] - v[2]) / std::max(3.0, v[0] + v[2] - 2 * v[1]), -1.0, 1.0); };
    const TracePoint& point = trace.points[points[k]];
    const double size = at.size[points[k]], step = kStep * size / scale;
    offsets.push_back({point.x * 0.5, point.y * 0.5, 1 / size, valley(across) * step, valley(down) * step});
  }
  const Affine fit = fit_affine(offsets);
  std::vector<double> left;
  for (const Offset& o : offsets) {
    double dx = 0, dy = 0;
    fit.at(o, dx, dy);
    left.push_back((o.dx - dx) * (o.dx - dx) + (o.dy - dy) * (o.dy - dy));
  }
  std::nth_element(left.begin(), left.begin() + static_cast<ptrdiff_t>(left.size() / 2), left.end());
  out.points = static_cast<int>(points.size());
  out.turn = static_cast<float>((fit.fit[0][1] - fit.fit[1][0]) / 2);
  out.shear = static_cast<float>((fit.fit[0][1] + fit.fit[1][0]) / 2);
  out.stretch = static_cast<float>((fit.fit[0][0] - fit.fit[1][1]) / 2);
  out.residual = static_cast<float>(std::sqrt(left[left.size() / 2]) * trace.true_side / kTraceLong);
  out.contrast = static_cast<float>(contrast / static_cast<double>(points.size()));
  return out;
}

// False where the picture does not lie so.
bool align(const Trace& trace, const View& view, const uint8_t* distances, const Transform& start, Alignment& out) {
  constexpr float kSteps[3] = {2.4f, 1.4f, 0.8f};
  Predicted at;
  Sweep sweep;
  out.transform = start;
  out.view_width = view.width();
  out.view_height = view.height();
  const std::vector<int> coarse = coarse_points(trace);
  std::vector<int> points;
  for (int round = 0; round < 3; round++) {
    predict(trace, view, out.transform, at, out.inside);
    points.clear();
    if (round < 2) {
      for (const int i : coarse)
        if (out.inside[i]) points.push_back(i);
    } else {
      for (int i = 0; i < trace.count; i++)
        if (out.inside[i]) points.push_back(i);
    }
    if (points.size() < 6) return false;
    sweep.over(trace, view, points, at, kSteps[round]);
    if (round == 0) {
      int good = 0;
      for (size_t k = 0; k < points.size(); k++) {
        const int d = *std::min_element(sweep.distances.begin() + static_cast<ptrdiff_t>(9 * k), sweep.distances.begin() + static_cast<ptrdiff_t>(9 * k + 9));
        if (d > kGood) continue;
        const uint8_t* row = distances + static_cast<ptrdiff_t>(points[k]) * view.count();
        const auto nearer = std::count_if(row, row + view.count(), [&](uint8_t v) { return v <= d; });
        good += static_cast<float>(nearer) < 0.004f * static_cast<float>(view.count());
      }
      if (good < 4) return false;
    }
    if (!refine(trace, points, sweep, at, round == 2, out.transform)) return false;
  }
  predict(trace, view, out.transform, at, out.inside);
  Code codes[kTracePoints];
  codes_at(view, at.x, at.y, at.size, trace.count, codes);
  for (int i = 0; i < trace.count; i++) {
    out.distance[i] = kNowhere;
    out.evidence[i] = 0;
    if (!out.inside[i]) continue;
    const int d = distance_of(codes[i], trace.points[i].code);
    int others = 0;
    const int count = as_near(view, distances + static_cast<ptrdiff_t>(i) * view.count(), d, at.x[i], at.y[i], 10 * at.size[i], others);
    out.distance[i] = static_cast<uint8_t>(d);
    out.evidence[i] = -std::log(static_cast<float>(1 + count) / static_cast<float>(1 + others));
  }
  out.rigidity = rigidity(trace, view, at, std::sqrt(out.transform.scale_x * out.transform.scale_y), sweep, out);
  return true;
}

}  // namespace

std::vector<Alignment> alignments(const Trace& trace, const View& view) {
  std::vector<uint8_t> distances(static_cast<size_t>(trace.count) * static_cast<size_t>(view.count()));
  all_distances(trace, view, distances.data());
  std::vector<Alignment> out;
  for (const Transform& start : propose(trace, view, distances.data())) {
    Alignment alignment;
    if (align(trace, view, distances.data(), start, alignment)) out.push_back(alignment);
  }
  return out;
}

}  // namespace haalweg
