// The candidate index for Python: arrays in, bytes of whole rows out, the interpreter free for others while it works.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstring>
#include <vector>

#include "haalweg/candidate_index.hpp"
#include "python.hpp"

namespace nb = nanobind;
using namespace haalweg;

namespace {

using Places = nb::ndarray<const uint16_t, nb::shape<-1, 2>, nb::c_contig, nb::device::cpu>;
using AskedPlaces = nb::ndarray<const float, nb::shape<-1, 2>, nb::c_contig, nb::device::cpu>;
using Levels = nb::ndarray<const uint8_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using PointCodes = nb::ndarray<const uint64_t, nb::shape<-1, 2>, nb::c_contig, nb::device::cpu>;
using Margins = nb::ndarray<const uint8_t, nb::shape<-1, kIndexBits>, nb::c_contig, nb::device::cpu>;

struct CandidateRow {
  uint32_t slot;
  float score, votes;
  int32_t points;
  float scale, shift_x, shift_y;
};
static_assert(sizeof(CandidateRow) == 28);
static_assert(sizeof(Support) == 8 && offsetof(Support, asked) == 4);

std::vector<TracePoint> points_of(const Places& places, const Levels& levels, const PointCodes& codes) {
  const size_t count = places.shape(0);
  if (levels.shape(0) != count || codes.shape(0) != count) throw nb::value_error("as many places as levels and codes expected");
  std::vector<TracePoint> points(count);
  for (size_t i = 0; i < count; i++) {
    const uint64_t* code = codes.data() + 2 * i;
    points[i] = {places.data()[2 * i], places.data()[2 * i + 1], levels.data()[i], {{code[0], code[1]}}};
  }
  return points;
}

std::vector<AskedPoint> asked_of(const AskedPlaces& places, const Levels& levels, const PointCodes& codes,
                                 const Margins& margins) {
  const size_t count = places.shape(0);
  if (levels.shape(0) != count || codes.shape(0) != count || margins.shape(0) != count)
    throw nb::value_error("as many places as levels, codes and margins expected");
  std::vector<AskedPoint> points(count);
  for (size_t i = 0; i < count; i++) {
    const uint64_t* code = codes.data() + 2 * i;
    points[i] = {places.data()[2 * i], places.data()[2 * i + 1], levels.data()[i], {{code[0], code[1]}}, {}};
    std::memcpy(points[i].margin, margins.data() + i * kIndexBits, kIndexBits);
  }
  return points;
}

nb::tuple candidates(const CandidateIndex& index, const AskedPlaces& places, const Levels& levels, const PointCodes& codes,
                     const Margins& margins, const CandidateOptions& options) {
  const std::vector<AskedPoint> points = asked_of(places, levels, codes, margins);
  std::vector<CandidateRow> rows;
  std::vector<Support> support;
  CandidateWork work;
  {
    nb::gil_scoped_release released;
    for (const Candidate& c : index.candidates(points, options, &work)) {
      rows.push_back({c.slot, c.score, c.votes, c.points, c.scale, c.shift_x, c.shift_y});
      support.insert(support.end(), c.support.begin(), c.support.end());
    }
  }
  return nb::make_tuple(nb::bytes(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(CandidateRow)),
                        nb::bytes(reinterpret_cast<const char*>(support.data()), support.size() * sizeof(Support)),
                        nb::make_tuple(work.points, work.probes, work.postings, work.hits));
}

}  // namespace

void bind_candidates(nb::module_& m) {
  m.attr("CANDIDATE_SLOT_END") = kSlotEnd;
  nb::class_<CandidateOptions>(m, "CandidateOptions")
      .def(nb::init<>())
      .def_rw("probes", &CandidateOptions::probes)
      .def_rw("distance", &CandidateOptions::distance)
      .def_rw("stop", &CandidateOptions::stop)
      .def_rw("keep", &CandidateOptions::keep)
      .def_rw("budget", &CandidateOptions::budget)
      .def_rw("shortlist", &CandidateOptions::shortlist)
      .def_rw("most", &CandidateOptions::most)
      .def_rw("crowd", &CandidateOptions::crowd);
  nb::class_<CandidateIndex>(m, "CandidateIndex")
      .def(nb::init<>())
      .def(
          "add",
          [](CandidateIndex& index, uint32_t slot, const Places& places, const Levels& levels, const PointCodes& codes) {
            const std::vector<TracePoint> points = points_of(places, levels, codes);
            nb::gil_scoped_release released;
            index.add(slot, points);
          },
          nb::arg("slot"), nb::arg("places"), nb::arg("levels"), nb::arg("codes"))
      .def(
          "remove",
          [](CandidateIndex& index, uint32_t slot, const Places& places, const Levels& levels, const PointCodes& codes) {
            const std::vector<TracePoint> points = points_of(places, levels, codes);
            nb::gil_scoped_release released;
            return index.remove(slot, points);
          },
          nb::arg("slot"), nb::arg("places"), nb::arg("levels"), nb::arg("codes"))
      .def("candidates", &candidates, nb::arg("places"), nb::arg("levels"), nb::arg("codes"), nb::arg("margins"),
           nb::arg("options") = CandidateOptions{},
           "Rows of 28 bytes: slot (uint32), score, votes (float32), points (int32), scale, shift_x, shift_y (float32). Rows of "
           "8 bytes, for each candidate as many as it has points: x, y in half pixels (uint16), point asked (uint32). And what "
           "it took: points, probes, postings, hits.")
      .def_prop_ro("photos", &CandidateIndex::photos)
      .def_prop_ro("postings", &CandidateIndex::postings)
      .def_prop_ro("buckets", &CandidateIndex::buckets)
      .def_prop_ro("nbytes", &CandidateIndex::bytes);
}
