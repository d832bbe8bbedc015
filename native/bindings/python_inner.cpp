// Inner pictures for Python: pixels in, boxes as tuples out.
#include <nanobind/nanobind.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <tuple>
#include <vector>

#include "haalweg/inner.hpp"
#include "haalweg/pdq.hpp"
#include "python.hpp"

namespace nb = nanobind;
using namespace haalweg;

void bind_inner(nb::module_& m) {
  m.attr("INNER_MOST") = kInnerMost;
  m.def(
      "inner_pictures",
      [](const PixelArray& rgb) {
        const Pixels picture = pixels_of(rgb);
        if (picture.width > kPdqLongestSide || picture.height > kPdqLongestSide) throw nb::value_error("a side is too long");
        Box boxes[kInnerMost];
        int found = 0;
        {
          nb::gil_scoped_release released;
          found = inner_pictures(picture, boxes);
        }
        std::vector<std::tuple<int, int, int, int>> answer;
        for (int i = 0; i < found; i++) answer.emplace_back(boxes[i].left, boxes[i].top, boxes[i].right, boxes[i].bottom);
        return answer;
      },
      nb::arg("rgb"), "The framed pictures: (left, top, right, bottom), the largest first.");
}
