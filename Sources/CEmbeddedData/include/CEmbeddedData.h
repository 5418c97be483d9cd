#pragma once
#include <stddef.h>

/// One data file that lives inside the binary, byte for byte as it stands in data/.
typedef struct {
  /// The path below data/, for example "digits-8x8/all-labels-idx1-ubyte.gz".
  const char *_Nonnull path;
  const unsigned char *_Nonnull bytes;
  size_t count;
} HilbertEmbeddedFile;

/// The embedded file at a path below data/, or a null pointer where there is none.
const HilbertEmbeddedFile *_Nullable hilbert_embedded_file(const char *_Nonnull path);
