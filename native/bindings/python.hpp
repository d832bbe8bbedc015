// What the bindings share.
#pragma once
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include "haalweg/pixels.hpp"

using PixelArray = nanobind::ndarray<const uint8_t, nanobind::ndim<3>, nanobind::device::cpu>;

// rgb: uint8 (height, width, 1 | 3 | 4), the innermost two dimensions contiguous. Throws ValueError otherwise.
inline haalweg::Pixels pixels_of(const PixelArray& rgb) {
  const auto channels = rgb.shape(2);
  if (channels != 1 && channels != 3 && channels != 4) throw nanobind::value_error("1, 3 or 4 channels expected");
  if (rgb.stride(2) != 1 || rgb.stride(1) != static_cast<int64_t>(channels))
    throw nanobind::value_error("rows must be contiguous");
  if (rgb.shape(0) > 1u << 24 || rgb.shape(1) > 1u << 24) throw nanobind::value_error("a side is too long");
  return {rgb.data(), static_cast<int>(rgb.shape(1)), static_cast<int>(rgb.shape(0)), static_cast<int>(channels),
          static_cast<ptrdiff_t>(rgb.stride(0))};
}

void bind_candidates(nanobind::module_& m);
void bind_faces(nanobind::module_& m);
void bind_index(nanobind::module_& m);
void bind_jpeg(nanobind::module_& m);
void bind_inner(nanobind::module_& m);
void bind_pdq(nanobind::module_& m);
void bind_trace(nanobind::module_& m);
