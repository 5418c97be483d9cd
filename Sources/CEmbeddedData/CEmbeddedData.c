#include "CEmbeddedData.h"

#include <string.h>

// #embed (C23, here as an extension of C17) needs a literal name, so each file is one declaration and one row of the
// table below. Source and licence of the files: data/NOTICE.md.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char fashion_train_images[] = {
#embed "data/fashion-mnist-2.5k/train-images-idx3-ubyte.gz"
};
static const unsigned char fashion_train_labels[] = {
#embed "data/fashion-mnist-2.5k/train-labels-idx1-ubyte.gz"
};
static const unsigned char fashion_test_images[] = {
#embed "data/fashion-mnist-2.5k/t10k-images-idx3-ubyte.gz"
};
static const unsigned char fashion_test_labels[] = {
#embed "data/fashion-mnist-2.5k/t10k-labels-idx1-ubyte.gz"
};
static const unsigned char digits_images[] = {
#embed "data/digits-8x8/all-images-idx3-ubyte.gz"
};
static const unsigned char digits_labels[] = {
#embed "data/digits-8x8/all-labels-idx1-ubyte.gz"
};
static const unsigned char iris[] = {
#embed "data/iris.csv"
};
static const unsigned char wine[] = {
#embed "data/wine.csv"
};
static const unsigned char breast_cancer[] = {
#embed "data/breast_cancer.csv"
};

static const HilbertEmbeddedFile files[] = {
    {"fashion-mnist-2.5k/train-images-idx3-ubyte.gz", fashion_train_images, sizeof fashion_train_images},
    {"fashion-mnist-2.5k/train-labels-idx1-ubyte.gz", fashion_train_labels, sizeof fashion_train_labels},
    {"fashion-mnist-2.5k/t10k-images-idx3-ubyte.gz", fashion_test_images, sizeof fashion_test_images},
    {"fashion-mnist-2.5k/t10k-labels-idx1-ubyte.gz", fashion_test_labels, sizeof fashion_test_labels},
    {"digits-8x8/all-images-idx3-ubyte.gz", digits_images, sizeof digits_images},
    {"digits-8x8/all-labels-idx1-ubyte.gz", digits_labels, sizeof digits_labels},
    {"iris.csv", iris, sizeof iris},
    {"wine.csv", wine, sizeof wine},
    {"breast_cancer.csv", breast_cancer, sizeof breast_cancer},
};

const HilbertEmbeddedFile *hilbert_embedded_file(const char *path) {
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
    if (strcmp(files[i].path, path) == 0) return &files[i];
  return NULL;
}
