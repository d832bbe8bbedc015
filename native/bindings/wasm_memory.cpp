// Memory for the core where there is no C library: the heap of a page's worker, from the end of the module's data on.
//
// One list of blocks in the order of their addresses, first fit, neighbours joined when one is freed. The core asks for a few
// large blocks a picture, so the list stays a handful long. With HAALWEG_WIPE what is freed is overwritten: for code that makes
// small copies of a picture.
#include <stddef.h>
#include <stdint.h>

extern "C" {

extern unsigned char __heap_base;

// Without the attribute the compiler sees a memcpy in the loop, and calls it.
__attribute__((no_builtin("memcpy"))) void* memcpy(void* to, const void* from, size_t size) {
#if defined(__wasm_bulk_memory__)
  return __builtin_memcpy(to, from, size);
#else
  for (size_t i = 0; i < size; i++) static_cast<uint8_t*>(to)[i] = static_cast<const uint8_t*>(from)[i];
  return to;
#endif
}

__attribute__((no_builtin("memset"))) void* memset(void* to, int value, size_t size) {
#if defined(__wasm_bulk_memory__)
  return __builtin_memset(to, value, size);
#else
  for (size_t i = 0; i < size; i++) static_cast<uint8_t*>(to)[i] = static_cast<uint8_t>(value);
  return to;
#endif
}

}  // extern "C"

namespace {

constexpr size_t kPage = 1 << 16, kAlign = 16;

struct alignas(kAlign) Block {
  Block* next;
  size_t size;  // of the memory behind this head
  bool taken;

  uint8_t* memory() { return reinterpret_cast<uint8_t*>(this + 1); }
};

Block* first_block = nullptr;
Block* last_block = nullptr;

size_t heap_end() { return __builtin_wasm_memory_size(0) * kPage; }

Block* place_at(size_t address, size_t size) {
  auto* block = reinterpret_cast<Block*>(address);
  *block = {nullptr, size, false};
  return block;
}

bool begin() {
  const size_t start = (reinterpret_cast<size_t>(&__heap_base) + kAlign - 1) / kAlign * kAlign;
  if (start + sizeof(Block) > heap_end() && __builtin_wasm_memory_grow(0, 1) == static_cast<size_t>(-1)) return false;
  first_block = last_block = place_at(start, heap_end() - start - sizeof(Block));
  return true;
}

// More memory behind the last block, as part of it if it is free.
bool grow(size_t size) {
  const size_t end = heap_end(), pages = (size + sizeof(Block) + kPage - 1) / kPage;
  if (__builtin_wasm_memory_grow(0, pages) == static_cast<size_t>(-1)) return false;
  if (last_block->taken) {
    last_block->next = place_at(end, pages * kPage - sizeof(Block));
    last_block = last_block->next;
  } else {
    last_block->size += pages * kPage;
  }
  return true;
}

Block* find(size_t size) {
  for (Block* block = first_block; block != nullptr; block = block->next)
    if (!block->taken && block->size >= size) return block;
  return nullptr;
}

void split(Block* block, size_t size) {
  if (block->size < size + sizeof(Block) + kAlign) return;
  Block* rest = place_at(reinterpret_cast<size_t>(block->memory()) + size, block->size - size - sizeof(Block));
  rest->next = block->next;
  block->next = rest;
  block->size = size;
  if (last_block == block) last_block = rest;
}

void join_free_neighbours() {
  for (Block* block = first_block; block->next != nullptr;) {
    if (block->taken || block->next->taken) {
      block = block->next;
      continue;
    }
    if (last_block == block->next) last_block = block;
    block->size += sizeof(Block) + block->next->size;
    block->next = block->next->next;
  }
}

#if defined(HAALWEG_WIPE)
__attribute__((no_builtin("memset"))) void wipe(Block* block) {
#if defined(__wasm_bulk_memory__)
  __builtin_memset(block->memory(), 0, block->size);
#else
  auto* words = reinterpret_cast<uint64_t*>(block->memory());
  for (size_t i = 0; i < block->size / sizeof *words; i++) words[i] = 0;
#endif
}
#else
void wipe(Block*) {}
#endif

}  // namespace

extern "C" void* malloc(size_t size) {
  if (size > static_cast<size_t>(-1) / 2 || (first_block == nullptr && !begin())) return nullptr;
  size = (size + kAlign - 1) / kAlign * kAlign;
  Block* block = find(size);
  if (block == nullptr && grow(size)) block = find(size);
  if (block == nullptr) return nullptr;
  split(block, size);
  block->taken = true;
  return block->memory();
}

extern "C" void free(void* memory) {
  if (memory == nullptr) return;
  Block* block = static_cast<Block*>(memory) - 1;
  wipe(block);
  block->taken = false;
  join_free_neighbours();
}
