/* The innermost loops of the engine, and nothing else. */
#pragma once
int svm_kernels_version(void);
