// Any bytes at all: the reader may refuse them, never crash or read outside them.
#include <stddef.h>
#include <stdint.h>

#include "haalweg/jpeg.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  haalweg::Pdq pdq;
  haalweg::jpeg_hash_near(data, size, true, pdq);
  return 0;
}
