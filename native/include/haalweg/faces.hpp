// Where in a photo there are faces: boxes and nothing else, so that what is kept of a photo keeps no point inside one.
//
// Two of OpenCV's cascades (frontal, profile, and the profile turned about) over a pyramid of the photo's brightness. A face
// overlooked costs more than a false box, so that little is asked of a box: it covers hair line and chin, and may be wrong.
// Integers, and single operations on floats that round alike everywhere, so that browser and server give the same boxes.
#pragma once
#include "haalweg/pixels.hpp"

namespace haalweg {

// Writes at most `most` boxes, the surest first, and returns how many; -1 without memory.
int find_faces(const Pixels& picture, Box* out, int most);

}  // namespace haalweg
