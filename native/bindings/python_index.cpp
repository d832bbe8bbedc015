// The radius index for Python: arrays in, arrays out, the interpreter free for others while it works.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <stddef.h>

#include <memory>
#include <utility>
#include <vector>

#include "haalweg/radius_index.hpp"
#include "python.hpp"

namespace nb = nanobind;
using namespace haalweg;

namespace {

using Codes = nb::ndarray<const uint8_t, nb::shape<-1, 32>, nb::c_contig, nb::device::cpu>;
using Ids = nb::ndarray<const uint64_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using File = nb::ndarray<const uint8_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

// One block of memory for all columns: making an array costs Python more than a search in a small bank.
static_assert(sizeof(Match) == 24 && offsetof(Match, id) == 8 && offsetof(Match, distance) == 16);

nb::bytes search(const RadiusIndex& index, const Codes& queries, int radius, int threads) {
  if (radius < 0 || radius > kRadiusMost) throw nb::value_error("a radius of 0 to 31 bits expected");
  std::vector<Match> found;
  {
    nb::gil_scoped_release released;
    found = index.search(queries.data(), queries.shape(0), radius, threads);
  }
  return nb::bytes(reinterpret_cast<const char*>(found.data()), found.size() * sizeof(Match));
}

void add(RadiusIndex& index, const Codes& codes, const Ids& ids) {
  if (codes.shape(0) != ids.shape(0)) throw nb::value_error("as many ids as codes expected");
  if (codes.shape(0) > kRunMost) throw nb::value_error("too many codes at once");
  nb::gil_scoped_release released;
  index.add(codes.data(), ids.data(), codes.shape(0));
}

auto image(RadiusIndex& index) {
  std::span<const uint8_t> bytes;
  std::shared_ptr<const void> held;
  {
    nb::gil_scoped_release released;
    held = index.image(bytes);
  }
  if (!held) throw nb::value_error("too many codes for one file");
  auto* owner = new std::shared_ptr<const void>(std::move(held));
  nb::capsule capsule(owner, [](void* p) noexcept { delete static_cast<std::shared_ptr<const void>*>(p); });
  return nb::ndarray<nb::numpy, const uint8_t, nb::ndim<1>>(bytes.data(), {bytes.size()}, capsule);
}

}  // namespace

void bind_index(nb::module_& m) {
  nb::class_<RadiusIndex>(m, "RadiusIndex")
      .def(nb::init<>())
      .def("add", &add, nb::arg("codes"), nb::arg("ids"))
      .def(
          "remove",
          [](RadiusIndex& index, const Ids& ids) {
            nb::gil_scoped_release released;
            return index.remove(ids.data(), ids.shape(0));
          },
          nb::arg("ids"))
      .def("search", &search, nb::arg("queries"), nb::arg("radius"), nb::arg("threads"),
           "Rows of 24 bytes: query (int64), id (uint64), distance (int32), four zero bytes.")
      .def("image", &image, "The bytes of a file that holds all that is left.")
      .def(
          "take",
          [](RadiusIndex& index, const File& file) {
            return static_cast<int>(index.take({file.data(), file.shape(0)}));
          },
          nb::arg("file"), nb::keep_alive<1, 2>(), "Reads a file's bytes where they are; the number of an ImageFault.")
      .def("await_verdict", &RadiusIndex::await_verdict, nb::call_guard<nb::gil_scoped_release>())
      .def_prop_ro("damaged", [](const RadiusIndex& index) { return index.verdict() == Verdict::damaged; })
      .def_prop_ro("size", &RadiusIndex::size)
      .def_prop_ro("nbytes", &RadiusIndex::bytes);
}
