// The trace of a photo: some hundred small places of it, each with a code of 128 bits. Enough to recognise a picture that was
// made from the photo, and nothing that a person could look at.
//
// A place is a corner that shows at one of eight sizes. Its code says how the edges around it run, upright: a picture that is
// turned has another trace. See docs/reference/trace-format.md for the bytes, docs/explanation/trace.md for the reasons.
#pragma once
#include "haalweg/buffer.hpp"
#include "haalweg/pixels.hpp"

namespace haalweg {

constexpr int kTraceLong = 512;        // longer side of a source photo, in pixels of its trace
constexpr int kQueryLong = 768;        // a larger picture in question is brought to this
constexpr int kTraceLevels = 8;        // each smaller by the square root of two
constexpr int kTracePoints = 400;      // at most, of a source photo
constexpr int kQueryPoints = 1200;     // at most, of a picture in question
constexpr int kTraceFewest = 40;       // below this a photo has too little to hold on to
constexpr int kCodeBits = 128, kCodeBytes = 16;
constexpr int kIndexBits = 24;         // the first bits of a code, from the directions that vary most

struct Code {
  uint64_t half[2];  // bit i of the code is bit i % 64 of half[i / 64]
};

struct TracePoint {
  uint16_t x, y;  // half pixels, 0..1023
  uint8_t level;
  Code code;
};

// What the trace was made of decides what recognising it means: a lead, where a picture was made from a source photo; where the
// trace is of a fake, the same picture is what is looked for.
enum class TraceKind : uint8_t { source, fake };

struct Trace {
  int width, height;  // of the photo, its longer side kTraceLong
  int true_side;      // the longer side before that, where it was shorter; otherwise kTraceLong
  int count;
  TraceKind kind;
  uint8_t pdq_quality;
  uint8_t pdq[32];  // of the whole photo, upright
  TracePoint points[kTracePoints];
};

enum class Traced { done, too_little, no_memory };

constexpr int kFacesMost = 32;

struct TraceAsked {
  TraceKind kind = TraceKind::source;
  bool leave_faces_out = true;      // those that are found
  const Box* leave_out = nullptr;   // and these, in pixels of the picture
  int leave_out_count = 0;
};

// What a trace was made of, for the person to see; in pixels of the picture.
struct TraceMade {
  Box photo;  // all of the picture, or the photo inside a frame
  int face_count = 0;
  Box faces[kFacesMost];
};

// Sides: kPdqSmallestSide up to kPdqLongestSide.
Traced trace_picture(const Pixels& picture, const TraceAsked& asked, Trace& out, TraceMade& made);

// A picture in question in brightness alone, its longer side brought down to `most` (kQueryLong: TraceIndex::search on it finds
// what it finds in the picture). False without memory.
bool reduced_grey(const Pixels& picture, int most, Buffer<uint8_t>& out, int& width, int& height);

// The bytes that are stored and sent; see docs/reference/trace-format.md.
constexpr int kTraceHeadBytes = 48, kTracePointBytes = 19;
constexpr int kTraceMostBytes = kTraceHeadBytes + kTracePoints * kTracePointBytes;
int write_trace(const Trace& trace, uint8_t* out);  // returns how many
bool read_trace(const uint8_t* bytes, size_t size, Trace& out);  // false: not a trace of this version

}  // namespace haalweg
