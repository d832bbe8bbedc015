// PDQ for Python: pixels in, hashes as bytes out.
#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <new>

#include "haalweg/pdq.hpp"
#include "pdq_internal.hpp"
#include "python.hpp"

namespace nb = nanobind;
using namespace haalweg;

namespace {

Pdq hash_of(const PixelArray& rgb, bool all_orientations, PdqWay way) {
  const Pixels picture = pixels_of(rgb);
  if (picture.width < kPdqSmallestSide || picture.height < kPdqSmallestSide) throw nb::value_error("a side is too short");
  if (picture.width > kPdqLongestSide || picture.height > kPdqLongestSide) throw nb::value_error("a side is too long");
  Pdq out;
  nb::gil_scoped_release released;
  if (!pdq_hash(picture, all_orientations, out, way)) throw std::bad_alloc();
  return out;
}

nb::bytes bytes_of(const uint8_t (&hash)[32]) { return nb::bytes(reinterpret_cast<const char*>(hash), sizeof hash); }

template <class Sampler>
void run(const Pixels& picture, float* samples, float* coefficients) {
  Sampler sampler;
  if (!sampler.begin(picture.width, picture.height, picture.channels)) throw std::bad_alloc();
  sampler.push(picture.data, picture.stride, picture.height);
  Coefficients made;
  kernels().dct(sampler.samples(), made);
  std::copy_n(&sampler.samples().at[0][0], kSide * kSide, samples);
  std::copy_n(&made.at[0][0], kDct * kDct, coefficients);
}

}  // namespace

void bind_pdq(nb::module_& m) {
  nb::enum_<PdqWay>(m, "PdqWay")
      .value("fast_then_exact", PdqWay::fast_then_exact)
      .value("fast_only", PdqWay::fast_only)
      .value("exact_only", PdqWay::exact_only);
  m.attr("PDQ_SMALLEST_SIDE") = kPdqSmallestSide;
  m.attr("PDQ_LONGEST_SIDE") = kPdqLongestSide;
  m.def(
      "pdq_hash",
      [](const PixelArray& rgb, PdqWay way) {
        const Pdq pdq = hash_of(rgb, false, way);
        return std::make_pair(bytes_of(pdq.hash[identity]), pdq.quality);
      },
      nb::arg("rgb"), nb::arg("way") = PdqWay::fast_then_exact, "The hash (32 bytes) and quality of a picture.");
  m.def(
      "pdq_orientations",
      [](const PixelArray& rgb, PdqWay way) {
        const Pdq pdq = hash_of(rgb, true, way);
        nb::list hashes;
        for (const auto& hash : pdq.hash) hashes.append(bytes_of(hash));
        return std::make_pair(nb::tuple(hashes), pdq.quality);
      },
      nb::arg("rgb"), nb::arg("way") = PdqWay::fast_then_exact, "The eight hashes, in the order of Orientation, and the quality.");
  m.def(
      "pdq_settled",
      [](const PixelArray& rgb, bool all_orientations) {
        const Pixels picture = pixels_of(rgb);
        FastSampler sampler;
        if (!sampler.begin(picture.width, picture.height, picture.channels)) throw std::bad_alloc();
        sampler.push(picture.data, picture.stride, picture.height);
        Pdq out;
        return finish(sampler.samples(), noise_of(picture.width, picture.height), all_orientations, out);
      },
      nb::arg("rgb"), nb::arg("all_orientations"), "Whether the fast way alone settles every bit: for measuring how often.");
  m.def(
      "pdq_noise",
      [](int width, int height) {
        const Noise noise = noise_of(width, height);
        return std::make_pair(std::vector<float>(noise.coefficients, noise.coefficients + kDct), noise.gradients);
      },
      nb::arg("width"), nb::arg("height"), "What `pdq_settled` allows: per smaller frequency, and for the gradients.");
  m.def(
      "pdq_parts",
      [](const PixelArray& rgb, bool exact, nb::ndarray<float, nb::shape<64, 64>, nb::c_contig, nb::device::cpu> samples,
         nb::ndarray<float, nb::shape<16, 16>, nb::c_contig, nb::device::cpu> coefficients) {
        const Pixels picture = pixels_of(rgb);
        if (exact) {
          run<ExactSampler>(picture, samples.data(), coefficients.data());
        } else {
          run<FastSampler>(picture, samples.data(), coefficients.data());
        }
      },
      nb::arg("rgb"), nb::arg("exact"), nb::arg("samples"), nb::arg("coefficients"),
      "Fills the samples (64, 64) and coefficients (16, 16) of one sampler: for measuring how far the two lie apart.");
}
