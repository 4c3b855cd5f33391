#include "CKernels.h"
int svm_kernels_version(void) { return 1; }
