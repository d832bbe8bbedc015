// Faces for Python: pixels in, boxes as tuples out.
#include <nanobind/nanobind.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <new>
#include <tuple>
#include <vector>

#include "haalweg/faces.hpp"
#include "python.hpp"

namespace nb = nanobind;
using namespace haalweg;

namespace {

constexpr int kMost = 256;  // a photo of a crowd

}  // namespace

void bind_faces(nb::module_& m) {
  m.def(
      "find_faces",
      [](const PixelArray& rgb) {
        const Pixels picture = pixels_of(rgb);
        if (picture.width == 0 || picture.height == 0) throw nb::value_error("a picture has at least one pixel");
        Box boxes[kMost];
        int found = 0;
        {
          nb::gil_scoped_release released;
          found = find_faces(picture, boxes, kMost);
        }
        if (found < 0) throw std::bad_alloc();
        std::vector<std::tuple<int, int, int, int>> answer;
        for (int i = 0; i < found; i++) answer.emplace_back(boxes[i].left, boxes[i].top, boxes[i].right, boxes[i].bottom);
        return answer;
      },
      nb::arg("rgb"), "Where there are faces: (left, top, right, bottom), hair line and chin included, those that most windows agree on first.");
}
