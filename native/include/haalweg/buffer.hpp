// Scratch memory that says when there is none: the core throws nothing, and in the browser it has no C++ library.
#pragma once
#include <stddef.h>

#if defined(__wasm__)
extern "C" void* malloc(size_t size);
extern "C" void free(void* memory);
#else
#include <stdlib.h>
#endif

namespace haalweg {

// An array of plain values, not initialised. Ask ok() before use.
template <class T>
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(size_t count) { allocate(count); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { free(data_); }

  // Forgets what it held. An array of nothing is fine.
  bool allocate(size_t count) {
    free(data_);
    data_ = nullptr;
    count_ = 0;
    if (count > static_cast<size_t>(-1) / 2 / sizeof(T)) return false;
    data_ = static_cast<T*>(malloc(count > 0 ? count * sizeof(T) : 1));
    if (data_ != nullptr) count_ = count;
    return data_ != nullptr;
  }

  bool ok() const { return data_ != nullptr; }
  size_t size() const { return count_; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }

 private:
  T* data_ = nullptr;
  size_t count_ = 0;
};

}  // namespace haalweg
