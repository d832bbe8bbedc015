// tracer.wasm: traces of photos for the browser. Plain functions over addresses; web-hasher/src/tracer.ts checks what goes in.
#include "haalweg/isa.hpp"
#include "haalweg/pdq.hpp"
#include "haalweg/trace.hpp"
#include "wasm_export.hpp"

using namespace haalweg;

// As tracer.ts reads it: the photo's box, how many faces, their boxes; 32 bits each.
static_assert(sizeof(Box) == 16 && sizeof(TraceMade) == 20 + kFacesMost * sizeof(Box));

namespace {

constexpr int kWipedStack = 240000;  // of the 262,144 that there are

struct Picture {
  Pixels pixels;
  TraceAsked asked;
};

__attribute__((noinline)) int traced(const Picture& picture, uint8_t* out, TraceMade& made) {
  Trace trace;
  const Traced traced = trace_picture(picture.pixels, picture.asked, trace, made);
  return traced == Traced::done ? write_trace(trace, out) : traced == Traced::too_little ? 0 : -1;
}

// Of the picture's samples and the like the stack keeps what nobody writes over.
__attribute__((noinline)) void wipe_stack() {
  uint8_t below[kWipedStack];
  __builtin_memset(below, 0, sizeof below);
  __asm__ volatile("" ::"r"(below) : "memory");
}

}  // namespace

HAALWEG_EXPORT(allocate, void*)(size_t size) { return malloc(size); }
HAALWEG_EXPORT(release, void)(void* memory) { free(memory); }

HAALWEG_EXPORT(pdq_smallest_side, int)() { return kPdqSmallestSide; }
HAALWEG_EXPORT(pdq_longest_side, int)() { return kPdqLongestSide; }
HAALWEG_EXPORT(trace_most_bytes, int)() { return kTraceMostBytes; }
HAALWEG_EXPORT(trace_made_bytes, int)() { return sizeof(TraceMade); }

// How many bytes the trace takes; 0 where the picture holds too little, -1 without memory. The stride is in bytes.
HAALWEG_EXPORT(trace, int)
(const uint8_t* data, int width, int height, int channels, ptrdiff_t stride, bool fake, bool leave_faces_out, const Box* leave_out, int leave_out_count,
 uint8_t* out, TraceMade* made) {
  const int size = traced({{data, width, height, channels, stride}, {fake ? TraceKind::fake : TraceKind::source, leave_faces_out, leave_out, leave_out_count}},
                          out, *made);
  wipe_stack();
  return size;
}

// Which build this is: "simd128" or "scalar".
HAALWEG_EXPORT(isa_name_address, const char*)() { return isa_name(); }
