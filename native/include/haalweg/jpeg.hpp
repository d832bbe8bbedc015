// PDQ from the bytes of a JPEG, without a picture in between. Baseline files as cameras, telephones and sites write them; anything
// else, and anything damaged, is refused so that the caller decodes it with the library that defines such cases.
#pragma once
#include "haalweg/pdq.hpp"

namespace haalweg {

constexpr int kJpegNearSmallestSide = 512;

// The hash and quality from the lowest frequencies of each 8x8 block: near the exact ones, never equal by promise (docs/explanation/jpeg.md
// has the distances). Of the first picture in the bytes, as stored: EXIF orientation and colour profile are the caller's.
// False: not a file this reader takes, or damaged, or no memory, or a picture so fine that the hash could be too far off.
bool jpeg_hash_near(const uint8_t* data, size_t size, bool all_orientations, Pdq& out);

}  // namespace haalweg
