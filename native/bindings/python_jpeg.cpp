// PDQ from the bytes of a JPEG, for Python.
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>

#include <optional>
#include <utility>

#include "haalweg/jpeg.hpp"
#include "python.hpp"

namespace nb = nanobind;
using namespace haalweg;

namespace {

using Hashes = std::optional<std::pair<nb::tuple, int>>;

Hashes hashes_of(const Pdq& pdq, bool all_orientations) {
  nb::list hashes;
  for (int i = 0; i < (all_orientations ? orientation_count : 1); i++)
    hashes.append(nb::bytes(reinterpret_cast<const char*>(pdq.hash[i]), sizeof pdq.hash[i]));
  return std::make_pair(nb::tuple(hashes), pdq.quality);
}

}  // namespace

void bind_jpeg(nb::module_& m) {
  m.attr("JPEG_NEAR_SMALLEST_SIDE") = kJpegNearSmallestSide;
  m.def(
      "jpeg_hash_near",
      [](const nb::bytes& data, bool all_orientations) -> Hashes {
        Pdq pdq;
        bool read = false;
        {
          nb::gil_scoped_release released;
          read = jpeg_hash_near(reinterpret_cast<const uint8_t*>(data.c_str()), data.size(), all_orientations, pdq);
        }
        return read ? hashes_of(pdq, all_orientations) : Hashes();
      },
      nb::arg("data"), nb::arg("all_orientations"),
      "Near hashes from the low frequencies of a baseline JPEG, as stored (EXIF is not read); None: decode it instead.");
}
