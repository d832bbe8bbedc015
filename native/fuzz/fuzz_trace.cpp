// Bytes that claim to be a trace, and pictures of any shape: nothing may crash, read beyond its end or find a photo in nothing.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <algorithm>
#include <vector>

#include "haalweg/pdq.hpp"
#include "haalweg/trace.hpp"
#include "haalweg/trace_index.hpp"

using namespace haalweg;

namespace {

// The picture that the bytes make: sides from the first four, then pixels, repeated as often as needed.
void trace_and_search(const uint8_t* data, size_t size, const Trace* stored) {
  if (size < 8) return;
  const int channels = data[0] % 3 == 0 ? 1 : data[0] % 3 == 1 ? 3 : 4;
  const int width = kPdqSmallestSide + data[1] * (data[0] & 8 ? 9 : 1), height = kPdqSmallestSide + data[2] * (data[0] & 16 ? 9 : 1);
  if (width * height > 300 * 300) return;
  std::vector<uint8_t> pixels(static_cast<size_t>(width * height * channels));
  for (size_t i = 0; i < pixels.size(); i++) pixels[i] = static_cast<uint8_t>(data[3 + i % (size - 3)] + (data[0] & 32 ? i * i >> 7 : 0));
  const Pixels picture = {pixels.data(), width, height, channels, static_cast<ptrdiff_t>(width) * channels};
  const Box box = {data[3], data[4], data[5] * 2, data[6] * 2};
  TraceAsked asked;
  asked.leave_out = &box;
  asked.leave_out_count = 1;
  static Trace made;
  TraceMade told;
  TraceIndex index;
  if (trace_picture(picture, asked, made, told) == Traced::done) index.add(made, 1);
  if (stored != nullptr) index.add(*stored, 2);
  index.search(picture, 0);
  index.remove(1);
  index.remove(2);
  if (index.size() != 0) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Trace trace;
  std::vector<uint8_t> bytes(data, data + size);
  // Most inputs are made to look like a trace at the start, or nothing behind the first checks would ever be reached.
  if (size >= kTraceHeadBytes && (data[7] & 1)) {
    const int points = kTraceFewest + data[12] % (kTracePoints - kTraceFewest + 1);
    bytes.resize(static_cast<size_t>(kTraceHeadBytes + points * kTracePointBytes));
    for (size_t i = size; i < bytes.size(); i++) bytes[i] = data[i % size];
    const uint8_t head[16] = {'H', 'W', 'T', 'R', 1, static_cast<uint8_t>(data[5] & 1), 50, 0, 0, 2, 0, 2,
                              static_cast<uint8_t>(points & 255), static_cast<uint8_t>(points >> 8), 0, 2};
    std::copy(head, head + 16, bytes.begin());
    for (int p = 0; p < points; p++) bytes[static_cast<size_t>(kTraceHeadBytes + p * kTracePointBytes + 2)] &= 0x7f;
  }
  const bool taken = read_trace(bytes.data(), bytes.size(), trace);
  if (taken) {
    std::vector<uint8_t> again(kTraceMostBytes);
    again.resize(static_cast<size_t>(write_trace(trace, again.data())));
    if (again != bytes) __builtin_trap();
  }
  trace_and_search(data, size, taken ? &trace : nullptr);
  return 0;
}
