// hasher.wasm: the C++ core for the browser. Plain functions over addresses; web-hasher/src/hasher.ts checks what goes in.
#include "haalweg/digest.hpp"
#include "haalweg/inner.hpp"
#include "haalweg/isa.hpp"
#include "pdq_internal.hpp"
#include "wasm_export.hpp"

inline void* operator new(size_t, void* place) noexcept { return place; }

using namespace haalweg;

namespace {

// What the page holds by its address, as there is no C++ library to make or drop it.
template <class T>
T* make() {
  void* place = malloc(sizeof(T));
  return place == nullptr ? nullptr : new (place) T;
}

template <class T>
void drop(T* made) {
  if (made == nullptr) return;
  made->~T();
  free(made);
}

// A picture that comes in strips, because the whole is too large to hold.
struct Strips {
  int width = 0, height = 0;
  bool exact = false;
  FastSampler fast;
  ExactSampler as_reference;
};

struct FileDigests {
  Sha256 sha256;
  Md5 md5;
};

}  // namespace

// --- memory ---

HAALWEG_EXPORT(allocate, void*)(size_t size) { return malloc(size); }
HAALWEG_EXPORT(release, void)(void* memory) { free(memory); }

// --- pictures; a stride is in bytes ---

HAALWEG_EXPORT(pdq_smallest_side, int)() { return kPdqSmallestSide; }
HAALWEG_EXPORT(pdq_longest_side, int)() { return kPdqLongestSide; }

HAALWEG_EXPORT(pdq, bool)
(const uint8_t* data, int width, int height, int channels, ptrdiff_t stride, bool all_orientations, Pdq* out) {
  return pdq_hash({data, width, height, channels, stride}, all_orientations, *out);
}

HAALWEG_EXPORT(inner, int)(const uint8_t* data, int width, int height, int channels, ptrdiff_t stride, Box* out) {
  return inner_pictures({data, width, height, channels, stride}, out);
}

// --- pictures in strips, from the top ---

HAALWEG_EXPORT(strips_make, Strips*)() { return make<Strips>(); }
HAALWEG_EXPORT(strips_drop, void)(Strips* strips) { drop(strips); }

// exact: as the reference adds; to be asked for where the fast way left a bit open.
HAALWEG_EXPORT(strips_begin, bool)(Strips* strips, int width, int height, int channels, bool exact) {
  strips->width = width;
  strips->height = height;
  strips->exact = exact || (width == kSide && height == kSide);
  return strips->exact ? strips->as_reference.begin(width, height, channels) : strips->fast.begin(width, height, channels);
}

HAALWEG_EXPORT(strips_push, void)(Strips* strips, const uint8_t* rows, ptrdiff_t stride, int count) {
  if (strips->exact) {
    strips->as_reference.push(rows, stride, count);
  } else {
    strips->fast.push(rows, stride, count);
  }
}

// After the last row. False: begin again, exact, and push the same rows.
HAALWEG_EXPORT(strips_finish, bool)(Strips* strips, bool all_orientations, Pdq* out) {
  if (strips->exact) return finish(strips->as_reference.samples(), Noise{}, all_orientations, *out);
  return finish(strips->fast.samples(), noise_of(strips->width, strips->height), all_orientations, *out);
}

// --- files ---

HAALWEG_EXPORT(digests_make, FileDigests*)() { return make<FileDigests>(); }
HAALWEG_EXPORT(digests_drop, void)(FileDigests* digests) { drop(digests); }

HAALWEG_EXPORT(digests_update, void)(FileDigests* digests, const uint8_t* data, size_t size) {
  digests->sha256.update(data, size);
  digests->md5.update(data, size);
}

// 32 bytes of SHA-256, then 16 of MD5.
HAALWEG_EXPORT(digests_finish, void)(FileDigests* digests, uint8_t* out) {
  uint8_t sha256[Sha256::kBytes], md5[Md5::kBytes];
  digests->sha256.finish(sha256);
  digests->md5.finish(md5);
  __builtin_memcpy(out, sha256, sizeof sha256);
  __builtin_memcpy(out + sizeof sha256, md5, sizeof md5);
}

// Which build this is: "simd128" or "scalar".
HAALWEG_EXPORT(isa_name_address, const char*)() { return isa_name(); }
