// Where in a photo there are faces: boxes and nothing else, so that what is kept of a photo keeps no point inside one.
//
// Two of OpenCV's cascades (frontal, profile, and the profile turned about) over a pyramid of the photo's brightness. A face
// overlooked costs more than a false box, so that little is asked of one. A box is 1.4 times as wide and as high as the window that
// agreed, which goes from the brows to the chin, so that hair line, ears and chin lie inside.
// Integers, and single operations on floats that round alike everywhere, so that browser and server give the same boxes.
#pragma once
#include "haalweg/pixels.hpp"

namespace haalweg {

// Writes at most `most` boxes, those that most windows agree on first, and returns how many; -1 without memory.
int find_faces(const Pixels& picture, Box* out, int most);

}  // namespace haalweg
