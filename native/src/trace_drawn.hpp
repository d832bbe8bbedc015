// Letters, signs and the like: they look the same in pictures that have nothing else in common, so a trace keeps none of them.
#pragma once
#include "trace_pyramid.hpp"

namespace haalweg {

constexpr int kDrawnPatch = 13;                  // numbers about the brightness around a corner
constexpr int kDrawnFeatures = kDrawnPatch + 256;  // then the descriptor, and its values without their signs

// What the guess is made from; descriptor: 128 numbers.
void drawn_features(const Pyramid& pyramid, const Corner& corner, const int16_t* descriptor, float* out);

// Above zero: drawn rather than photographed. Each corner is judged together with its neighbours. False without memory.
bool judge_drawn(const Pyramid& pyramid, const int* corners, int count, const int16_t* descriptors, float* out);

}  // namespace haalweg
