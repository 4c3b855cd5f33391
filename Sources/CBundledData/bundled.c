#include "CBundledData.h"

/// The bytes of a file between two labels. The assembler finds the file in the header search path.
#define BUNDLE(name, path)                                                                         \
  __asm__(".section .rodata,\"a\",@progbits\n"                                                     \
          ".balign 16\n"                                                                           \
          ".local svm_bundled_" #name "\n"                                                         \
          "svm_bundled_" #name ":\n"                                                               \
          ".incbin \"" path "\"\n"                                                                 \
          ".local svm_bundled_end_" #name "\n"                                                     \
          "svm_bundled_end_" #name ":\n"                                                           \
          ".byte 0\n"                                                                              \
          ".previous\n");                                                                          \
  __attribute__((visibility("hidden"))) extern const unsigned char svm_bundled_##name[];           \
  __attribute__((visibility("hidden"))) extern const unsigned char svm_bundled_end_##name[];       \
  static struct svm_bundled_file file_##name(void) {                                               \
    return (struct svm_bundled_file){                                                              \
        path, svm_bundled_##name,                                                                  \
        (size_t)(svm_bundled_end_##name - svm_bundled_##name)};                                    \
  }

BUNDLE(digits, "digits.csv.gz")
BUNDLE(iris, "iris.csv")
BUNDLE(breast_cancer, "breast_cancer.csv")
BUNDLE(heart_scale, "heart_scale")
BUNDLE(patches10_meta, "patches10/batches.meta.txt")
BUNDLE(patches10_train, "patches10/data_batch_1.bin")
BUNDLE(patches10_test, "patches10/test_batch.bin")

static struct svm_bundled_file (*const files[])(void) = {
    file_digits,         file_iris,            file_breast_cancer, file_heart_scale,
    file_patches10_meta, file_patches10_train, file_patches10_test,
};

size_t svm_bundled_count(void) { return sizeof files / sizeof *files; }

struct svm_bundled_file svm_bundled(size_t index) {
  static const unsigned char nothing[1] = {0};
  if (index >= svm_bundled_count()) return (struct svm_bundled_file){"", nothing, 0};
  return files[index]();
}
