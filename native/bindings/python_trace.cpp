// Traces for Python: pixels in, the trace's bytes out; and the index that finds them again.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <memory>
#include <new>
#include <tuple>
#include <vector>

#include "haalweg/buffer.hpp"
#include "haalweg/trace.hpp"
#include "haalweg/trace_index.hpp"
#include "haalweg/pdq.hpp"
#include "python.hpp"
#include "trace_align.hpp"
#include "trace_changes.hpp"
#include "trace_code.hpp"
#include "trace_drawn.hpp"
#include "trace_evidence.hpp"

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

template <class T>
nb::bytes bytes_of(const T* values, size_t count) {
  return nb::bytes(reinterpret_cast<const char*>(values), count * sizeof(T));
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
    bool agrees[kTracePoints];
    for (size_t i = 0; i < kTracePoints; i++) agrees[i] = r.agrees[i];
    found.append(nb::make_tuple(r.id, r.kind == TraceKind::fake, r.derived, r.mirrored, r.score, r.points, r.width, r.height, r.agreeing, r.altered,
                                r.altered_share, nb::make_tuple(t.scale_x, t.scale_y, t.shift_x, t.shift_y), bytes_of(agrees, kTracePoints)));
  }
  return nb::make_tuple(searched.width, searched.height, found);
}

// What follows hands out what a trace and a comparison are made of: for fitting the tables, and for nothing else.

using AskedPlaces = nb::ndarray<const float, nb::shape<-1, 3>, nb::c_contig, nb::device::cpu>;
using TransformTuple = std::tuple<float, float, float, float>;

void build(Pyramid& pyramid, const Pixels& picture, bool as_query) {
  if (!pyramid.build(picture, kTraceLong, as_query ? kQueryLong : kTraceLong, true)) throw std::bad_alloc();
}

nb::tuple trace_corners(const PixelArray& rgb, int most, bool as_query) {
  const Pixels picture = checked(rgb);
  Pyramid pyramid;
  build(pyramid, picture, as_query);
  std::vector<int> chosen(static_cast<size_t>(std::max(0, most)));
  const int count = pyramid.count == 0 ? 0 : choose_corners(pyramid, nullptr, most, chosen.data());
  if (count < 0) throw std::bad_alloc();
  const auto n = static_cast<size_t>(count);
  std::vector<float> places, drawn(n * kDrawnFeatures);
  std::vector<int16_t> descriptors(n * kDescriptor);
  for (size_t i = 0; i < n; i++) {
    const Corner& corner = pyramid.corners[static_cast<size_t>(chosen[i])];
    places.insert(places.end(), {corner.x, corner.y, static_cast<float>(corner.level)});
    describe(pyramid, corner.x, corner.y, kLevelSize[corner.level], false, descriptors.data() + i * kDescriptor);
    drawn_features(pyramid, corner, descriptors.data() + i * kDescriptor, drawn.data() + i * kDrawnFeatures);
  }
  return nb::make_tuple(pyramid.width, pyramid.height, bytes_of(places.data(), places.size()), bytes_of(descriptors.data(), descriptors.size()),
                        bytes_of(drawn.data(), drawn.size()));
}

nb::bytes trace_descriptors(const PixelArray& rgb, const AskedPlaces& places, bool mirrored, bool as_query) {
  const Pixels picture = checked(rgb);
  Pyramid pyramid;
  build(pyramid, picture, as_query);
  if (pyramid.count == 0) throw nb::value_error("a side is too short");
  const size_t count = places.shape(0);
  std::vector<int16_t> descriptors(count * kDescriptor);
  for (size_t i = 0; i < count; i++) {
    const float* at = places.data() + 3 * i;
    describe(pyramid, at[0], at[1], at[2], mirrored, descriptors.data() + i * kDescriptor);
  }
  return bytes_of(descriptors.data(), descriptors.size());
}

nb::list trace_alignments(const std::vector<nb::bytes>& traces, const PixelArray& rgb) {
  const Pixels picture = checked(rgb);
  const std::unique_ptr<Query> query = make_query(picture);
  if (!query) throw std::bad_alloc();
  nb::list out;
  for (const nb::bytes& bytes : traces) {
    const Trace trace = parsed(bytes);
    const auto n = static_cast<size_t>(trace.count);
    nb::list found;
    for (const View& view : query->views) {
      for (const Alignment& a : alignments(trace, view)) {
        const Evidence evidence = weigh(trace, a);
        const Transform& t = a.transform;
        const Rigidity& r = a.rigidity;
        found.append(nb::make_tuple(view.mirrored, TransformTuple{t.scale_x, t.scale_y, t.shift_x, t.shift_y},
                                    std::make_tuple(a.view_width, a.view_height), bytes_of(a.distance, n), bytes_of(a.evidence, n),
                                    bytes_of(a.inside, n), std::make_tuple(r.points, r.turn, r.shear, r.stretch, r.residual, r.contrast),
                                    evidence.score, evidence.derived));
      }
    }
    out.append(found);
  }
  return out;
}

float trace_replaced(const nb::bytes& bytes, const TransformTuple& transform, const std::tuple<float, float>& view, const nb::bytes& inside,
                     const nb::bytes& agrees) {
  const Trace trace = parsed(bytes);
  const auto n = static_cast<size_t>(trace.count);
  if (inside.size() != n || agrees.size() != n) throw nb::value_error("a byte for each point expected");
  Alignment a = {};
  std::tie(a.transform.scale_x, a.transform.scale_y, a.transform.shift_x, a.transform.shift_y) = transform;
  std::tie(a.view_width, a.view_height) = view;
  bool agreeing[kTracePoints];
  for (size_t i = 0; i < n; i++) {
    a.inside[i] = inside.c_str()[i] != 0;
    agreeing[i] = agrees.c_str()[i] != 0;
  }
  return find_changes(trace, a, agreeing).replaced;
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
  m.def("trace_corners", &trace_corners, nb::arg("rgb"), nb::arg("most"), nb::arg("as_query"),
        "Width and height as seen; rows of x, y, level (float32), of 128 numbers (int16), of what letters are told by (float32): for fitting.");
  m.def("trace_descriptors", &trace_descriptors, nb::arg("rgb"), nb::arg("places"), nb::arg("mirrored"), nb::arg("as_query"),
        "Rows of 128 numbers (int16) at places (x, y, size): for fitting.");
  m.def("trace_alignments", &trace_alignments, nb::arg("traces"), nb::arg("rgb"),
        "For each trace, the ways the picture may lie: mirrored, (scale x, scale y, shift x, shift y), (width, height), distances (uint8), "
        "evidence (float32), inside (bool), (points, turn, shear, stretch, residual, contrast), score, derived: for fitting.");
  m.def("trace_replaced", &trace_replaced, nb::arg("trace"), nb::arg("transform"), nb::arg("view"), nb::arg("inside"), nb::arg("agrees"),
        "How much likelier it is that a part is replaced, as a logarithm, given which points agree: for fitting.");
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
           "trace, cells that agree, cells that are altered, share altered, (scale x, scale y, shift x, shift y), "
           "and for each point of the trace whether it speaks for it (bool).")
      .def_prop_ro("size", &TraceIndex::size)
      .def_prop_ro("nbytes", &TraceIndex::bytes);
}
