// Traces for Python: pixels in, the trace's bytes out; and the index that finds them again.
#include <nanobind/nanobind.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <new>
#include <tuple>
#include <vector>

#include "haalweg/buffer.hpp"
#include "haalweg/trace.hpp"
#include "haalweg/trace_index.hpp"
#include "haalweg/pdq.hpp"
#include "python.hpp"

namespace nb = nanobind;
using namespace haalweg;

namespace {

using BoxTuple = std::tuple<int, int, int, int>;

Pixels checked(const PixelArray& rgb) {
  const Pixels picture = pixels_of(rgb);
  if (picture.width < kPdqSmallestSide || picture.height < kPdqSmallestSide) throw nb::value_error("a side is too short");
  if (picture.width > kPdqLongestSide || picture.height > kPdqLongestSide) throw nb::value_error("a side is too long");
  return picture;
}

BoxTuple tuple_of(const Box& box) { return {box.left, box.top, box.right, box.bottom}; }

// The bytes, or None where the picture holds too little; the photo's box; the faces'.
nb::tuple trace_pixels(const PixelArray& rgb, bool fake, bool leave_faces_out, const std::vector<BoxTuple>& leave_out) {
  const Pixels picture = checked(rgb);
  std::vector<Box> boxes;
  for (const auto& [left, top, right, bottom] : leave_out) boxes.push_back({left, top, right, bottom});
  uint8_t bytes[kTraceMostBytes];
  int size = 0;
  TraceMade made;
  {
    nb::gil_scoped_release released;
    Trace trace;
    const TraceAsked asked = {fake ? TraceKind::fake : TraceKind::source, leave_faces_out, boxes.data(), static_cast<int>(boxes.size())};
    const Traced traced = trace_picture(picture, asked, trace, made);
    if (traced == Traced::no_memory) throw std::bad_alloc();
    if (traced == Traced::done) size = write_trace(trace, bytes);
  }
  std::vector<BoxTuple> faces;
  for (int i = 0; i < made.face_count; i++) faces.push_back(tuple_of(made.faces[i]));
  nb::object stored = nb::none();
  if (size > 0) stored = nb::bytes(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  return nb::make_tuple(stored, tuple_of(made.photo), faces);
}

auto reduced(const PixelArray& rgb, int most) {
  const Pixels picture = checked(rgb);
  if (most < 1) throw nb::value_error("at least one pixel a side");
  auto owner = std::make_unique<Buffer<uint8_t>>();
  int width = 0, height = 0;
  bool done = false;
  {
    nb::gil_scoped_release released;
    done = reduced_grey(picture, most, *owner, width, height);
  }
  if (!done) throw std::bad_alloc();
  uint8_t* data = owner->data();
  nb::capsule capsule(owner.release(), [](void* p) noexcept { delete static_cast<Buffer<uint8_t>*>(p); });
  return nb::ndarray<nb::numpy, uint8_t, nb::ndim<3>>(data, {static_cast<size_t>(height), static_cast<size_t>(width), 1}, capsule);
}

Trace parsed(const nb::bytes& bytes) {
  Trace trace;
  if (!read_trace(reinterpret_cast<const uint8_t*>(bytes.c_str()), bytes.size(), trace)) throw nb::value_error("not a trace of this version");
  return trace;
}

nb::tuple search(const TraceIndex& index, const PixelArray& rgb, float least) {
  const Pixels picture = checked(rgb);
  Searched searched;
  {
    nb::gil_scoped_release released;
    searched = index.search(picture, least);
  }
  nb::list found;
  for (const Recognised& r : searched.found) {
    const Transform& t = r.transform;
    found.append(nb::make_tuple(r.id, r.kind == TraceKind::fake, r.derived, r.mirrored, r.score, r.points, r.width, r.height, r.agreeing, r.altered,
                                r.altered_share, nb::make_tuple(t.scale_x, t.scale_y, t.shift_x, t.shift_y)));
  }
  return nb::make_tuple(searched.width, searched.height, found);
}

}  // namespace

void bind_trace(nb::module_& m) {
  m.attr("TRACE_MOST_BYTES") = kTraceMostBytes;
  m.attr("TRACE_HEAD_BYTES") = kTraceHeadBytes;
  m.attr("TRACE_POINT_BYTES") = kTracePointBytes;
  m.attr("TRACE_QUERY_SIDE") = kQueryLong;
  m.def("trace_pixels", &trace_pixels, nb::arg("rgb"), nb::arg("fake"), nb::arg("leave_faces_out"), nb::arg("leave_out"),
        "The bytes of a photo's trace, None where it holds too little; the box of the photo; the boxes of the faces left out.");
  m.def("reduced_grey", &reduced, nb::arg("rgb"), nb::arg("most"), "Brightness, uint8 (height, width, 1), the longer side at most so long.");
  m.def(
      "trace_check", [](const nb::bytes& bytes) { parsed(bytes); }, nb::arg("trace"), "Raises ValueError for what is not a trace.");
  nb::class_<TraceIndex>(m, "TraceIndex")
      .def(nb::init<>())
      .def(
          "add",
          [](TraceIndex& index, const nb::bytes& bytes, uint64_t id) {
            const Trace trace = parsed(bytes);
            nb::gil_scoped_release released;
            index.add(trace, id);
          },
          nb::arg("trace"), nb::arg("id"))
      .def("remove", &TraceIndex::remove, nb::arg("id"), nb::call_guard<nb::gil_scoped_release>())
      .def("search", &search, nb::arg("rgb"), nb::arg("least"),
           "Width and height of the picture as searched, and rows: id, of a fake, derived, mirrored, score, points, width and height of the "
           "trace, cells that agree, cells that are altered, share altered, (scale x, scale y, shift x, shift y).")
      .def_prop_ro("size", &TraceIndex::size)
      .def_prop_ro("nbytes", &TraceIndex::bytes);
}
