#pragma once
#include <stddef.h>

/// A file of the datasets folder, inside the program.
struct svm_bundled_file {
  /// Its path in the datasets folder.
  const char *_Nonnull path;
  /// Its bytes, which live as long as the program.
  const unsigned char *_Nonnull bytes;
  /// How many they are.
  size_t count;
};

/// How many files there are.
size_t svm_bundled_count(void);

/// The file of a number below the count.
struct svm_bundled_file svm_bundled(size_t index);
