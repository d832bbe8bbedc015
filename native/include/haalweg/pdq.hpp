// PDQ, Meta's perceptual hash, from pixels: every bit as the reference gives it at full size, in about one pass over memory.
//
// Two ways to the same 64x64 samples. The fast one evaluates the reference's filter (a box blur twice along each axis) only
// where it is sampled, mostly in integers. The reference itself adds and subtracts in float, pixel after pixel, so its samples
// carry rounding noise of their own; where two coefficients lie so close to the median that this noise decides their bits
// (about one picture in a hundred), `pdq_hash` repeats the reference's additions in the reference's order instead.
#pragma once
#include "haalweg/pixels.hpp"

namespace haalweg {

constexpr int kPdqSmallestSide = 5;       // below this the reference gives no hash
constexpr int kPdqLongestSide = 1 << 18;  // above this the sums of one window no longer fit 32 bits

// In the order of signals.Orientation.
enum Orientation { identity, rotate90, rotate180, rotate270, flip_x, flip_y, transpose, antitranspose, orientation_count };

struct Pdq {
  uint8_t hash[orientation_count][32];  // bit 255 first, as the field writes it in hexadecimal
  int quality;                          // 0..100
};

enum class PdqWay { fast_then_exact, fast_only, exact_only };

// Fills the identity, or all eight orientations. False where there is no memory for the scratch rows. Sides: kPdqSmallestSide
// up to kPdqLongestSide.
// fast_only and exact_only are for tests and benchmarks.
bool pdq_hash(const Pixels& picture, bool all_orientations, Pdq& out, PdqWay way = PdqWay::fast_then_exact);

}  // namespace haalweg
