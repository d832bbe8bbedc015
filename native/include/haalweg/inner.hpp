// The picture inside a screenshot, a letterbox, a border or a story's frame: what PDQ of the whole cannot see past.
//
// The frame is cut away in lines that hold nothing: first lines of one colour, and where those enclose nothing, lines whose
// colour only drifts (a gradient, a blurred copy behind the picture). What is left is a picture if it is large and a straight
// step in brightness runs along each side that was cut. Integers only, so that browser and server give the same boxes.
#pragma once
#include "haalweg/pixels.hpp"

namespace haalweg {

constexpr int kInnerMost = 4;

// Writes at most kInnerMost boxes, the clearest first, and returns how many: none for a plain photo, or without memory for a
// flag per line. Sides up to kPdqLongestSide.
int inner_pictures(const Pixels& picture, Box* out);

}  // namespace haalweg
