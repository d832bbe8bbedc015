// haalweg._native: the C++ core for CPython. Each part binds itself; this file only lists them.
#include <nanobind/nanobind.h>

#include "haalweg/isa.hpp"
#include "python.hpp"

NB_MODULE(_native, m) {
  m.doc() = "The C++ core: signatures from pixels, and the search over them. Use it through haalweg's chapters.";
  m.def("isa_name", &haalweg::isa_name, "The instruction set the hot loops run on.");
  bind_candidates(m);
  bind_faces(m);
  bind_index(m);
  bind_jpeg(m);
  bind_inner(m);
  bind_pdq(m);
  bind_trace(m);
}
