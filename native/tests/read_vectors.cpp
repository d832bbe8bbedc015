// Reads tests/vectors/golden.txt and compares: the core by itself, on any processor it compiles for. Exit code 1 where one differs.
#include <stdio.h>
#include <string.h>

#include "haalweg/buffer.hpp"
#include "haalweg/digest.hpp"
#include "haalweg/inner.hpp"
#include "haalweg/pdq.hpp"

using namespace haalweg;

namespace {

constexpr int kWaves = 6;

uint32_t following(uint32_t seed) { return seed * 1664525u + 1013904223u; }

struct Drawing {
  char name[64] = "";
  int width = 0, height = 0;
  Buffer<uint8_t> rgb;

  bool begin() {
    const size_t bytes = static_cast<size_t>(width) * height * 3;
    if (!rgb.allocate(bytes)) return false;
    memset(rgb.data(), 0, bytes);
    return true;
  }
  uint8_t* at(int x, int y) { return rgb.data() + (static_cast<size_t>(y) * width + x) * 3; }

  void texture(int left, int top, int right, int bottom, uint32_t seed) {
    int along[kWaves], down[kWaves], half[kWaves];
    for (int k = 0; k < kWaves; k++) {
      seed = following(seed);
      along[k] = static_cast<int>((seed >> 8) % 7) - 3;
      down[k] = static_cast<int>((seed >> 16) % 7) - 3;
      half[k] = static_cast<int>(20 + (seed >> 24) % 97);
    }
    for (int y = top; y < bottom; y++)
      for (int x = left; x < right; x++)
        for (int c = 0; c < 3; c++) {
          int total = 0;
          for (int k = 0; k < kWaves; k++) {
            const int where = along[k] * (x - left) + down[k] * (y - top) + 31 * c * k + 1000000;
            const int off = where % (2 * half[k]) - half[k];
            total += (off < 0 ? -off : off) * 255 / half[k];
          }
          const int value = (total / kWaves - 128) * 2 + 128;
          at(x, y)[c] = static_cast<uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value);
        }
  }

  void rect(int left, int top, int right, int bottom, const int (&colour)[3]) {
    for (int y = top; y < bottom; y++)
      for (int x = left; x < right; x++)
        for (int c = 0; c < 3; c++) at(x, y)[c] = static_cast<uint8_t>(colour[c]);
  }
};

bool same_hex(const uint8_t* bytes, size_t count, const char* hex) {
  char written[2 * 32 + 1] = "";
  for (size_t i = 0; i < count; i++) snprintf(written + 2 * i, 3, "%02x", bytes[i]);
  return strcmp(written, hex) == 0;
}

// The quality and the eight hashes that follow in the file, against those of a part of the drawing.
bool same_signature(FILE* file, Drawing& drawing, const Box& part) {
  Pdq found;
  const Pixels pixels{drawing.at(part.left, part.top), part.right - part.left, part.bottom - part.top, 3, drawing.width * 3};
  int quality = -1;
  bool same = pdq_hash(pixels, true, found) && fscanf(file, "%d", &quality) == 1 && quality == found.quality;
  for (const auto& hash : found.hash) {
    char hex[65] = "";
    same &= fscanf(file, "%64s", hex) == 1 && same_hex(hash, sizeof hash, hex);
  }
  return same;
}

bool same_digests(FILE* file) {
  size_t count = 0;
  uint32_t seed = 0;
  char sha256_hex[65] = "", md5_hex[33] = "";
  if (fscanf(file, "%zu %u %64s %32s", &count, &seed, sha256_hex, md5_hex) != 4) return false;
  Sha256 sha256;
  Md5 md5;
  uint8_t piece[100];
  for (size_t done = 0; done < count;) {
    // Pieces of 1, 2, .. 100, 1, .. bytes, so that they end in every place of a block.
    const size_t wanted = 1 + done % sizeof piece, size = wanted < count - done ? wanted : count - done;
    for (size_t i = 0; i < size; i++) {
      seed = following(seed);
      piece[i] = static_cast<uint8_t>(seed >> 24);
    }
    sha256.update(piece, size);
    md5.update(piece, size);
    done += size;
  }
  uint8_t sha256_bytes[Sha256::kBytes], md5_bytes[Md5::kBytes];
  sha256.finish(sha256_bytes);
  md5.finish(md5_bytes);
  return same_hex(sha256_bytes, sizeof sha256_bytes, sha256_hex) && same_hex(md5_bytes, sizeof md5_bytes, md5_hex);
}

class Reader {
 public:
  explicit Reader(FILE* file) : file_(file) {}

  int read() {
    char word[16];
    while (fscanf(file_, "%15s", word) == 1) take(word);
    end_picture();
    if (wrong_ == 0) printf("%d pictures and %d files are as they should be.\n", pictures_, files_);
    return wrong_ == 0 && pictures_ > 0 && files_ > 0 ? 0 : 1;
  }

 private:
  void take(const char* word) {
    int n[7] = {};
    if (strcmp(word, "picture") == 0) {
      end_picture();
      pictures_++;
      const bool read = fscanf(file_, "%63s %d %d", drawing_.name, &drawing_.width, &drawing_.height) == 3;
      judge(read && drawing_.begin(), "header");
    } else if (strcmp(word, "texture") == 0) {
      uint32_t seed = 0;
      judge(fscanf(file_, "%d %d %d %d %u", n, n + 1, n + 2, n + 3, &seed) == 5, "texture");
      drawing_.texture(n[0], n[1], n[2], n[3], seed);
    } else if (strcmp(word, "rect") == 0) {
      judge(fscanf(file_, "%d %d %d %d %d %d %d", n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6) == 7, "rect");
      drawing_.rect(n[0], n[1], n[2], n[3], {n[4], n[5], n[6]});
    } else if (strcmp(word, "pdq") == 0) {
      judge(same_signature(file_, drawing_, {0, 0, drawing_.width, drawing_.height}), "hash");
      boxes_ = inner_pictures({drawing_.rgb.data(), drawing_.width, drawing_.height, 3, drawing_.width * 3}, found_);
    } else if (strcmp(word, "inner") == 0) {
      Box box{};
      judge(fscanf(file_, "%d %d %d %d", &box.left, &box.top, &box.right, &box.bottom) == 4, "box");
      judge(met_ < boxes_ && memcmp(&box, found_ + met_, sizeof box) == 0, "inner picture");
      met_++;
      judge(same_signature(file_, drawing_, box), "hash of an inner picture");
    } else if (strcmp(word, "bytes") == 0) {
      files_++;
      judge(same_digests(file_), "digest");
    } else {
      judge(false, word);
    }
  }

  void end_picture() {
    if (pictures_ > 0) judge(met_ == boxes_, "number of inner pictures");
    met_ = boxes_ = 0;
  }

  void judge(bool right, const char* what) {
    if (right) return;
    printf("%s: the %s is not as it should be.\n", files_ > 0 ? "bytes" : drawing_.name, what);
    wrong_++;
  }

  FILE* file_;
  Drawing drawing_;
  Box found_[kInnerMost];
  int boxes_ = 0, met_ = 0, pictures_ = 0, files_ = 0, wrong_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  FILE* file = count == 2 ? fopen(arguments[1], "r") : nullptr;
  if (file == nullptr) {
    fprintf(stderr, "read_vectors FILE: the golden vectors to read.\n");
    return 2;
  }
  const int code = Reader(file).read();
  fclose(file);
  return code;
}
